/** Words of the questions themselves, wherever they are asked: at a checkpoint, in practice, in a duel. */

import { dictionary } from "../language.ts";

const zh = {
  speedNow: "现在过关得 {n}% 的分", speedGot: "{n}%", passedFactor: "答对 {right} 题，机会用完；算过关，得 {n}% 的分。", orderHelp: "按箭头上下挪。", moved: "{text}，现在第 {n}", sound: "题目的声音", image: "题目的图片", imageAwaited: "这道题有张图，有信号才看得到。往开阔处走几步，图会自己出来。", imageShows: "图上：{text}", soundAwaited: "这道题有段声音，有信号才听得到。往开阔处走几步，声音会自己出来。", sign: "正负号",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  speedNow: "Passed now: {n} % of the points", speedGot: "{n} %", passedFactor: "{right} right, no tries left; counted as passed for {n} % of the points.", orderHelp: "Move with the arrows.", moved: "{text}, now no. {n}", sound: "The question's sound", image: "The question's picture", imageAwaited: "This question's picture comes with signal. Walk a few steps into the open: it appears by itself.", imageShows: "It shows: {text}", soundAwaited: "This question's sound comes with signal. Walk a few steps into the open: it appears by itself.", sign: "Plus or minus",
};

export const q = dictionary(zh, en);
