"""The letters of options, with the ticks and boxes that may stand before them."""

import re

from quizzes.exchange.paper.signs import narrow

# What is put before an option that is right, and the box of one that is not.
TICKS = "√✓✔☑✅☒■●◉"
BOXES = "☑☒✅☐□◻"
_MARK = r"(?:[(\[【]\s*([A-Z])\s*[)\]】]\s*[.、:]?|([A-Z])\s*[.、:)．])"
# Before a letter within a line a tick belongs to what it is nearer to: `A. 甲 √  B. 乙`, `A. 甲  √B. 乙`.
_TICKED = rf"(?:[{BOXES}]\s*|[{TICKS}]|(?<=\s\s)[{TICKS}]\s)?"
_BOXED = rf"[{BOXES}]\s*"
_LEADING = rf"\s*(?:[*{TICKS}{BOXES}]\s*)?"
_OPTION = re.compile(rf"{_LEADING}{_MARK}[ \t]*")
_LOWER = re.compile(rf"{_LEADING}(?:[(]\s*([a-z])\s*[)]|([a-z])\s*[.、)])[ \t]*")
# A letter without a sign is one of an option only beside others.
_UNSIGNED = re.compile(r"\s*([A-Z])(?:[ \t]+(?=\S)|[-,][ \t]*(?=\S)|(?=[\u4e00-\u9fff]))")


def option_marks(text: str, first: int, *, more: str = "", glued: bool = False) -> list[tuple[int, int, int]]:
    """Return (letter from 0, begin, end) of the marks of options in a line, in their order from `first`.

    A mark stands at the start, or after a space; or anywhere, if the next line (`more`) does not go on with the next
    letter and it is written as the first one is: an option may name vitamin B. Behind a figure, `A、110B、119C、120`,
    see `_glued`; `glued` tells that the line before was parted so.
    """
    plain = _raised(narrow(text), first)
    start = _start(plain, first)
    marks: list[tuple[int, int, int]] = [start] if start else []
    due = first + len(marks)
    for found in re.finditer(rf"(?:(?<=[\s.?!;)]){_TICKED}|{_BOXED}){_MARK}[ \t]*", plain):
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
        shape = re.compile(rf"(?<![A-Za-z])([A-Z])\s*{re.escape(sign)}[ \t]*" if len(sign) == 1 else rf"{_MARK}[ \t]*")
        further = [
            (ord(next(filter(None, found.groups()))) - 65, found.start(), found.end())
            for found in shape.finditer(plain, marks[-1][2])
        ]
        marks = _glued(plain, marks, further, more, first == 0 or glued)
    return marks


def _glued(
    plain: str, marks: list[tuple[int, int, int]], further: list[tuple[int, int, int]], more: str, figures: bool
) -> list[tuple[int, int, int]]:
    """Return marks with those that run on within the line, glued to what stands before them.

    110B may be a name of its own. So behind a figure a mark counts only if each letter that is due stands there once,
    and there are three in the line or the next line goes on with the next.
    """

    def run(some: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        found = list(marks)
        for mark in some:
            if mark[0] == found[-1][0] + 1 and mark[1] > found[-1][2]:
                found.append(mark)
        return found

    apart = [mark for mark in further if not plain[mark[1] - 1].isdecimal()]
    found = run(further)
    letters = [mark[0] for mark in further if mark[1] > marks[-1][2]]
    once = all(letters.count(mark[0]) == 1 for mark in found[len(marks) :])
    due = found[-1][0] + 1
    return found if figures and once and (due >= 3 or option_begins(more, due)) else run(apart)


def _raised(plain: str, first: int) -> str:
    """Return a line whose options bear small letters, `a. … b. …`, with capital ones, as long as it was."""
    if re.search(_MARK, plain):
        return plain
    marks = list(re.finditer(r"(?:^|(?<=[\s.?!;)]))[(]?\s*([a-z])\s*[.、)]", plain))
    if not marks:
        return plain
    letters = [ord(found[1]) - 97 for found in marks]
    if letters != list(range(first, first + len(letters))) or (len(letters) < 2 and plain[: marks[0].start()].strip()):
        return plain
    signs = list(plain)
    for found in marks:
        signs[found.start(1)] = found[1].upper()
    return "".join(signs)


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


def box_marks(text: str) -> list[tuple[int, int, int]]:
    """Return (place from 0, begin, end) of the boxes that stand for letters in a line: `☐ 湿地  ☑ 草地`."""
    if text.lstrip()[:1] not in BOXES and not (text.lstrip()[:1] == "■" and "□" in text):
        return []
    found = re.finditer(rf"[■{BOXES}]\s*", text)
    return [(place, mark.start(), mark.end()) for place, mark in enumerate(found)]


def tick_of(mark: str) -> str:
    """Return the tick or box that a mark holds, or ""."""
    return next((sign for sign in mark if sign in TICKS or sign in BOXES or sign == "*"), "")


def far_marks(text: str) -> list[tuple[int, int]]:
    """Return (letter from 0, begin) of the marks at the start of a line or behind a wide gap, in whatever order."""
    found = re.finditer(rf"(?:^\s*|(?<=\s\s)|(?<=\t))[{TICKS}{BOXES}]?\s?{_MARK}", narrow(text))
    return [(ord(mark[1] or mark[2]) - 65, mark.start()) for mark in found]
