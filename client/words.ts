/** Every word of the team's phone. Chinese first; a word missing in English does not compile. */

import { dictionary, language } from "./language.ts";

const zh = {
  // places of the app
  tabs: "页面", progress: "进度", map: "地图", points: "任务点", places: "名次", help: "求助", close: "关闭",
  loading: "正在取比赛资料…", loadingSlow: "信号弱，还在取。",
  // head
  toSend: "待发 {n}", stopped: "比赛暂停", trial: "试跑", noSignal: "没信号", toCheck: "待核对人数",
  passedPoints: "已过任务点", ofTotal: "/ {n}", placeNow: "暂列", placeAt: "{time} 暂列", placeFinal: "名次", placeUnit: "名",
  noPlace: "还没有名次", up: "升 {n} 位", down: "降 {n} 位",
  elapsed: "已用时", toGun: "距发令", closesIn: "距关门", closedFor: "已关门", limitIn: "距时限", limitOver: "超时", closesAt: "关门",
  // card and next
  card: "打卡卡片", nextPoint: "下一个点", current: "正在这里", pickAnother: "换一个", finishName: "终点",
  pickTitle: "下一个去哪个点", pickHelp: "没有固定顺序，选一个近的、人少的。", pickFirst: "你们队先去", pickAway: "约 {far}", passedOf: "已过",
  cellNone: "{code}，还没到", cellNext: "{code}，下一个点", cellPassed: "{code}，过关", cellUnsent: "{code}，已记录，还没发出", cellWait: "{code}，还没过，可再来",
  cellBusy: "{code}，正在做", cellLost: "{code}，没过", cellQuiz: "，答题", cellGame: "，团队游戏",
  aheadWait: "前面 {ahead} 队，约等 {min} 分钟。", ahead: "前面 {ahead} 队在排。", noQueue: "现在不用排队。",
  credited: "排队时间会补给你们。", creditedUpTo: "排队时间会补给你们，最多 {min} 分钟。",
  quizHint: "答题：{draw} 题对 {need} 题过关，限 {s} 秒。五人到齐再扫，一扫就开始计时。", quizHintFree: "答题：{draw} 题对 {need} 题过关。五人到齐再扫。",
  gameHint: "团队游戏：到了先扫码排队。", plainHint: "到了扫码就过。", coolingHint: "{code} 号还要 {time} 才能再答。", readyHint: "{code} 号可以再答了。",
  scan: "扫码打卡", scanFinish: "扫终点码", goOnQuiz: "接着答题", seeQueue: "看排队", seeMap: "看地图", seePoints: "看任务点",
  beforeGun: "比赛尚未开始", beforeGunHelp: "先去检录，看好地图和第一个点。听到发令再出发，之前打的卡不算。", beforeGunFirst: "你们队先去 {code} 号。",
  allPassed: "全部过关，去终点", allPassedHelp: "五个人一起到，扫终点的码。", closedHelp: "请直接回终点，找裁判员报到。",
  stoppedHelp: "时间也停了。原地等，听裁判员的。", withdrawn: "你们队已退赛。请回终点报到。", isOverTime: "超时", isDidNotFinish: "未完赛", isDisqualified: "取消资格", isNotCompeting: "不计名次", isMissingPunch: "未打全", isSportingWithdrawal: "已退赛", isDidNotStart: "未出发", isCancelled: "已取消",
  goFinish: "不去了，回终点",
  // checkpoint sheet
  pointNone: "还没到。", pointPassed: "{time} 过关。", pointOpen: "已打卡，任务还没做完。", pointCooling: "{time} 起可再答。", pointLost: "这个点没过，不能再试。", pointFailed: "这次没过。",
  goHere: "下一个去这里", chosenNext: "已选为下一个点", seeReview: "看答题回顾", onMap: "在地图上看", continueHere: "接着做",
  // scan sheet
  scanTitle: "打卡", scanHow: "用微信“扫一扫”或手机相机，对准牌子上的二维码，点开链接就打上了。", scanOwn: "扫出来要你加入？那是另一个浏览器。在那里输一次参赛码，或扫队卡。",
  typeTitle: "扫不出？输牌子上的短码", typeHelp: "8 位，在二维码旁边。不分大小写，没有 0 O 1 I L。", typeLabel: "短码", typeGo: "打卡",
  typeEmpty: "先输入牌子上的短码。", typeSymbol: "短码里没有 0 O 1 I L，再看一眼。", typeShort: "还差 {n} 位。", typeLong: "多了几位，短码一共 8 位。", typeCheck: "有一位不对，再看一眼牌子。",
  photo: "拍下二维码", photoNone: "照片里没看到二维码。靠近一点，拍清楚再试。", photoOther: "这个码不是打卡点的。看看是不是扫错了牌子。",
  // punching and refusals
  punching: "正在打卡…", marking: "正在判分…", finishing: "正在记录冲线…",
  recorded: "已记录", recordedPunch: "打卡已经记下，按现在的时间算。", recordedAnswer: "{n} 题答完，已经记下。", recordedFinish: "冲线时间已经记下。", noSignalHere: "这里没信号，先往下走。", noSignalAgain: "再答的新题要有信号才发：往开阔处走几步，题会自己出来。",
  noSignalQuiz: "这里没信号。如果这个点要答题，往开阔处走几步，题会自己出来。",
  recordedAt: "记录时刻", waitingToSend: "待发", waitPunch: "打卡 {n} 条", waitAnswer: "答卷 {n} 份", waitOther: "其他 {n} 条", comma: "，",
  recordedHelp: "有信号会自动发，不用守着。别关掉这个页面。", recordedHelpNear: "有信号会自动发。别关掉这个页面。", recordedHelpAnswer: "有信号就自动送去判分，结果会跳出来。万一差一题，可以回来再答。",
  sentAt: "已送到 {time}", sentLate: "没信号那会儿不吃亏，按 {time} 算。",
  toNext: "去下一个点", toProgress: "回到进度",
  refused: "这次没打上", unknownTitle: "这个码不是本场的", unknownHelp: "看看牌子上的号码，重扫一次，或输入牌上的短码。", closedTitle: "已经关门",
  finishedTitle: "你们已经冲线", notOnCourseTitle: "这个点不在你们的线路上", typeCode: "输入短码", callMarshal: "叫裁判员",
  // passed
  passed: "过关", rowPlace: "全场暂列", rowPlaceValue: "第 {n} 名",
  lost: "这个点没过", review: "答题回顾", yourAnswer: "你们的答案", colon: "：", rightAnswer: "正确", right: "答对", wrong: "答错", noAnswer: "没答",
  // quiz
  quizName: "答题", dueHelp: "五人到齐就开始。一开始就计时。", dueGo: "开始",
  quizHead: "第 {i} 题，共 {n} 题", needRight: "答对 {need} 题过关", seconds: "秒", hurry: "快交", secondsLeft: "还剩 {n} 秒", away: "退出页面，时间照走；回来接着答。", noLimit: "不限时，想好再交。",
  single: "单选", multiple: "多选，选全才算对", true_false: "判断", text: "填写", number: "填数字", order: "排顺序，从先到后", match: "配对",
  yes: "对", no: "错", moveUp: "上移：{text}", moveDown: "下移：{text}", choose: "请选择", nextQuestion: "下一题", previous: "上一题", handIn: "交卷", question: "第 {i} 题", answered: "已答", unanswered: "没答",
  missingTitle: "还有 {n} 题没答", missingHelp: "第 {list} 题还空着。空着算错。", listComma: "、", fillIn: "去补上", handInAnyway: "就这样交",
  // failed
  elsewhereGo: "先去别的点", min: "{n} 分钟", sec: "{n} 秒", minSec: "{m} 分 {s} 秒", retryNeedsScan: "回到牌子前再扫一次码，就能再答。",
  // game
  gameShow: "把号码给裁判员看", gameWaiting: "前面 {n} 队", gameFirst: "下一个就是你们", gameAbout: "约等 {min} 分钟", gamePlaying: "比赛中", gamePlayingHelp: "裁判员在计时，加油！", gameHow: "怎么玩", arrived: "{time} 到", waited: "已等 {time}，会补给你们", waitedCap: "已等 {time}，会补给你们，最多 {min} 分钟", gameLeave: "先去别的点", gameLeaveHelp: "要离开先跟裁判员说一声。", gameResultHere: "成绩出来会显示在这里。",
  // finish
  finishAsk: "现在冲线？", finishLeft: "过了 *{n}* 个，还剩 *{left}* 个。", finishAll: "*{n}* 个全过了，漂亮！", finishTime: "已用时", finishWarn: "冲线后就不能再打别的点了。", finishTogether: "五个人都到了再冲线，裁判员会清点人数。", finishGo: "冲线", finishBack: "还要再打几个",
  finished: "已冲线", finishedAt: "冲线时刻", finishedCheck: "请全队到裁判员那里清点人数。清点之前，名次还会变。", finishedOk: "人数已核对，辛苦了！", finishedTime: "全程", finishedCredit: "排队补时", finishedPenalty: "罚时", finishedPlace: "名次", finishedOf: "共 {n} 队", seeResults: "看成绩表", netTime: "用时",
  // places
  placesTitle: "名次", placesAt: "{time} 的名次，打卡后几秒更新", placesProvisional: "还有队在路上，名次会变。", placesEmpty: "还没有名次", placesEmptyHelp: "第一个队打卡以后，这里会列出各队。", place: "名次", team: "队", passedShort: "过点", time: "用时", allPlaces: "看全部名次", gapMore: "中间还有 {n} 队",
  statusActive: "在路上", statusInactive: "未出发", statusFinished: "待核对人数", statusOther: "未计名次",
  // map
  scale: "{m} 米", locate: "我在哪里", locating: "正在定位…", locateOff: "没有拿到位置。在手机设置里允许定位，或照着纸图走。", locateFar: "你不在这张图上。", accuracy: "误差约 {m} 米", northUp: "图上北", mapLoading: "正在打开地图…", mapFailed: "地图没打开", mapFailedHelp: "信号好一点再试；下面的列表也能用。", retryLoad: "再试一次", noMap: "这场比赛没有电子地图", noMapHelp: "照着纸图走。每个点在哪里，下面写着。", start: "起点", meters: "{m} m", kilometers: "{km} km", mapLabel: "比赛地图，任务点也在下面的列表里", list: "任务点列表",
  // help
  helpCall: "打紧急电话", helpCallSub: "{phone}，受伤、走丢、遇险都打。", helpNoPhone: "这场比赛没有留紧急电话", helpNoPhoneHelp: "找最近的裁判员；生命危险打 120。", messages: "组织者的话", noMessagesHelp: "组织者发的通知会出现在这里。", otherPhone: "换一部手机", otherPhoneHelp: "没电了？用另一部手机扫队卡，或打开本站、输队卡上的参赛码。", otherPhoneHelp2: "两部手机同时用也行，打卡只算一次。", otherLanguage: "English", leave: "这部手机退出本队", leaveHelp: "已打的卡都在，随时能用队卡回来。", leaveAsk: "退出本队？", leavePending: "还有 {n} 条没发出，退出就丢了。等有信号再退。", leaveGo: "退出", cancel: "取消",
  // join
  joinTitle: "加入你们队", joinHelp: "扫队卡上的二维码，或输入卡上的参赛码。", joinFirst: "先加入队伍，再接着打这个点。", joinAgain: "需要重新加入", joinAgainHelp: "这部手机的登录已失效，打过的卡都还在。重新扫队卡就好。", stationAgain: "需要重新打开点位", stationAgainHelp: "这部手机的登录已失效，记过的都还在。再扫一次裁判员卡就好。", joinScan: "用相机扫队卡", joinOther: "这不是队卡上的码。", joinLabel: "参赛码", joinGo: "加入", joinEmpty: "先输入参赛码。", joinNoCard: "没有队卡？找检录处的裁判员。", joining: "正在加入…", joinFailed: "没加入成", stationOpen: "打开点位", stationOpenHelp: "扫裁判员卡，或点开组织者发的链接。", stationBadKey: "这个链接打不开点位", stationBadKeyHelp: "链接不全，或者已经换了。向组织者要一个新的，或扫裁判员卡。", joinBadKey: "这张卡认不出来", joinBadKeyHelp: "可能换过新卡。输入参赛码，或找检录处换一张。", unreachable: "连不上", unreachableHelp: "没信号，或服务器在忙。走几步再试。", tryAgain: "再试一次", home: "回到首页",
  // without signal
  plusMinus: "±{s} 秒", keepOpen: "没信号时在本页扫码或输短码。不要关闭本页：现在关了，没信号就打不开。", joinKeepOpen: "加入以后不要关闭这个页面：没信号的地方，就在这个页面里扫码或输短码。", readyOffline: "可离线", noSignalOdd: "手机里没有这个码，有信号会再核对。看看牌子是不是本场的。", gunUnheard: "手机没信号，还不知道已经发令。", gunHeard: "已经发令，接着打", gunHeardNoSignal: "没信号。听到发令了？开始打卡",
  freshTitle: "服务器上有的，都回来了", freshHelp: "这部手机里没有你们队以前的记录。要是它清过数据，没发出的那几条就没了：照卡片看，缺的点再打一次，或找裁判员。",
  watchTitle: "队友的手机正在答 {code} 号", watchHelp: "谁先打开谁来答，结果会显示在这里。那部手机没电了，就用这部接着答。", watchTake: "这部手机来答",
  finishAlsoUnsent: "另有 {n} 个已记录，还没发出。", allUploaded: "已全部上传", uploadLeft: "还有 {n} 条，请勿离开", uploadHelp: "走到有信号的地方，会自动发完。",
  phoneParts: "这部手机有什么", sendPlace: "求助，报位置", helpWaits: "已记下，有信号就送到组织者。急事先打电话。", helpWaitsPlaceless: "没有拿到位置。求助已记下，有信号就送到组织者。急事先打电话。", sendPlaceHelp: "念给接电话的人，或用短信发去。", sendPlaceSms: "发短信", sendPlaceText: "{team}（{bib} 号）求助。位置 {place}，误差约 {m} 米。",
  problem: "出了点问题", problemHelp: "再试一次。还不行，找裁判员。",
} as const;

