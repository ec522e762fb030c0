// What the editor of checkpoints says, in both languages.

const chinese = document.documentElement.lang.startsWith("zh");

const WORDS = {
  add: ["加打卡点", "Add checkpoints"],
  move: ["拖动调整", "Move them"],
  onSpot: ["用手机到现场定位", "On the spot by phone"],
  addHint: ["在图上点一下牌子的位置。", "Click where the sign will stand."],
  moveHint: ["拖动圆圈。选中后方向键微调，加 Shift 快十倍。", "Drag the circles. Arrow keys nudge the chosen one, with Shift ten times as far."],
  placeHint: ["在图上点一下 {code} 的位置。", "Click where {code} stands."],
  mapLabel: ["打卡点的图", "Map of the checkpoints"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  nearest: ["离得最近：{a} 与 {b}，", "Nearest: {a} and {b}, "],
  metres: ["{m} m", "{m} m"],
  notMeasured: ["图没有量过，不显示距离", "Not measured: no distances"],
  undo: ["撤销", "Undo"],
  undone: ["撤销：{what}", "Undo: {what}"],
  didAdd: ["加 {code}", "add {code}"],
  didMove: ["移动 {code}", "move {code}"],
  didDelete: ["删 {code}", "delete {code}"],
  didChange: ["改 {code}", "change {code}"],
  code: ["编号", "Number"],
  name: ["名称", "Name"],
  task: ["任务", "Task"],
  english: ["英文名", "Name in English"],
  where: ["位置", "Where"],
  whereEnglish: ["位置（英文）", "Where, in English"],
  kind: ["种类", "Kind"],
  control: ["打卡点", "Checkpoint"],
  start: ["起点", "Start"],
  finish: ["终点", "Finish"],
  points: ["分值", "Points"],
  coordinates: ["经纬度", "Position"],
  byForm: ["按坐标填、查看全部", "By coordinates, everything"],
  more: ["高级", "More"],
  quizOf: ["答题", "Quiz"],
  gameOf: ["游戏", "Game"],
  none: ["没有", "None"],
  both: ["都有", "Both"],
  justPunch: ["只打卡", "just punch"],
  quiz: ["答题", "quiz"],
  game: ["游戏", "game"],
  quizAndGame: ["答题和游戏", "quiz and game"],
  noQuestions: ["还没选题", "no questions yet"],
  nowhere: ["还没位置", "no place yet"],
  offMap: ["在图外", "off the picture"],
  unsent: ["待发", "unsent"],
  place: ["放到图上", "Put it on the map"],
  nudge: ["在图上微调", "Nudge on the map"],
  remove: ["删除", "Delete"],
  close: ["收起", "Close"],
  waiting: ["待发 {n}", "{n} unsent"],
  waitingHelp: ["改动都留着，有网会自动发。", "Your changes are kept and go out by themselves."],
  signedOut: ["登录过期了，改动都留着。", "Your sign-in has run out; your changes are kept."],
  signIn: ["重新登录", "Sign in again"],
  taken: ["{code} 刚被别人改过。", "Somebody else has just changed {code}."],
  gone: ["{code} 刚被别人删了。", "Somebody else has just deleted {code}."],
  keepMine: ["用我的", "Keep mine"],
  takeTheirs: ["用对方的", "Take theirs"],
  fine: ["知道了", "Fine"],
  saved: ["{time} 已保存", "Saved {time}"],
  why: ["比赛进行中，为什么改？", "The race is under way. Why this change?"],
  empty: ["还没有打卡点", "No checkpoints yet"],
  emptyMap: ["在图上点一下，第一个点就是 31。", "Click on the map: the first one is 31."],
  noGround: ["这里还没有图", "There is no map here yet"],
  noGroundHelp: ["先传一张图，或者给点定个位置，格子图就出来了。", "Upload a picture, or give a checkpoint its position and a grid appears."],
  upload: ["传一张图", "Upload a picture"],
  type: ["填坐标", "Type a position"],
  addWithout: ["先加一个，位置以后再说", "Add one, its place comes later"],
  // On the spot
  which: ["哪个点？", "Which one?"],
  another: ["新的打卡点 {code}", "A new checkpoint, {code}"],
  here: ["就在这里", "It is here"],
  wait: ["再等一下，精度 {m} m", "Wait a moment: ± {m} m"],
  looking: ["正在定位…", "Looking for satellites…"],
  accuracy: ["精度约 {m} m，平均了 {n} 次", "± {m} m, mean of {n} fixes"],
  standStill: ["站到牌子要立的地方，别动。到 25 m 以内才能存。", "Stand where the sign will be. It can be saved within 25 m."],
  insecure: ["这个网址不是 https，浏览器不给定位。请用 https 打开，或者填坐标。", "This address is not https, so the browser tells no position. Open it by https, or type the position."],
  noGps: ["这个浏览器没有定位。换系统自带的浏览器试试。", "This browser tells no position. Try the phone's own browser."],
  denied: ["没有拿到定位的权限。请在系统和浏览器设置里允许。", "The position was not allowed. Allow it in the settings of phone and browser."],
  lost: ["收不到定位，走到开阔的地方试试。", "No position here. Try in the open."],
  stored: ["{code} 记好了：{place}", "{code} is stored: {place}"],
  notSent: ["{code} 还没发出，留在手机里，有信号会自动发。", "{code} is kept on this phone and goes out by itself."],
} as const;

/** What a checkpoint is called in the reader's language. */
export function called(point: { name: string; name_en: string }): string {
  return (chinese ? point.name : point.name_en) || point.name || point.name_en;
}

export type Key = keyof typeof WORDS;

export function t(key: Key, values: Record<string, string | number> = {}): string {
  let text: string = WORDS[key][chinese ? 0 : 1];
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, String(value));
  return text;
}
