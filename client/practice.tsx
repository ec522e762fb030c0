/** The page of practice and duels: anybody's, before race day. */

import { render } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import "./practice.css";
import type { Problem } from "./api.ts";
import { language, onLanguage, startLanguage } from "./language.ts";
import { memory, recall, remember } from "./memory.ts";
import { ErrorBox } from "./parts/notes.tsx";
import { getOpen, type Open, type Seat } from "./practice/calls.ts";
import { DuelRoom } from "./practice/duel.tsx";
import { DuelDoor, Home } from "./practice/home.tsx";
import { Practice } from "./practice/sheet.tsx";
import { w } from "./practice/words.ts";
import { t } from "./words.ts";

type Screen = "home" | "practice" | "door" | "duel";

function App({ slug }: { slug: string }) {
  const keys = { seat: `waypost.duel.${slug}`, screen: `waypost.practice.${slug}`, bank: `waypost.practice.bank.${slug}` };
  const [open, setOpen] = useState<Open | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState(() => recall<string | null>(keys.bank, null));
  const [seat, setSeat] = useState(() => recall<Seat | null>(keys.seat, null));
  const [screen, setScreen] = useState<Screen>(() => (seat ? "duel" : recall<Screen>(keys.screen, "home")));
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const load = () => {
    setProblem(null);
    getOpen(slug).then(setOpen, setProblem);
  };
  useEffect(() => {
    load();
    return onLanguage(() => {
      redraw(0);
      load();
    });
  }, []);
  useEffect(() => {
    document.title = w("title");
    remember(keys.screen, screen);
  });
  const sit = (next: Seat | null) => {
    if (next) remember(keys.seat, next);
    else memory.remove(keys.seat);
    setSeat(next);
    setScreen(next ? "duel" : "door");
  };

  if (problem && !open) {
    const shut = problem.status === 404;
    return (
      <main class="middle inset">
        <div class="page-gap"><ErrorBox title={shut ? w("closed") : t("unreachable")} ways={[{ word: t("tryAgain"), onClick: load }, { word: t("home"), href: `/r/${slug}` }]}>{shut ? w("closedHelp") : t("unreachableHelp")}</ErrorBox></div>
      </main>
    );
  }
  const bank = open?.banks.find((each) => each.id === chosen) ?? open?.banks[0];
  if (!open || !bank) return <main class="middle inset"><p role="status" class="page-gap">{t("loading")}</p></main>;
  if (screen === "duel" && seat) return <DuelRoom slug={slug} seat={seat} onLeave={() => sit(null)} />;
  if (screen === "door") return <DuelDoor slug={slug} bank={bank} onSeat={sit} onLeave={() => setScreen("home")} />;
  if (screen === "practice") return <Practice key={`${bank.id} ${language()}`} slug={slug} bank={bank} onLeave={() => setScreen("home")} />;
  return (
    <Home
      open={open}
      bank={bank}
      onBank={(next) => {
        remember(keys.bank, next.id);
        setChosen(next.id);
      }}
      onPractise={() => setScreen("practice")}
      onDuel={() => setScreen("door")}
    />
  );
}

startLanguage();
const root = document.getElementById("app")!;
render(<div class="frame"><App slug={root.dataset["slug"]!} /></div>, root);
