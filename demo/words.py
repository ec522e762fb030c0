"""What `waypost demo` prints. Chinese, with English beside it unless the terminal says which of the two is wanted."""

import os
from collections.abc import Mapping

from base.languages import LANGUAGES

FRESH = {
    "zh": "演示用自己的数据库 {path}；上一次演示的已删除，从头开始。",
    "en": "The demo keeps a database of its own, {path}; the last demo's was removed, this one starts afresh.",
}
FIRST = {
    "zh": "演示用自己的数据库 {path}，每次启动都重新开始；instance/ 里的其他东西不会动。",
    "en": "The demo keeps a database of its own, {path}, made anew at each start; nothing else is touched.",
}
GIVEN = {
    "zh": "演示比赛建在 WAYPOST_DATABASE_URL 指定的数据库里。",
    "en": "The sample race goes into the database that WAYPOST_DATABASE_URL names.",
}
RUNNING = {
    "zh": "这里已有一个演示在运行：{path}。先在那个窗口按 Ctrl-C，或用 WAYPOST_INSTANCE 换一个文件夹。",
    "en": "A demo is running here already: {path}. Stop it with Ctrl-C, or name another folder by WAYPOST_INSTANCE.",
}
FOREIGN = {
    "zh": "{path} 不是演示的数据库，没有动它。请把它移走再试。",
    "en": "{path} is no demo's database, so it was left alone. Move it away and try again.",
}
TAKEN = {
    "zh": "WAYPOST_DATABASE_URL 的数据库里已有比赛 {path}。取消这个变量再运行，演示就用自己的数据库。",
    "en": "The database of WAYPOST_DATABASE_URL holds a race {path} already. Unset it: the demo then uses its own.",
}
PORT_TAKEN = {
    "zh": "端口 {port} 已被占用。换一个：waypost demo --port {other}（或 make demo PORT={other}）",
    "en": "Port {port} is in use. Take another: waypost demo --port {other} (or make demo PORT={other})",
}
NO_SERVER = {
    "zh": "服务器没有启动起来，原因见上。运行 waypost doctor 检查。",
    "en": "The server did not start; see above why. `waypost doctor` tells what is missing.",
}
REFUSED = {"zh": "服务器没有接受：{why}", "en": "The server would not have it: {why}"}
SERVER_GONE = {"zh": "服务器停了，演示结束。", "en": "The server has stopped, and so does the demo."}

TITLE = {
    "zh": "“一点不落”职工趣味定向赛 · 38 队 · 12 个打卡点",
    "en": "“Miss Nothing” Workers' Fun Orienteering · 38 teams · 12 checkpoints",
}
BOARD = {"zh": "看大屏（实时名次）", "en": "Watch the leaderboard"}
ORGANIZER = {
    "zh": "组织者（一次性链接，自己设一个密码）",
    "en": "Organizer (one-time link: choose a password)",
}
CARD = {
    "zh": "参赛队卡：{bib} 号 {team}，留给您来跑（参赛码 {code}）",
    "en": "Team card: no. {bib} {team} is yours to play (join code {code})",
}
STATION = {
    "zh": "裁判员：36 号点 背夹球，留给您来当",
    "en": "Marshal: checkpoint 36, Back-to-Back Ball, is yours",
}
DEPUTY = {
    "zh": "没人来当，各队等约 {wait} 秒后由副裁判代劳；您来了，副裁判就退到一旁，\n"
    "只在排到 {crowd} 队以上、或您离开 1 分钟以上时帮忙。比赛不会卡住。",
    "en": "Until you come, a deputy takes each team after about {wait} s. Once you report something the deputy stands\n"
    "back, and helps only if {crowd} teams wait or you were away for a minute. The race never jams.",
}
SIGNS = {
    "zh": "打卡点的二维码：点开链接，就等于 {team} 用手机扫了牌子（先点开上面的参赛队卡）",
    "en": "Signs: opening a link scans it for {team} (open the team card above first)",
}
OTHER_STATIONS = {"zh": "其他点位的裁判员链接", "en": "Marshals' links of the other stations"}
RESULTS = {"zh": "成绩表", "en": "Result list"}
GUN = {
    "zh": "鸣枪！模拟队伍以 {speed} 倍速走路、答题；答错后的 60 秒冷却不加速。\n"
    "  约 {minutes} 分钟后都到终点，按 Ctrl-C 结束。",
    "en": "The gun! The simulated teams walk and think at {speed} times real speed; only the 60 s after a\n"
    "  failed quiz are real. All are back in about {minutes} minutes. Ctrl-C ends the demo.",
}
BACK = {
    "zh": "模拟的各队都回来了。{team} 还可以接着跑，裁判员都还在；成绩表：{results}\n"
    "  服务器继续运行，按 Ctrl-C 结束。",
    "en": "All simulated teams are back. {team} may go on, the marshals stay; result list: {results}\n"
    "  The server goes on until Ctrl-C.",
}
NO_PLAY = {
    "zh": "比赛已开放，还没有鸣枪，也没有模拟队伍。接下来：用组织者链接登录，在比赛页面鸣枪；\n"
    "  再点开参赛队卡和打卡点链接来跑。按 Ctrl-C 结束。",
    "en": "The race is open, the gun has not gone, nobody is simulated. Next: sign in by the organizer's link, fire\n"
    "  the gun on the race's page, then open the team card and the signs. Ctrl-C ends the demo.",
}
BYE = {"zh": "演示结束。", "en": "The demo has ended."}


def languages() -> tuple[str, ...]:
    """Return the languages to print in: the terminal's if it is one of ours, else Chinese and English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    wanted = tuple(language for language in LANGUAGES if named.lower().startswith(language))
    return wanted or LANGUAGES


def lines(text: Mapping[str, str], **values: object) -> list[str]:
    """Return a text in each language to be printed, with its values filled in; a value may itself be by language."""
    return [
        text[language].format(
            **{name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
        )
        for language in languages()
    ]


def line(text: Mapping[str, str], **values: object) -> str:
    """Return a short text in all languages to be printed, on one line."""
    return " / ".join(lines(text, **values))
