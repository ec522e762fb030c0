/** Words of the wait between two tries. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  timeUp: "时间到", short1: "差一题", shortN: "差 {n} 题", failedHave: "答对 {right} 题，要 {need} 题。", failedBreath: "喝口水，换一套再来。", canRetry: "可再答", retryIn: "后可再答",
  chances: "{n} 次机会", chancesNoEnd: "次数不限", try: "第 {n} 次", tryDone: "答对 {right} 题，用了 {s} 秒", tryDoneBare: "答对 {right} 题", tryNext: "{time} 起可答，换新题",
  tryNow: "现在可答，换新题", tryPlain: "还有机会", tryPenalty: "还没过也算过关，总成绩加 {time}", tryLost: "还没过就不算这个点", tryFactor: "还没过也算过关，分数打折",
  elsewhere: "可以先去别的点，回来再答。冷却照常走，不用在这里等。再答的新题要有信号才发。", retry: "再答一次", inSeconds: "{n} 秒后",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  timeUp: "Time is up", short1: "One short", shortN: "{n} short", failedHave: "{right} right, {need} needed.",
  failedBreath: "Take a breath, new questions next.", canRetry: "open again", retryIn: "to wait", chances: "{n:try|tries}",
  chancesNoEnd: "As often as it takes", try: "Try {n}", tryDone: "{right} right in {s:second|seconds}", tryDoneBare: "{right} right",
  tryNext: "from {time}, new questions", tryNow: "now, new questions", tryPlain: "one more chance",
  tryPenalty: "Counts as passed in any case, plus {time}", tryLost: "If not, the checkpoint does not count",
  tryFactor: "Counts in any case, for fewer points",
  elsewhere: "You can go elsewhere and come back. The wait runs on; no need to stay. New questions come only with signal.", retry: "Try again",
  inSeconds: "in {n} s",
};

export const t = dictionary(zh, en);