const en: { [K in keyof typeof zh]: string } = {
  tabs: "Pages", progress: "Progress", map: "Map", points: "Points", places: "Places", help: "Help", close: "Close",
  loading: "Fetching the race…", loadingSlow: "Weak signal, still trying.",
  toSend: "{n} to send", stopped: "Race stopped", trial: "Trial", noSignal: "No signal", toCheck: "Heads to check",
  passedPoints: "Checkpoints passed", ofTotal: "/ {n}", placeNow: "Place now", placeAt: "Place at {time}", placeFinal: "Place", placeUnit: "th",
  noPlace: "No place yet", up: "up {n}", down: "down {n}",
  elapsed: "Time", toGun: "Start in", closesIn: "Closes in", closedFor: "Closed", limitIn: "Time left", limitOver: "Over by", closesAt: "Closes",
  card: "Control card", nextPoint: "Next checkpoint", current: "You are here", pickAnother: "Pick another", finishName: "Finish",
  pickTitle: "Where to next", pickHelp: "Any order. Pick one that is near and quiet.", pickFirst: "first for your team", pickAway: "about {far}", passedOf: "Passed",
  cellNone: "{code}, not visited", cellNext: "{code}, next checkpoint", cellPassed: "{code}, passed", cellUnsent: "{code}, recorded, not sent yet", cellWait: "{code}, not passed yet, try again",
  cellBusy: "{code}, under way", cellLost: "{code}, not passed", cellQuiz: ", quiz", cellGame: ", team game",
  aheadWait: "{ahead:team|teams} ahead, about {min:minute|minutes}.", ahead: "{ahead:team|teams} waiting.", noQueue: "No queue now.",
  credited: "Waiting is credited back.", creditedUpTo: "Waiting is credited back, up to {min:minute|minutes}.",
  quizHint: "Quiz: {need} of {draw} right, {s} seconds. All five here, then scan: the clock starts with the scan.", quizHintFree: "Quiz: {need} of {draw} right. All five here, then scan.",
  gameHint: "Team game: scan first to join the queue.", plainHint: "Scan the sign and it is passed.", coolingHint: "No. {code} opens again in {time}.", readyHint: "No. {code} is open again.",
  scan: "Scan the sign", scanFinish: "Scan the finish", goOnQuiz: "Go on with the quiz", seeQueue: "See the queue", seeMap: "See the map", seePoints: "See the points",
  beforeGun: "Not started yet", beforeGunHelp: "Check in, look at the map and your first checkpoint. Go when you hear the start; punches before it do not count.", beforeGunFirst: "Your team goes to no. {code} first.",
  allPassed: "All passed, go to the finish", allPassedHelp: "All five together, then scan the finish sign.", closedHelp: "Go straight to the finish and report to a marshal.",
  stoppedHelp: "The clock has stopped too. Stay where you are and listen to the marshals.", withdrawn: "Your team has withdrawn. Please report at the finish.", isOverTime: "Over time", isDidNotFinish: "Did not finish", isDisqualified: "Disqualified", isNotCompeting: "Not competing", isMissingPunch: "Checkpoint missing", isSportingWithdrawal: "Withdrawn", isDidNotStart: "Did not start", isCancelled: "Cancelled",
  goFinish: "No more, to the finish",
  pointNone: "Not visited yet.", pointPassed: "Passed at {time}.", pointOpen: "Punched, the task is not done yet.", pointCooling: "Open again from {time}.", pointLost: "Not passed, no more tries.", pointFailed: "Not passed this time.",
  goHere: "Go here next", chosenNext: "Chosen as next", seeReview: "See the answers", onMap: "Show on the map", continueHere: "Go on",
  scanTitle: "Punch", scanHow: "Point WeChat's scanner or the phone's camera at the QR code on the sign and open the link. That is the punch.", scanOwn: "Asked to join after scanning? That is another browser. Type the team code once there, or scan the team card.",
  typeTitle: "No luck? Type the short code", typeHelp: "8 symbols beside the QR code. No 0 O 1 I L, capitals do not matter.", typeLabel: "Short code", typeGo: "Punch",
  typeEmpty: "Type the short code on the sign first.", typeSymbol: "The code has no 0 O 1 I L. Look again.", typeShort: "{n} more to go.", typeLong: "Too many: the code has 8 symbols.", typeCheck: "One symbol is wrong. Look at the sign again.",
  photo: "Take a photo of the code", photoNone: "No QR code in the photo. Go closer and try again.", photoOther: "That is not a checkpoint's code. Is it the right sign?",
  punching: "Punching…", marking: "Marking…", finishing: "Recording your finish…",
  recorded: "Recorded", recordedPunch: "Your punch is kept and counts from now.", recordedAnswer: "{n:answer|answers} kept.", recordedFinish: "Your finish time is kept.", noSignalHere: "No signal here, go on.", noSignalAgain: "New questions come only with signal: walk a few steps into the open and they will appear.",
  noSignalQuiz: "No signal here. If this checkpoint has a quiz, walk a few steps into the open and it will appear.",
  recordedAt: "Recorded at", waitingToSend: "To send", waitPunch: "{n:punch|punches}", waitAnswer: "{n:quiz|quizzes}", waitOther: "{n} more", comma: ", ",
  recordedHelp: "It goes out by itself once there is signal; no need to wait. Keep this page open.", recordedHelpNear: "It goes out by itself once there is signal. Keep this page open.", recordedHelpAnswer: "It goes out by itself and the result will pop up. One short? You can come back.",
  sentAt: "Sent at {time}", sentLate: "You lose nothing: it counts from {time}.",
  toNext: "To the next checkpoint", toProgress: "Back to progress",
  refused: "Not punched", unknownTitle: "This code is not from this race", unknownHelp: "Check the number on the sign, scan again, or type the short code.", closedTitle: "The race has closed",
  finishedTitle: "You have finished", notOnCourseTitle: "Not on your course", typeCode: "Type the code", callMarshal: "Call a marshal",
  passed: "Passed", rowPlace: "Place now", rowPlaceValue: "{n}",
  lost: "Not passed", review: "The answers", yourAnswer: "Your answer", colon: ": ", rightAnswer: "Right answer", right: "right", wrong: "wrong", noAnswer: "no answer",
  quizName: "quiz", dueHelp: "Begin when all five are here. The clock starts at once.", dueGo: "Begin",
  quizHead: "Question {i} of {n}", needRight: "{need} right to pass", seconds: "sec", hurry: "hurry", secondsLeft: "{n} seconds left", away: "Leave the page and the clock runs on; come back and go on.", noLimit: "No time limit.",
  single: "Choose one", multiple: "Choose all that are right", true_false: "True or false", text: "Write", number: "A number", order: "Put in order, first to last", match: "Match",
  yes: "True", no: "False", moveUp: "Move up: {text}", moveDown: "Move down: {text}", choose: "Choose", nextQuestion: "Next", previous: "Previous", handIn: "Hand in", question: "Question {i}", answered: "answered", unanswered: "not answered",
  missingTitle: "{n:question|questions} not answered", missingHelp: "Still empty: {list}. Empty counts as wrong.", listComma: ", ", fillIn: "Fill in", handInAnyway: "Hand in as it is",
  elsewhereGo: "Go elsewhere first", min: "{n} min", sec: "{n} s", minSec: "{m} min {s} s", retryNeedsScan: "Scan the sign once more to try again.",
  gameShow: "Show this to the marshal", gameWaiting: "{n:team|teams} ahead", gameFirst: "You are next", gameAbout: "about {min:minute|minutes}", gamePlaying: "Playing", gamePlayingHelp: "The marshal has the clock. Go!", gameHow: "How it works", arrived: "Here at {time}", waited: "waited {time}, credited back", waitedCap: "waited {time}, credited back up to {min} min", gameLeave: "Go elsewhere first", gameLeaveHelp: "Leaving? Tell the marshal first.", gameResultHere: "The result will show here.",
  finishAsk: "Finish now?", finishLeft: "*{n}* passed, *{left}* to go.", finishAll: "All *{n}* passed. Well done!", finishTime: "Time", finishWarn: "After finishing you cannot punch any more.", finishTogether: "Finish when all five are here; a marshal counts heads.", finishGo: "Finish", finishBack: "A few more first",
  finished: "Finished", finishedAt: "Finished at", finishedCheck: "All of you to the marshal, please, to be counted. Until then your place may change.", finishedOk: "Heads counted. Well done!", finishedTime: "Whole time", finishedCredit: "Credit for waiting", finishedPenalty: "Penalty", finishedPlace: "Place", finishedOf: "of {n:team|teams}", seeResults: "See the result list", netTime: "Net time",
  placesTitle: "Places", placesAt: "Places at {time}, new within seconds of a punch", placesProvisional: "Teams are still out; places will change.", placesEmpty: "No places yet", placesEmptyHelp: "Teams appear here after the first punch.", place: "Place", team: "Team", passedShort: "Passed", time: "Time", allPlaces: "See all places", gapMore: "{n:team|teams} between",
  statusActive: "out", statusInactive: "not started", statusFinished: "heads to check", statusOther: "not placed",
  scale: "{m} m", locate: "Where am I", locating: "Locating…", locateOff: "No position. Allow location in the phone's settings, or use the paper map.", locateFar: "You are not on this map.", accuracy: "within about {m} m", northUp: "North", mapLoading: "Opening the map…", mapFailed: "The map did not open", mapFailedHelp: "Try again with better signal; the list below works too.", retryLoad: "Try again", noMap: "No map on the phone for this race", noMapHelp: "Use the paper map. Where each checkpoint is stands below.", start: "Start", meters: "{m} m", kilometers: "{km} km", mapLabel: "Race map; the checkpoints are also in the list below", list: "List of checkpoints",
  helpCall: "Call for help", helpCallSub: "{phone}: hurt, lost or in danger.", helpNoPhone: "No emergency phone for this race", helpNoPhoneHelp: "Go to the nearest marshal. Danger to life: call 120.", messages: "From the organizer", noMessagesHelp: "What the organizer announces appears here.", otherPhone: "Change phones", otherPhoneHelp: "Battery low? Scan the team card with another phone, or open this site there and type the team code.", otherPhoneHelp2: "Two phones at once are fine: a punch counts once.", otherLanguage: "中文", leave: "Leave the team on this phone", leaveHelp: "Your punches stay; come back any time with the team card.", leaveAsk: "Leave the team?", leavePending: "{n} not sent yet would be lost. Wait for signal first.", leaveGo: "Leave", cancel: "Cancel",
  joinTitle: "Join your team", joinHelp: "Scan the QR code on your team card, or type the team code on it.", joinFirst: "Join your team first, then this checkpoint goes on.", joinAgain: "Please join again", joinAgainHelp: "This phone is signed out; your punches are all kept. Scan the team card once more.", stationAgain: "Please open the station again", stationAgainHelp: "This phone is signed out; all you recorded is kept. Scan the marshal's card once more.", joinScan: "Scan the card here", joinOther: "That is not a team card's code.", joinLabel: "Team code", joinGo: "Join", joinEmpty: "Type the team code first.", joinNoCard: "No card? Ask the marshal at check-in.", joining: "Joining…", joinFailed: "Not joined", stationOpen: "Open the station", stationOpenHelp: "Scan the marshal's card, or open the organizer's link.", stationBadKey: "This link opens no station", stationBadKeyHelp: "It is cut short, or has been changed. Ask the organizer for a new one, or scan the marshal's card.", joinBadKey: "This card is not known", joinBadKeyHelp: "It may have been replaced. Type the team code, or ask at check-in.", unreachable: "No connection", unreachableHelp: "No signal, or the server is busy. Walk a few steps and try again.", tryAgain: "Try again", home: "To the home page",
  plusMinus: "±{s} s", keepOpen: "Without signal, scan or type the code on this page. Do not close it: just now it could not open again without signal.", joinKeepOpen: "Once you are in, keep this page open: where there is no signal you scan and type codes on this page.", readyOffline: "Ready offline", noSignalOdd: "This phone does not know the code; it is checked when there is signal. Is the sign of this race?", gunUnheard: "Without signal this phone does not know that the race has started.", gunHeard: "It has started, go on", gunHeardNoSignal: "No signal. Heard the start? Begin punching",
  freshTitle: "All the server has is back", freshHelp: "This phone holds no earlier records of your team. If its data was cleared, what it had not sent is gone: look at the card, punch again what is missing, or ask a marshal.",
  watchTitle: "A team-mate's phone is answering no. {code}", watchHelp: "Whoever opens the sheet first answers it. The result will show here. If that phone has died, go on with this one.", watchTake: "Answer on this phone",
  finishAlsoUnsent: "{n} more recorded, not sent yet.", allUploaded: "All sent", uploadLeft: "{n} to send, please stay", uploadHelp: "Go where there is signal and it sends by itself.",
  phoneParts: "What this phone has", sendPlace: "Call for help with our position", helpWaits: "Recorded; race control gets it as soon as there is signal. If it is urgent, telephone.", helpWaitsPlaceless: "No position to be had. The call is recorded and sent as soon as there is signal. If it is urgent, telephone.", sendPlaceHelp: "Read it out to whoever answers, or send it as a text message.", sendPlaceSms: "Send a text", sendPlaceText: "{team} (no. {bib}) needs help. Position {place}, within about {m} m.",
  problem: "Something went wrong", problemHelp: "Try again. If it stays, ask a marshal.",
};

