"""The words by which people head their columns, name kinds of questions, and write answers; and what is only noise."""

import re
import unicodedata

from quizzes.exchange.reading import label_of

# The traditional signs of the words by which a sheet is known, as simplified ones, one for one.
PLAIN = str.maketrans(
    "題選擇單項斷錯對誤確參標準簡論釋問難說試點來順連線數據識節籤類內複",
    "题选择单项断错对误确参标准简论释问难说试点来顺连线数据识节签类内复",
)
# What no eye sees: zero-width spaces and joiners, marks of direction, a byte-order mark, soft hyphens.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\u202a-\u202e\ufeff\u00ad]")
_STARS = re.compile(r"^\s*\*{1,3}\s+")
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]\s*.{0,12}题\s*[:：]?\s*([(（].*)?$")
# What learning sites show beside a question, and what comes along when a page is copied.
_PAGE_WORDS = {"章节测验", "已完成", "未完成", "待完成", "任务点", "查看解析", "收起解析", "我的答案"}

_COLUMNS = {
    "stem": "题目 题目名称 题干 试题 问题 题目内容 试题内容 试题题干 题目描述 问题内容 内容 "
    "question stem questiontext content text title",
    "answer": "答案 正确答案 标准答案 参考答案 正确选项 答案选项 "
    "answer correct correctanswer correctanswers rightanswer ans key answerkey",
    "kind": "题型 类型 试题类型 题目类型 问题类型 type questiontype kind",
    "options": "选项 备选项 备选答案 候选答案 选项内容 全部选项 options choices answers",
    "explanation": "解析 答案解析 试题解析 题目解析 解释 说明 解答 explanation feedback rationale",
    "tag": "章节 章 分组 分类 类别 标签 知识点 科目 专题 目录 chapter section category tag tags topic subject group",
    "difficulty": "难度 难度等级 难易度 难易程度 difficulty level",
    "source": "来源 出处 依据 source reference",
    "number": "题号 序号 编号 no number id index 时限 时间 分值 分数 timelimit score points",
}
_COLUMN_OF = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_OPTION = re.compile(r"(?:选项|备选项?|答案|option|choice|answer)?([a-z]|\d{1,2}|[一二三四五六七八九十])(?:选项|项)?")
_LETTER_IN_BRACKETS = re.compile(r"[(（]\s*([A-Ha-h])\s*[)）]")
# A heading in English and in Chinese, in either order.
_TWO_LANGUAGES = re.compile(
    r"([\x21-\x7e][\x20-\x7e]*?)[\s/|]+([^\x00-\x7f][^\n]*)|([^\x00-\x7f][^\n]*?)[\s/|]+([\x21-\x7e][\x20-\x7e]*)"
)
_CHINESE_ORDER = "一二三四五六七八九十"

SINGLE, MULTIPLE, JUDGED, FILLED, WRITTEN, ORDERED, CHOICE, NUMERIC, MATCHED, OTHER = (
    "single", "multiple", "judged", "filled", "written", "ordered", "choice", "numeric", "matched", "other",
)  # fmt: skip
_KINDS = {
    SINGLE: "单选 单选题 单项选择 单项选择题 单择 single singlechoice singleanswer radio",
    MULTIPLE: "多选 多选题 多项选择 多项选择题 不定项 不定项选择 不定项选择题 复选 复选题 "
    "multiple multipleanswer multipleresponse checkbox",
    JUDGED: "判断 判断题 是非 是非题 对错题 truefalse trueorfalse tf judge judgment true_false",
    FILLED: "填空 填空题 简填 填充 填充题 fill fillin fillintheblank blank shortanswer text",
    WRITTEN: "简答 简答题 论述 论述题 问答 问答题 名词解释 材料分析题 案例分析题 计算题 essay open",
    ORDERED: "排序 排序题 顺序题 order ordering",
    CHOICE: "选择 选择题 choice multiplechoice mcq quiz",
    NUMERIC: "数字 数字题 数值 数值题 number numeric numerical",
    MATCHED: "匹配题 连线题 配对题 匹配 连线 配对 match matching",
    OTHER: "投票 调查 poll survey 口语题 听力题 写作题 翻译题",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}

_TRUE = {"对", "正确", "√", "✓", "✔", "☑", "是", "t", "true", "y", "yes", "right", "correct", "对的", "是的"}
_TICKED = {"V", "v", "○", "◯", "〇", "圈"}
_FALSE = {
    "错", "错误", "×", "✗", "✘", "✕", "╳", "x", "否", "f", "false", "n", "no", "wrong", "incorrect",
    "不对", "不正确", "不是", "错的", "叉",
}  # fmt: skip
_DIFFICULTIES = (
    "易 容易 简单 较易 低 easy low",
    "中 中等 一般 适中 medium normal",
    "难 困难 较难 高 hard difficult high",
)


def clean(text: str) -> str:
    """Return a text without what no eye sees, its lines stripped at both ends, no empty lines at either end."""
    text = _UNSEEN.sub("", text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def clean_stem(text: str) -> tuple[str, str]:
    """Return (stem, what was left out of it): leading stars of a copied page, headings and page words at its end."""
    text = clean(text)
    left = ""
    if found := _STARS.match(text):
        left, text = found[0].strip(), text[found.end() :]
    lines = text.split("\n")
    while len(lines) > 1 and (is_noise(lines[-1]) or not lines[-1]):
        left = "\n".join(part for part in (lines.pop(), left) if part)
    return "\n".join(lines).strip(), left


def is_noise(line: str) -> bool:
    """Tell whether a line is a page's word or the heading of the next part, and no part of a question."""
    return line in _PAGE_WORDS or bool(_HEADING.match(line))


def _word(text: str) -> str:
    """Return a heading as it is looked up: without brackets, signs, spaces, a remark after a dash."""
    text = unicodedata.normalize("NFKC", clean(text)).casefold().translate(PLAIN)
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    text = re.split(r"\s[-–—]\s|\n", text)[0]
    return re.sub(r"[\s*:：#._/-]", "", text)


def column_of(heading: str) -> str | None:
    """Return what a column holds: stem, answer, kind, …, `option X` with its label, or None."""
    if parts := _TWO_LANGUAGES.fullmatch(heading.strip()):
        one, other = map(column_of, filter(None, parts.groups()))
        if one == other:
            return one
    word = _word(_LETTER_IN_BRACKETS.sub(r"\1", heading))
    if word in _COLUMN_OF:
        return _COLUMN_OF[word]
    if found := _OPTION.fullmatch(word):
        label = found[1]
        number = _CHINESE_ORDER.find(label) + 1 or (int(label) if label.isdigit() else 0)
        return f"option {label_of(number) if number else label.upper()}"
    return None


def kind_of(text: str) -> str | None:
    """Return the kind that a cell names, "" if it is empty, None if the word is not known."""
    word = _word(text)
    return _KIND_OF.get(word) if word else ""


def truth_of(text: str) -> bool | None:
    """Return what a cell says is the case, or None."""
    word = unicodedata.normalize("NFKC", text).strip().strip("。.()（）[]【】 ").casefold().translate(PLAIN)
    return True if word in _TRUE else False if word in _FALSE else None


def ticked(text: str) -> bool | None:
    """Return the same where a true or a false is asked for: there V is how a tick is typed, and a ring is right."""
    said = truth_of(text)
    return True if said is None and unicodedata.normalize("NFKC", text).strip("。.()（）[]【】 ") in _TICKED else said


def difficulty_of(text: str) -> int | None:
    """Return 1 for easy, 2 for medium, 3 for hard, a number from 1 to 10 as it is, else None."""
    word = _word(text)
    for value, words in enumerate(_DIFFICULTIES, 1):
        if word in words.split():
            return value
    return int(word) if re.fullmatch(r"[1-9]|10", word) else None
