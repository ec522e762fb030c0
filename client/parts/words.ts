/** Words of the questions themselves, wherever they are asked: at a checkpoint, in practice, in a duel. */

import { dictionary } from "../language.ts";

const zh = {
  speedNow: "越快分越高：现在过关得 {n}% 的分", orderHelp: "按箭头上下挪；键盘用 ↑ ↓。", moved: "{text}，现在第 {n}",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  speedNow: "Faster is worth more: {n} % if passed now", orderHelp: "Move with the arrows; on a keyboard ↑ ↓.", moved: "{text}, now no. {n}",
};

export const q = dictionary(zh, en);
