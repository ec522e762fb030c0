import { CodeRing } from "../parts/marks.tsx";
import { Asking } from "../parts/asking.tsx";
import { useNow } from "../parts/ring.tsx";
import { q } from "../parts/words.ts";
import { speedCounts, speedShare } from "../rules/quiz.ts";
import type { QuizOpen, Speed } from "../types.ts";
import type { TeamState } from "./state.ts";

/** The sheet of a checkpoint. */
export function Quiz({ state, code, task }: { state: TeamState; code: string; task: QuizOpen }) {
  const course = state.play?.course;
  const name = course?.checkpoints.find((point) => point.code === code)?.name ?? "";
  return (
    <Asking
      sheet={task.sheet}
      need={task.need}
      limit={task.limit_s}
      title={<><CodeRing code={code} /><span>{name}</span></>}
      note={task.limit_s !== null && speedCounts(course?.format, task.speed) ? <SpeedNow given={task.sheet.given_at} limit={task.limit_s * 1000} speed={task.speed!} /> : null}
      onHandIn={(answers) => state.handIn(code, task.sheet.id, answers)}
    />
  );
}

/** What passing now would be worth, where points go by speed. */
function SpeedNow({ given, limit, speed }: { given: number; limit: number; speed: Speed }) {
  const now = useNow(500);
  return <p class="second">{q("speedNow", { n: speedShare(speed, Math.min(now - given, limit), limit) })}</p>;
}
