/** Words of practice and duels. */

import { dictionary } from "../language.ts";

const zh = {
  title: "练习和闪答赛", lead: "赛前随便练，不算成绩。", openUntil: "开放到 {time}", bank: "练哪个题库", count: "{n} 题",
  practise: "开始练习", duel: "两人闪答赛", backHome: "回到练习", closed: "练习现在没有开放", closedHelp: "问问组织者什么时候开。",
  another: "再练一套", enough: "过关", notEnough: "还差 {n} 题", tooLate: "超时了", result: "{draw} 题答对 {right} 题，用了 {s} 秒。", tooLateHelp: "答对 {right} 题，但是超过了时间。",
  duelTitle: "闪答赛", duelLead: "十分钟，两部手机，轮流出题。答错一题，深蹲 {n} 个。", name: "你的名字", nameHelp: "写外号就行，最多 16 个字。", nameEmpty: "先写个名字。",
  openRoom: "开一个房间", code: "房间码", codeHelp: "对方手机上的 4 位房间码。", joinRoom: "加入", codeEmpty: "先输入房间码。", orJoin: "对方已经开了房间？",
  waiting: "等对方加入", waitingHelp: "让对方打开同一个练习页，点“两人闪答赛”，输入这个房间码。", waitingAddress: "网址",
  you: "你", scoreRight: "答对 {n}", squats: "深蹲 {n}", leftOf: "还剩 {time}",
  choose: "选一题问对方", chooseHelp: "挑你觉得难的。", otherChooses: "{name} 在挑题", otherAnswers: "{name} 在答", get: "准备好，马上轮到你答。", answer: "就这个", answerHelp: "轮到你答",
  lastRight: "{name} 答对了", lastWrong: "{name} 答错了，深蹲 {n} 个", lastLate: "{name} 没答出来，深蹲 {n} 个",
  won: "{name} 赢了", draw: "打平了", overHelp: "{name}：深蹲 {n} 个。", again: "再来一场", leaveDuel: "离开这场",
  evening: "今晚的榜", eveningEmpty: "还没有人比完一场。", player: "名字", duels: "场", wins: "胜", rights: "答对", squatsHead: "深蹲", forgotten: "榜和名字一天后自动清掉。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  title: "Practice and duel", lead: "Practise before the race; nothing counts.", openUntil: "Open until {time}", bank: "Which questions", count: "{n:question|questions}",
  practise: "Practise", duel: "Duel of two", backHome: "Back to practice", closed: "Practice is not open now", closedHelp: "Ask the organizer when it is.",
  another: "Another set", enough: "Passed", notEnough: "{n} short", tooLate: "Out of time", result: "{right} of {draw} right in {s} s.", tooLateHelp: "{right} right, but the time was over.",
  duelTitle: "Flash duel", duelLead: "Ten minutes, two phones, ask in turn. A wrong answer costs {n} squats.", name: "Your name", nameHelp: "A nickname is enough, at most 16 letters.", nameEmpty: "Give a name first.",
  openRoom: "Open a room", code: "Room code", codeHelp: "The 4 letters on the other phone.", joinRoom: "Join", codeEmpty: "Type the room code first.", orJoin: "Is the room open already?",
  waiting: "Waiting for the other", waitingHelp: "Let them open this practice page, press “Duel of two” and type this room code.", waitingAddress: "Address",
  you: "you", scoreRight: "{n} right", squats: "{n} squats", leftOf: "{time} left",
  choose: "Choose what to ask", chooseHelp: "Take the one you find hard.", otherChooses: "{name} is choosing", otherAnswers: "{name} is answering", get: "Get ready: you answer next.", answer: "That is it", answerHelp: "You answer",
  lastRight: "{name} was right", lastWrong: "{name} was wrong: {n} squats", lastLate: "{name} did not answer: {n} squats",
  won: "{name} wins", draw: "A draw", overHelp: "{name}: {n} squats.", again: "Once more", leaveDuel: "Leave this duel",
  evening: "Tonight's table", eveningEmpty: "Nobody has finished a duel yet.", player: "Name", duels: "Duels", wins: "Won", rights: "Right", squatsHead: "Squats", forgotten: "Table and names go by themselves after a day.",
};

export const w = dictionary(zh, en);
