/** Words of the questions themselves, wherever they are asked: at a checkpoint, in practice, in a duel. */

import { dictionary } from "../language.ts";

const zh = {
  speedNow: "现在过关得 {n}% 的分", speedGot: "{n}%", passedFactor: "答对 {right} 题，机会用完；算过关，得 {n}% 的分。", orderHelp: "按箭头上下挪。", moved: "{text}，现在第 {n}", sound: "题目的声音", image: "题目的图片", sign: "正负号",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  speedNow: "Passed now: {n} % of the points", speedGot: "{n} %", passedFactor: "{right} right, no tries left; counted as passed for {n} % of the points.", orderHelp: "Move with the arrows.", moved: "{text}, now no. {n}", sound: "The question's sound", image: "The question's picture", sign: "Plus or minus",
};

export const q = dictionary(zh, en);
