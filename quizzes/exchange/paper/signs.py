"""The signs by which a line of a question sheet is known: numbers, letters of options, answers, headings of parts."""

import re
from dataclasses import dataclass

from quizzes.exchange.words import PLAIN, kind_of

# Full-width signs as half-width ones, and traditional ones as simplified ones, one for one, so that places stay.
_NARROW = (
    {0xFF01 + place: 0x21 + place for place in range(94)}
    | {0x3000: 0x20, 0xA0: 0x20, 0x3002: 0x2E}
    | str.maketrans("〔〕〖〗", "()【】")
    | PLAIN
)

_NUMBER = re.compile(
    r"\s*[*★☆]?\s*(?:"
    r"第\s*(?P<said>\d{1,4})\s*[题道]\s*[.、:]?"
    r"|[(\[【]\s*(?P<framed>\d{1,4})\s*[)\]】]\s*[.、]?"
    r"|(?P<plain>\d{1,4})\s*[.、．:]"
    r"|(?P<closed>\d{1,4})\s*[)]"
    r"|(?P<bare>\d{1,3})(?=\s+\S)"
    r"|(?P<circled>[①-⑳])"
    r"|(?:Q|Question|No[.]|№|#)\s*(?P<english>\d{1,4})\s*[.:)]?"
    r"|(?:题目?|试题|问题)\s*(?P<named>\d{1,4})\s*[.、:]"
    r")\s*"
)
_PART = re.compile(
    r"\s*(?P<ordinal>[(]?[一二三四五六七八九十]{1,3}[)]?\s*[、.:)]|[(][一二三四五六七八九十]{1,3}[)]"
    r"|第[一二三四五六七八九十]{1,3}(?:部分|大题|章|节|篇)\s*[、.:]?|[IVX]{1,4}[.、]|Part\s+\w+[.:]?)?\s*"
    r"(?P<title>[^()\[\]【】:,;]{0,40}?)\s*(?P<rest>[(\[【:,;].*)?",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = (
    r"单选题?|多选题?|复选题?|判断题?|是非题?|填空题?|填充题?|单项选择题?"
    r"|多项选择题?|不定项选择题?|选择题|简答题?|排序题?|问答题"
)
_NAMED = "单项选择|多项选择|不定项选择|单选|多选|复选|判断|是非|填空|填充|简答|问答|论述|名词解释|选择"
_HARD = "易|容易|简单|较易|中|中等|适中|较难|难|困难"
# What people put between the number and the question: its kind, how hard it is, 问：.
_TAG = re.compile(
    rf"\s*(?:[\[【(]\s*(?:(?P<kind>{_KINDS})|(?:难度\s*:?\s*)?(?P<hard>{_HARD}))\s*[\]】)]\s*[.:、]?"
    rf"|(?P<told>{_KINDS})\s*:|(?P<asks>问|题目|题干|试题|问题)\s*:)\s*"
)
_ANSWER = r"(?:(?:正确|参考|标准|本题)?答\s{0,4}案|正确选项|正解)"
# What says an answer without a colon has to be followed by nothing but one.
_ONLY = r"(?=[A-Z](?:[\s,、;]{0,2}[A-Z]){0,9}(?:\s*选?项)?\s*[.]?\s*$|(?:[√×对错]|正确|错误|[①-⑩]+)\s*[.]?\s*$)"
_FIELD = re.compile(
    r"\s*[★☆※●◆▲*]?\s*(?:"
    rf"[\[【「]\s*(?P<framed>{_ANSWER}|答案?解析|试题解析|解析|解答|分析|点评|难度|难易度|知识点|考点|标签|章节|来源|出处|依据|题型|分值|分数)"
    r"\s*[:：]?\s*[\]】」]\s*(?:为|是)?\s*[:：]?"
    rf"|[(]?\s*(?P<plain>{_ANSWER}|答|答案?解析|试题解析|解析|说明|难度|难易度|难易程度|知识点|考点|标签|章节|来源|出处|题型|分值|分数"
    r"|(?:the\s+)?(?:correct\s+)?answer|ans|correct|key|explanation|difficulty|source|tags?|type)\s*(?:为|是)?\s*[:=>→]"
    rf"|[(]?(?P<bare>{_ANSWER}|(?:the\s+)?(?:correct\s+)?answer|(?:故|应|本题)?选)\s*(?:为|是|应?选|is)?\s*[:.;、,]?\s*{_ONLY})\s*",
    re.IGNORECASE,
)
_FIELD_WITHIN = re.compile(
    rf"(?<=\S)\s*(?=[\[【]\s*(?:{_ANSWER}|答案?解析|解析|难度|知识点|来源|出处)\s*[:：]?\s*[\]】])"
    rf"|(?<=\?)\s*(?=答\s*:)|(?<=[\s.;?!])(?=(?:{_ANSWER}|(?:答案|试题)?解析|难度|知识点|来源|出处)(?:是|为)?\s*[:：])"
    r"|(?<=\))(?=(?:(?:正确|参考|标准)?答案|解析)\s*[:：])"
)
_ANSWERS = re.compile(
    r"\s*(?:附件?\s*\d?\s*[:.]?|[一二三四五六七八九十]{1,2}、)?\s*[\[【]?\s*"
    r"(?P<kind>(?:单项选择|多项选择|不定项选择|单选|多选|复选|判断|是非|填空|填充|选择|简答)题?)?\s*(?:试[题卷]|题库|练习题?|本[卷题])?\s*"
    r"(?:(?:正确|参考|标准)?答案(?:及|与|和)?(?:解析|评分标准|说明|部分|速查|[页区表])?(?:如下)?"
    r"|answers?\s*(?:keys?|sheet)?|keys?)\s*[\]】]?\s*[:：]?\s*",
    re.IGNORECASE,
)
# A title of its own line: 《湿地知识竞赛试题》参考答案.
_ANSWERS_TITLE = re.compile(
    r"[^.?!,;:_()、]{0,30}(?:(?:参考|标准|正确)答案|试[题卷]答案|答案(?:及|与|和)解析|题答案)", re.IGNORECASE
)
_FIELDS = {
    "explanation": "解析 解答 分析 点评 说明 explanation",
    "difficulty": "难度 难易度 难易程度 difficulty",
    "tag": "知识点 考点 标签 章节 tag tags",
    "source": "来源 出处 依据 source",
    "kind": "题型 type",
    "points": "分值 分数",
}
_FIELD_OF = {word: name for name, words in _FIELDS.items() for word in words.split()}

# The place for the answer may stand before the number: （√）1. …
BEFORE = re.compile(r"\s*[(]\s*([√×✓✔✗✘○◯╳✕对错v]|[A-Z]{1,8}|正确|错误)?\s*[)]\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number before a question: its value, the way it is written, and where the text after it begins."""

    number: int
    way: str
    end: int


def narrow(text: str) -> str:
    """Return a text with full-width signs as half-width ones, as long as it was."""
    return text.translate(_NARROW)


def numbered(text: str) -> Numbered | None:
    """Return the number at the start of a line, or None. A decimal is none, nor a year or a measure."""
    plain = narrow(text)
    found = _NUMBER.match(plain)
    if found is None:
        return None
    if found["circled"]:
        return Numbered(ord(found["circled"]) - 0x245F, "circled", found.end())
    way = next(name for name in ("said", "framed", "plain", "closed", "bare", "english", "named") if found[name])
    return Numbered(int(found[way]), way, found.end())


def looks_decimal(text: str) -> bool:
    """Tell whether a line may begin with a decimal or a ratio rather than a number: `1.5米`, `3.1921年`."""
    return bool(re.match(r"\s*\d{1,4}[.．:]\d", narrow(text)))


@dataclass(frozen=True, slots=True)
class Part:
    """The heading of a part: the kind of its questions ("" if it names none), its title, and what follows the title.

    `ordinal` is the Chinese numeral before the title, "" if there is none.
    """

    kind: str
    title: str
    rest: str
    ordinal: str = ""


def part_of(text: str) -> Part | None:
    """Return the heading that a line is, or None: an ordinal with a short title, or the bare name of a kind."""
    plain, shown = narrow(text).strip(), text.strip()
    framed = re.fullmatch(r"[\[【<《]\s*([^\[\]【】]{2,20})\s*[\]】>》]", plain)
    if framed and kind_of(framed[1]):
        plain, shown = framed[1], shown[framed.start(1) : framed.end(1)]
    found = _PART.fullmatch(plain)
    if found is None or (not found["ordinal"] and not found["title"]):
        return None
    title = found["title"].strip().rstrip(".")
    written = shown[found.start("title") : found.end("title")].strip().rstrip(".。")
    ordinal = "".join(re.findall("[一二三四五六七八九十]", found["ordinal"] or ""))
    word = re.sub(r"^(?:本?大题|第.部分)\s*", "", title)
    kind = kind_of(word) or ""
    if not kind:
        named = re.search(rf"(?:{_NAMED})题?$", word)
        kind = (kind_of(named[0]) or "") if named and len(word) <= 20 and (found["ordinal"] or named[0] == word) else ""
        word = named[0] if kind and named else word
    if kind and (found["ordinal"] or found["rest"] is None or not re.match(r"[,;]", found["rest"])):
        return Part(word, written, found["rest"] or "", ordinal)
    if found["ordinal"] and len(plain) <= 30 and not re.search(r"[?？_]|[(]\s*[)]", plain) and title:
        return Part("", written, found["rest"] or "", ordinal)
    return None


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands before a question's text: its kind, how hard it is ("" if not said), and where the text begins.

    `begins`: whether this alone shows that a question begins here.
    """

    kind: str
    difficulty: str
    begins: bool
    end: int


def tag_of(text: str) -> Tag | None:
    """Return what stands before a question: 【单选题】, 单选题：, 【难】, 问：; or None."""
    plain = narrow(text)
    kind, hard, begins, end = "", "", False, 0
    while found := _TAG.match(plain, end):
        kind = kind or found["kind"] or found["told"] or ""
        hard = hard or found["hard"] or ""
        begins = begins or not found["hard"]
        end = found.end()
    return Tag(kind, hard, begins, end) if end and plain[end:].strip() else None


def field_of(text: str) -> tuple[str, int] | None:
    """Return what a line says of a question: `answer`, `explanation`, … and where its value begins."""
    found = _FIELD.match(narrow(text))
    if not found:
        return None
    word = (found["framed"] or found["plain"] or found["bare"]).casefold()
    word = re.sub(r"^(?:答案|答|试题)(?=解析)", "", word)
    return _FIELD_OF.get(word, "answer"), found.end()


def fields_within(text: str) -> list[int]:
    """Return where further fields begin within a line: `… 答案：B 解析：…`."""
    return [found.end() for found in _FIELD_WITHIN.finditer(narrow(text))]


def answers_heading(text: str) -> tuple[str, int] | None:
    """Return the kind that the heading of a list of answers names ("" if none) and where the text after it begins."""
    plain = narrow(text)
    bare = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", plain).strip(" =-—─~*#()《》<>")
    if _ANSWERS.fullmatch(bare) or _ANSWERS_TITLE.fullmatch(bare):
        found = _ANSWERS.fullmatch(bare)
        return (found["kind"] or "") if found else "", len(text)
    found = _ANSWERS.match(plain)
    return (found["kind"] or "", found.end()) if found else None
