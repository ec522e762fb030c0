import { CodeRing } from "../parts/marks.tsx";
import { Asking } from "../parts/asking.tsx";
import { useNow } from "../parts/ring.tsx";
import { q } from "../parts/words.ts";
import { speedShare } from "../rules/quiz.ts";
import type { QuizOpen } from "../types.ts";
import type { TeamState } from "./state.ts";

/** The formats in which a checkpoint's points count, and so how fast its quiz was passed. */
const BY_POINTS = ["score", "composite"];

/** The sheet of a checkpoint. */
export function Quiz({ state, code, task }: { state: TeamState; code: string; task: QuizOpen }) {
  const course = state.play?.course;
  const name = course?.checkpoints.find((point) => point.code === code)?.name ?? "";
  const counts = task.limit_s !== null && BY_POINTS.includes(course?.format ?? "");
  return (
    <Asking
      sheet={task.sheet}
      need={task.need}
      limit={task.limit_s}
      title={<><CodeRing code={code} /><span>{name}</span></>}
      note={counts && (task.speed === "linear" || task.speed === "half") ? <Speed given={task.sheet.given_at} limit={task.limit_s! * 1000} speed={task.speed} /> : null}
      onHandIn={(answers) => state.handIn(code, task.sheet.id, answers)}
    />
  );
}

/** What passing now would be worth, where points go by speed. */
function Speed({ given, limit, speed }: { given: number; limit: number; speed: "linear" | "half" }) {
  const now = useNow(500);
  return <p class="second">{q("speedNow", { n: speedShare(speed, Math.min(now - given, limit), limit) })}</p>;
}
