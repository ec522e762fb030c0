/** Words of the records' codes at the finish. Chinese first; a word missing in English does not compile. */

import { dictionary } from "../language.ts";

const zh = {
  uploadQr: "一直没信号？让终点裁判员扫这个码，记录由他的手机送去。", uploadLabel: "没发出的记录，第 {i} 张码，共 {n} 张", uploadNext: "下一张", uploadNoQr: "这部手机画不出记录的码，请到有信号的地方。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  uploadQr: "Still no signal? Let the marshal at the finish scan this code: the records travel on their phone.", uploadLabel: "Records not sent, code {i} of {n}", uploadNext: "Next code", uploadNoQr: "This phone cannot draw its records as a code. Please go where there is signal.",
};

export const t = dictionary(zh, en);
