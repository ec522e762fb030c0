/** Words of a checkpoint that is passed or lost. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  passedAlready: "这里来过了，只算一次。", passedPenalty: "答对 {right} 题，机会用完；算过关，总成绩加 {time}。", passedRight: "{draw} 题答对 {right} 题，用了 {s} 秒。",
  passedRightBare: "{draw} 题答对 {right} 题。", passedGame: "{name}：{figure}。", passedGameBare: "{name}，完成。", passedSoFar: "已过 *{n}* 个任务点，还剩 {left} 个。",
  passedAll: "*{n}* 个任务点全过了，去终点！", rowGap: "与前一队差", rowGapPoints: "{n} 个点", rowGapTime: "{time}", rowLead: "暂时领先", rowTime: "记录时刻", rowPoints: "得分",
  pointsValue: "{n} 分", rowPenalty: "总成绩加", lostHelp: "{draw} 题答对 {right} 题，机会用完了。别停，去下一个点。", gameFailed: "差一点", gameFailedHelp: "这次没过关。问裁判员还能不能再来。",
  alsoHere: "这里还有：{name}", doNext: "接着做",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  passedAlready: "You have been here; it counts once.", passedPenalty: "{right} right and no tries left: it counts, plus {time}.",
  passedRight: "{right} of {draw} right in {s:second|seconds}.", passedRightBare: "{right} of {draw} right.", passedGame: "{name}: {figure}.",
  passedGameBare: "{name}, done.", passedSoFar: "*{n:checkpoint|checkpoints}* passed, {left} to go.", passedAll: "All *{n}* passed. To the finish!",
  rowGap: "Behind the next team", rowGapPoints: "{n:checkpoint|checkpoints}", rowGapTime: "{time}", rowLead: "In the lead", rowTime: "Recorded at",
  rowPoints: "Points", pointsValue: "{n}", rowPenalty: "Added to your time",
  lostHelp: "{right} of {draw} right, and no tries left. Go on to the next one.", gameFailed: "Just short",
  gameFailedHelp: "Not passed this time. Ask the marshal whether you may try again.", alsoHere: "Also here: {name}", doNext: "Go on",
};

export const t = dictionary(zh, en);
