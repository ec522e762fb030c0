/** Words of the page that says what a phone has. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  phoneParts: "这部手机有什么", phoneKeepOpen: "没信号时，这个浏览器打不开已经关掉的页面。不要关闭本页。", rungNow: "现在这样打卡：{way}",
  handOver: "在浏览器打开", handOverHelp: "换到手机自带的浏览器，没信号时更稳。还是你们队，不用再扫卡。", handOverGo: "取一个链接", handOverReady: "点右上角 ···，选“在浏览器打开”；或复制链接，到浏览器里粘贴。{min} 分钟内有效，只能用一次。", handOverCopy: "复制链接", handOverCopied: "已复制", handOverPending: "还有 {n} 条没发出，等发完再换。", handOverFailed: "没取到链接。有信号再试。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  phoneParts: "What this phone has", phoneKeepOpen: "Without signal this browser cannot open a page again. Do not close this page.", rungNow: "You punch by: {way}",
  handOver: "Open in the browser", handOverHelp: "The phone's own browser is steadier without signal. You stay in your team, no card needed.", handOverGo: "Get a link", handOverReady: "Press ··· at the top right and choose the browser; or copy the link and paste it there. Good for {min:minute|minutes}, once.", handOverCopy: "Copy the link", handOverCopied: "Copied", handOverPending: "{n} still to send. Wait until they are sent.", handOverFailed: "No link came. Try again with signal.",
};

export const t = dictionary(zh, en);
