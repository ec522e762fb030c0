/** Words of a team's own result. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  final: "正式成绩", provisional: "暂定成绩", provisionalHelp: "组织者发布以后才算正式，发布前还可能变。", status: "结果", isOK: "完赛",
  score: "得分", points: "{n} 分", splits: "分段成绩", point: "任务点", leg: "本段", split: "累计", noSplits: "没有打卡记录。", legFirst: "本段最快", legPlace: "第 {n} · +{time}",
  finish: "终点", additional: "不在线路上", repeated: "又扫了一次", taskFailed: "任务没过", missing: "没打", why: "成绩怎么算的",
  certificate: "下载证书", certificateSoon: "证书等组织者发布成绩后在这里下载。", certificateNone: "证书发给完赛和获奖的队。", certificateFailed: "证书没取到。有信号再试。",
  certificateHere: "已下载。没看到文件？换手机自带的浏览器打开本页再下载。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  final: "Final result", provisional: "Provisional result", provisionalHelp: "It is final once the organizer has published it, and may change until then.", status: "Status", isOK: "Finished",
  score: "Score", points: "{n:point|points}", splits: "Splits", point: "Point", leg: "Leg", split: "Total", noSplits: "No punches on record.", legFirst: "fastest", legPlace: "place {n} · +{time}",
  finish: "Finish", additional: "not on the course", repeated: "scanned again", taskFailed: "task not passed", missing: "Not visited", why: "Why this score",
  certificate: "Download the certificate", certificateSoon: "The certificate comes here once the organizer has published the results.", certificateNone: "Certificates are for teams that came through or won an award.", certificateFailed: "The certificate did not come. Try again with signal.",
  certificateHere: "Downloaded. No file to be seen? Open this page in the phone's own browser and download again.",
};

export const t = dictionary(zh, en);
