import { Cross, Tick } from "../icons.tsx";
import type { Reviewed } from "../types.ts";
import { t } from "../words.ts";
import { Marked } from "./marked.tsx";

/** Each question again, with what was right and why: the race is also for learning. */
export function Review({ items }: { items: Reviewed[] }) {
  return (
    <section class="review" aria-label={t("review")}>
      <h2 class="review-title">{t("review")}</h2>
      <ol>
        {items.map((item, i) => (
          <li key={i}>
            <p class="review-text"><b><Marked text={item.text} /></b></p>
            <p class={item.right ? "review-mark review-right" : "review-mark review-wrong"}>
              {item.right ? <Tick size={20} stroke={2.8} /> : <Cross size={20} stroke={2.8} />}
              <span>{t(item.right ? "right" : "wrong")} · {item.your === null ? t("noAnswer") : <>{t("yourAnswer")}{t("colon")}<Marked text={item.your} /></>}</span>
            </p>
            {item.right ? null : <p>{t("rightAnswer")}{t("colon")}<b><Marked text={item.answer} /></b></p>}
            {item.explanation ? <p class="second"><Marked text={item.explanation} /></p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