export const t = dictionary(zh, en);

/** 7th, 1st, 22nd: the letters after a place in English. */
export function ordinal(n: number): string {
  const tens = n % 100;
  if (tens >= 11 && tens <= 13) return "th";
  return ["th", "st", "nd", "rd"][n % 10] ?? "th";
}

/** "第 2 名", "2nd". */
export function placeWords(n: number): string {
  return language() === "zh" ? t("rowPlaceValue", { n }) : `${n}${ordinal(n)}`;
}

/** "2 分钟", "45 秒", "1 分 30 秒". */
export function lengthOf(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole % 60 === 0 && whole > 0) return t("min", { n: whole / 60 });
  if (whole < 60) return t("sec", { n: whole });
  return t("minSec", { m: Math.floor(whole / 60), s: whole % 60 });
}

/** A status of the sport in the people's words: never an English name or an abbreviation in a Chinese page. */
export function statusWords(status: string): string {
  const key = `is${status}`;
  return key in zh ? t(key as "isOverTime") : t("statusOther");
}

/** "120 m", "1.4 km": to the ten metres a phone's position is good for. */
export function distanceWords(metres: number): string {
  return metres < 1000 ? t("meters", { m: Math.round(metres / 10) * 10 }) : t("kilometers", { km: (metres / 1000).toFixed(1) });
}
