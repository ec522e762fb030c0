import type { Problem } from "../api.ts";
import { ActionButton } from "../parts/button.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import { t } from "../words.ts";
import type { Row } from "./calls.ts";
import { w } from "./words.ts";

/** What went wrong, in the server's words where it has some, and the way on. */
export function Troubled({ problem, retry, onLeave }: { problem: Problem; retry: (() => void) | null; onLeave: () => void }) {
  return (
    <>
      <main class="middle inset">
        <div class="page-gap"><ErrorBox title={problem.status === 0 ? t("unreachable") : t("problem")}>{problem.detail || t("unreachableHelp")}</ErrorBox></div>
      </main>
      <footer class="foot">
        {retry ? <ActionButton onClick={retry}>{t("tryAgain")}</ActionButton> : null}
        <ActionButton kind={retry ? "outline" : "filled"} onClick={onLeave}>{w("backHome")}</ActionButton>
      </footer>
    </>
  );
}

/** The table of the evening. */
export function Evening({ rows }: { rows: Row[] }) {
  return (
    <section class="evening">
      <h2 class="review-title">{w("evening")}</h2>
      {rows.length === 0 ? <p class="second">{w("eveningEmpty")}</p> : (
        <table>
          <thead><tr><th scope="col">{w("player")}</th><th scope="col">{w("duels")}</th><th scope="col">{w("wins")}</th><th scope="col">{w("rights")}</th><th scope="col">{w("squatsHead")}</th></tr></thead>
          <tbody>{rows.map((row) => <tr key={row.name}><th scope="row">{row.name}</th><td>{row.duels}</td><td>{row.won}</td><td>{row.right}</td><td>{row.squats}</td></tr>)}</tbody>
        </table>
      )}
      <p class="second">{w("forgotten")}</p>
    </section>
  );
}
