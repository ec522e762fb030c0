import { useEffect, useState } from "preact/hooks";
import { Globe, Leave, Phone } from "../icons.tsx";
import { grouped } from "../codes.ts";
import { timeOfDay } from "../clock.ts";
import { language, setLanguage } from "../language.ts";
import { memory } from "../memory.ts";
import { ActionButton, WordButton } from "../parts/button.tsx";
import { Empty } from "../parts/notes.tsx";
import { later } from "../parts/later.tsx";
import { Sheet } from "../parts/sheet.tsx";
import type { Play } from "../types.ts";
import { t } from "../words.ts";
import type { Position } from "./course.ts";
import { Head } from "./head.tsx";
import { whereAmI } from "./position.ts";
import type { TeamState } from "./state.ts";

/** What this phone has: rarely asked for, so it comes later. */
const PhoneSheet = later(() => import("./phone_sheet.tsx").then((module) => module.PhoneSheet));

/** A person to call, the organizer's words, another phone, the language, the way out. */
export function Help({ state, play, onLeave }: { state: TeamState; play: Play; onLeave: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const [looking, setLooking] = useState(false);
  const phone = play.race.emergency_phone;
  const messages = [...play.messages].sort((a, b) => b.at - a.at);
  const newest = messages[0]?.at ?? 0;
  useEffect(() => {
    memory.set("waypost.read", String(newest));
  }, [newest]);
  return (
    <>
      <main class="middle">
        <Head state={state} />
        <div class="help-call head-rule">
          {phone ? (
            <>
              <ActionButton href={`tel:${phone.replace(/[^\d+]/g, "")}`}><Phone stroke={2.6} /><span>{t("helpCall")}</span></ActionButton>
              <p class="second">{t("helpCallSub", { phone })}</p>
            </>
          ) : (
            <Empty title={t("helpNoPhone")}>{t("helpNoPhoneHelp")}</Empty>
          )}
          <OwnPlace state={state} play={play} />
        </div>
        <section class="help-part" aria-labelledby="help-messages">
          <h2 id="help-messages" class="help-title">{t("messages")}</h2>
          {messages.length ? (
            <ul class="messages">
              {messages.map((message) => (
                <li key={message.id}><span class="latest-time">{timeOfDay(message.at, play.race.timezone)}</span><span>{message.text}</span></li>
              ))}
            </ul>
          ) : (
            <p class="second">{t("noMessagesHelp")}</p>
          )}
        </section>
        <section class="help-part" aria-labelledby="help-phone">
          <h2 id="help-phone" class="help-title">{t("otherPhone")}</h2>
          <OwnCode code={play.team.join_code} />
          <p class="second">{t("otherPhoneHelp2")}</p>
          <WordButton line onClick={() => setLooking(true)}>{t("phoneParts")}</WordButton>
        </section>
        <section class="help-part" aria-labelledby="help-team">
          <h2 id="help-team" class="help-title">{play.team.team}</h2>
          <p class="second">{play.team.club}</p>
          <p>{play.team.members.map((member) => (member.role ? `${member.name} (${member.role})` : member.name)).join(t("listComma"))}</p>
        </section>
        <div class="help-part help-last">
          <button type="button" class="word" lang={language() === "zh" ? "en" : "zh-Hans"} onClick={() => setLanguage(language() === "zh" ? "en" : "zh")}>
            <Globe /><span class="word-text">{t("otherLanguage")}</span>
          </button>
          <button type="button" class="word" onClick={() => setLeaving(true)}><Leave /><span class="word-text">{t("leave")}</span></button>
        </div>
      </main>
      {looking ? <PhoneSheet state={state} onClose={() => setLooking(false)} /> : null}
      {leaving ? <LeaveSheet state={state} onLeave={onLeave} onClose={() => setLeaving(false)} /> : null}
    </>
  );
}

/** A call to race control with our position; and the position to be read out or sent as a text, which come through where data does not. */
function OwnPlace({ state, play }: { state: TeamState; play: Play }) {
  const [here, setHere] = useState<Position | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const call = (found: Position | null) => {
    setHere(found);
    setSaid(t(found ? "helpWaits" : "helpWaitsPlaceless"));
    void state.callForHelp(found).then(setSaid);
  };
  const ask = () => {
    setSaid(t("locating"));
    whereAmI(call, () => call(null));
  };
  const { bib, team } = play.team;
  const place = here && `${here.lat.toFixed(5)}, ${here.lon.toFixed(5)}`;
  const text = here && place ? t("sendPlaceText", { team, bib, place, m: Math.round(here.accuracy) }) : null;
  const phone = play.race.emergency_phone?.replace(/[^\d+]/g, "");
  return (
    <>
      {text ? <p class="own-place"><b>{text}</b><br /><span class="second">{t("sendPlaceHelp")}</span></p> : null}
      {said ? <p role="status" class="second">{said}</p> : null}
      {text && phone ? (
        <WordButton line href={`sms:${phone}?body=${encodeURIComponent(text)}`}>{t("sendPlaceSms")}</WordButton>
      ) : (
        <WordButton line onClick={ask}>{t("sendPlace")}</WordButton>
      )}
    </>
  );
}

/** The team's code, for a second phone. */
function OwnCode({ code }: { code: string }) {
  return <p>{t("otherPhoneHelp")}{code ? <><br />{t("joinLabel")} <b class="own-code">{grouped(code)}</b></> : null}</p>;
}

function LeaveSheet({ state, onLeave, onClose }: { state: TeamState; onLeave: () => void; onClose: () => void }) {
  const waiting = state.outbox.pending().length;
  return (
    <Sheet title={t("leaveAsk")} closeWord={t("close")} onClose={onClose}>
      <p>{t("leaveHelp")}</p>
      {waiting > 0 ? <p class="field-fault" role="alert">{t("leavePending", { n: waiting })}</p> : null}
      <ActionButton kind="danger" onClick={onLeave}>{t("leaveGo")}</ActionButton>
      <ActionButton kind="outline" onClick={onClose}>{t("cancel")}</ActionButton>
    </Sheet>
  );
}
