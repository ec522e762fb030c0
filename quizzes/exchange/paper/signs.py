"""The signs by which a line of a question sheet is known: numbers, letters of options, answers, headings of parts."""

import re
from dataclasses import dataclass

from quizzes.exchange.words import kind_of

# Full-width signs as half-width ones, one for one, so that places stay.
_NARROW = (
    {0xFF01 + place: 0x21 + place for place in range(94)}
    | {0x3000: 0x20, 0xA0: 0x20, 0x3002: 0x2E}
    | str.maketrans("〔〕〖〗", "()【】")
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
_TAG = re.compile(
    r"\s*[\[【(]\s*(单选题?|多选题?|判断题?|填空题?|单项选择题?|多项选择题?|不定项选择题?|简答题?)\s*[\]】)]\s*"
)
_MARK = r"(?:[(\[【]\s*([A-Z])\s*[)\]】]\s*[.、:]?|([A-Z])\s*[.、:)．])"
_OPTION = re.compile(rf"\s*{_MARK}[ \t]*")
_LOWER = re.compile(r"\s*(?:[(]\s*([a-z])\s*[)]|([a-z])\s*[.、)])[ \t]*")
# A letter without a sign is one of an option only beside others.
_UNSIGNED = re.compile(r"\s*([A-Z])(?:[ \t]+(?=\S)|[-,][ \t]*(?=\S)|(?=[\u4e00-\u9fff]))")
_ANSWER = r"(?:(?:正确|参考|标准|本题)?答\s{0,4}案|正确选项|正解)"
# What says an answer without a colon has to be followed by nothing but one.
_ONLY = r"(?=[A-Z](?:[\s,、;]{0,2}[A-Z]){0,9}\s*[.]?\s*$|(?:[√×对错]|正确|错误|[①-⑩]+)\s*[.]?\s*$)"
_FIELD = re.compile(
    r"\s*[★☆※●◆▲*]?\s*(?:"
    rf"[\[【「]\s*(?P<framed>{_ANSWER}|答案?解析|试题解析|解析|解答|分析|点评|难度|难易度|知识点|考点|标签|章节|来源|出处|依据|题型|分值|分数)"
    r"\s*[:：]?\s*[\]】」]\s*(?:为|是)?\s*[:：]?"
    rf"|[(]?\s*(?P<plain>{_ANSWER}|答|答案?解析|试题解析|解析|说明|难度|难易度|难易程度|知识点|考点|标签|章节|来源|出处|题型|分值|分数"
    r"|(?:the\s+)?(?:correct\s+)?answer|ans|correct|key|explanation|difficulty|source|tags?|type)\s*(?:为|是)?\s*[:=>→]"
    rf"|[(]?(?P<bare>{_ANSWER}|(?:the\s+)?(?:correct\s+)?answer|(?:故|应|本题)?选)\s*(?:为|是|应?选|is)?\s*[:]?\s*{_ONLY})\s*",
    re.IGNORECASE,
)
_FIELD_WITHIN = re.compile(
    rf"(?<=\S)\s*(?=[\[【]\s*(?:{_ANSWER}|答案?解析|解析|难度|知识点|来源|出处)\s*[:：]?\s*[\]】])"
    rf"|(?<=[\s.;?!])(?=(?:{_ANSWER}|(?:答案|试题)?解析|难度|知识点|来源|出处)(?:是|为)?\s*[:：])"
    r"|(?<=\))(?=(?:(?:正确|参考|标准)?答案|解析)\s*[:：])"
)
_ANSWERS = re.compile(
    r"\s*(?:附件?\s*\d?\s*[:.]?|[一二三四五六七八九十]{1,2}、)?\s*[\[【]?\s*"
    r"(?P<kind>(?:单项选择|多项选择|不定项选择|单选|多选|判断|填空|选择|简答)题?)?\s*(?:试[题卷]|题库|练习题?|本[卷题])?\s*"
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
    """The heading of a part: the kind of its questions ("" if it names none), its title, and what follows the title."""

    kind: str
    title: str
    rest: str


def part_of(text: str) -> Part | None:
    """Return the heading that a line is, or None: an ordinal with a short title, or the bare name of a kind."""
    plain = narrow(text).strip()
    if framed := re.fullmatch(r"[\[【<《]\s*([^\[\]【】]{2,20})\s*[\]】>》]", plain):
        plain = framed[1] if kind_of(framed[1]) else plain
    found = _PART.fullmatch(plain)
    if found is None or (not found["ordinal"] and not found["title"]):
        return None
    title = found["title"].strip().rstrip(".")
    word = re.sub(r"^(?:本?大题|第.部分)\s*", "", title)
    kind = kind_of(word) or ""
    if not kind:
        named = re.search(r"(单项选择|多项选择|不定项选择|单选|多选|判断|填空|简答|问答|论述|名词解释|选择)题?$", word)
        kind = (kind_of(named[0]) or "") if named and len(word) <= 20 and (found["ordinal"] or named[0] == word) else ""
        word = named[0] if kind and named else word
    if kind and (found["ordinal"] or found["rest"] is None or not re.match(r"[,;]", found["rest"])):
        return Part(word, title, found["rest"] or "")
    if found["ordinal"] and len(plain) <= 30 and not re.search(r"[?？_]|[(]\s*[)]", plain) and title:
        return Part("", title, found["rest"] or "")
    return None


def tag_of(text: str) -> tuple[str, int] | None:
    """Return a kind in brackets at the start of a question, 【单选题】, and where it ends."""
    found = _TAG.match(narrow(text))
    return (found[1], found.end()) if found and text[found.end() :].strip() else None


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


def option_marks(text: str, first: int, *, more: str = "") -> list[tuple[int, int, int]]:
    """Return (letter from 0, begin, end) of the marks of options in a line, in their order from `first`.

    A mark stands at the start, or after a space; or anywhere, if the next line (`more`) does not go on with the next
    letter and it is written as the first one is: an option may name vitamin B.
    """
    plain = narrow(text)
    start = _start(plain, first)
    marks: list[tuple[int, int, int]] = [start] if start else []
    due = first + len(marks)
    for found in re.finditer(rf"(?<=[\s.?!;)]){_MARK}[ \t]*", plain):
        letter = ord(found[1] or found[2]) - 65
        # `( A )` is an answer in its brackets, no mark.
        opened = plain[: found.start()].rstrip().endswith("(")
        if letter == due and not opened and (not marks or found.start() >= marks[-1][2]):
            marks.append((letter, found.start(), found.end()))
            due += 1
    if not marks or (len(marks) == 1 and not _OPTION.match(plain)):
        marks = _loose(plain, first) or marks
    if not marks and first == 0:
        return []
    following = _start(narrow(more), due)
    if marks and not following:
        sign = re.sub(r"[A-Za-z\s]", "", plain[marks[0][1] : marks[0][2]])
        due = marks[-1][0] + 1
        shape = re.compile(
            rf"(?<![A-Za-z0-9])([A-Z])\s*{re.escape(sign)}[ \t]*" if len(sign) == 1 else rf"{_MARK}[ \t]*"
        )
        for found in shape.finditer(plain, marks[-1][2]):
            if ord(next(filter(None, found.groups()))) - 65 == due and found.start() > marks[-1][2]:
                marks.append((due, found.start(), found.end()))
                due += 1
    return marks


def _loose(plain: str, first: int) -> list[tuple[int, int, int]]:
    """Return marks without a sign in a line of several: `A 黄河  B 长江`, `A黄河 B长江`."""
    marks: list[tuple[int, int, int]] = []
    for found in re.finditer(rf"(?:^|(?<=\s)){_UNSIGNED.pattern}", plain):
        if ord(found[1]) - 65 == first + len(marks):
            marks.append((first + len(marks), found.start(), found.end()))
    return marks if len(marks) > 1 and not plain[: marks[0][1]].strip() else []


def option_begins(text: str, place: int) -> bool:
    """Tell whether a line begins with the letter of the option at `place`, from 0, and goes on."""
    found = _start(narrow(text), place, unsigned=False)
    return found is not None and len(text) > found[2]


def option_may_begin(text: str, place: int) -> bool:
    """Tell the same where the letter may also stand without any sign: `B 上海`."""
    return _start(narrow(text), place) is not None


def any_option(text: str) -> str:
    """Return the letter with a sign that a line begins with, or ""."""
    found = _OPTION.match(narrow(text))
    return (found[1] or found[2]) if found else ""


def _start(plain: str, due: int, *, unsigned: bool = True) -> tuple[int, int, int] | None:
    """Return the mark at the start of a line, if it bears the letter that is due."""
    for shape in (_OPTION, _LOWER, _UNSIGNED) if unsigned else (_OPTION, _LOWER):
        found = shape.match(plain)
        if found:
            letter = ord(next(filter(None, found.groups())).upper()) - 65
            return (letter, found.start(), found.end()) if letter == due else None
    return None
