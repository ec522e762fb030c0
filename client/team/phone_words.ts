/** Words of the page that says what a phone has. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  phoneParts: "这部手机有什么", phoneKeepOpen: "没信号时，这个浏览器打不开已经关掉的页面。不要关闭本页。", rungNow: "现在这样打卡：{way}",
  hasScan: "网页里扫码", hasPhoto: "拍照识码", hasTyped: "输入短码", hasSystem: "微信扫一扫或系统相机", hasSealed: "没信号也能看题", hasReload: "没信号也能重新打开", hasKeep: "记录存在", keepDatabase: "手机数据库，最稳", keepStorage: "浏览器存储", keepPage: "只在本页，不要关", hasAwake: "答题时屏幕不灭", hasBuzz: "打卡会震动", hasPlace: "定位", has: "有", hasNot: "没有", needsHttps: "没有，要用 https 打开", notYet: "还没准备好",
  handOver: "在浏览器打开", handOverHelp: "换到手机自带的浏览器，没信号时更稳。还是你们队，不用再扫卡。", handOverGo: "取一个链接", handOverReady: "点右上角 ···，选“在浏览器打开”；或复制链接，到浏览器里粘贴。{min} 分钟内有效，只能用一次。", handOverCopy: "复制链接", handOverCopied: "已复制", handOverPending: "还有 {n} 条没发出，等发完再换。", handOverFailed: "没取到链接。有信号再试。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  phoneParts: "What this phone has", phoneKeepOpen: "Without signal this browser cannot open a page again. Do not close this page.", rungNow: "You punch by: {way}",
  hasScan: "Scanning in the page", hasPhoto: "Photo of the code", hasTyped: "Typing the short code", hasSystem: "WeChat's scanner or the camera app", hasSealed: "Quizzes without signal", hasReload: "Opens again without signal", hasKeep: "Records are kept in", keepDatabase: "the phone's database, safest", keepStorage: "the browser's storage", keepPage: "this page only, keep it open", hasAwake: "Screen stays on in a quiz", hasBuzz: "Buzzes at a punch", hasPlace: "Position", has: "yes", hasNot: "no", needsHttps: "no, open it by https", notYet: "not ready yet",
  handOver: "Open in the browser", handOverHelp: "The phone's own browser is steadier without signal. You stay in your team, no card needed.", handOverGo: "Get a link", handOverReady: "Press ··· at the top right and choose the browser; or copy the link and paste it there. Good for {min:minute|minutes}, once.", handOverCopy: "Copy the link", handOverCopied: "Copied", handOverPending: "{n} still to send. Wait until they are sent.", handOverFailed: "No link came. Try again with signal.",
};

export const t = dictionary(zh, en);
