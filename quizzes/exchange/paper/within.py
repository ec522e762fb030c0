"""The answer taken out of where else it may stand: brackets, blanks that are filled in, ticks behind options."""

import re

from base.languages import Words
from quizzes.exchange.paper.asked import Asked, Offered, same
from quizzes.exchange.paper.letters import any_option
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.reading import label_of
from quizzes.exchange.words import CHOICE, FILLED, JUDGED, MULTIPLE, SINGLE, kind_of, ticked, truth_of

_BRACKET = re.compile(
    r"[(\[【]\s*([A-Z](?:[\s,、;.+/&和]*[A-Z]){0,25}|[√×✓✔✗✘○◯╳✕对错是否]|正确|错误|True|False)\s*[)\]】]",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s*[(\[【]\s*(?:本题|每题)?\s*\d+(?:\.\d+)?\s*分\s*[)\]】]\s*")
_FILLED_IN = re.compile(r"_+[ \t]*([^_\s](?:[^_]{0,40}[^_\s])?)[ \t]*_+")
_BLANK = re.compile(r"_{2,}|[(]\s*[)]")
_EMPTY_END = re.compile(r"\s*[(]\s*[)]\s*([.]?)\s*$")
# What survey sites put behind a question: `[单选题] *`.
_KIND_BEHIND = re.compile(
    r"\s*[(\[【]\s*((?:单项选择|多项选择|不定项选择|单选|多选|判断|填空|简答)题?)\s*[)\]】]\s*[*]?\s*$"
)
# A star glued to a word of Latin letters may belong to it: `int*`.
_TICK = re.compile(
    r"\s*(?:[√✓✔☑]|(?<![A-Za-z])[*]|[(\[【]\s*(?:[√✓✔]|正确答案|正确选项|正确|答案|correct)\s*[)\]】])\s*[.]?\s*$",
    re.IGNORECASE,
)
_CROSS = re.compile(r"\s*(?:[×✗✘]|[(\[【]\s*(?:[×✗✘]|错误|错|wrong)\s*[)\]】])\s*[.]?\s*$", re.IGNORECASE)
# A sentence with its tick before or behind it, without brackets; a word stands off from the sentence.
_TRUTH_BARE = re.compile(
    r"\s*[—–-]*\s*([√×✓✔✗✘])\s*(?=[。.]?\s*$)|^([√×✓✔✗✘])\s*"
    r"|(?:[—–-]+\s*|(?<=[。.?？])\s*|\s{2,})([对错VXvx]|正确|错误)\s*$"
)
# An answer at the end of the question, behind its stop or a gap: `…？ B`.
_TAIL = re.compile(r"(?:(?<=[.?!:)])\s*|\s{2,}|\t\s*)([A-Z](?:[\s,、]?[A-Z])*)\s*$")
_BEHIND = re.compile(r"(?<=\S)\s+[(\[【]\s*([A-Z](?:[\s,、]*[A-Z])*)\s*[)\]】]\s*[.]?\s*$")
_IN_BRACKETS = re.compile(r"[(]\s*([^()]{1,30}?)\s*[)]")
_CHOICES = (SINGLE, MULTIPLE, CHOICE)


def settle(item: Asked) -> None:
    """Take the answer out of where else it may stand: brackets, blanks filled in, ticks behind options."""
    _without_points(item)
    _without_commas(item)
    if found := _KIND_BEHIND.search(narrow(item.stem)):
        item.kind = found[1]
        item.cut(found.start(), len(item.stem), "")
    if not item.options and kind_of(item.kind) in (*_CHOICES, ""):
        _from_numbers(item)
    _from_ticks(item)
    kind = kind_of(item.kind)
    if item.options:
        _from_brackets(item)
        _from_blank(item, False)
        _from_tail(item)
        _from_last_option(item)
    elif kind not in _CHOICES:
        _from_truth(item)
        if kind != JUDGED and not item.answers:
            _from_blank(item, kind == FILLED)


def _from_ticks(item: Asked) -> None:
    """Take the options that a tick stands before or behind, unless nobody can tell which of the two is meant."""
    signs = [option.tick for option in item.options]
    # A crossed box is a chosen one, unless others are ticked.
    right = "√✓✔☑✅■●◉*" if set(signs) & set("√✓✔☑✅") else "☒■●◉*"
    before = "".join(label_of(place) for place, sign in enumerate(signs, 1) if sign and sign in right)
    truths = any(truth_of(option.text) is not None for option in item.options)
    ends = [None if truths else _TICK.search(narrow(option.text)) for option in item.options]
    behind = "".join(label_of(place) for place, found in enumerate(ends, 1) if found)
    if before and behind:
        item.fault = item.fault or Words("Ticks stand before and behind its options; which are meant is not clear.")
        return
    every = len(before or behind) == len(item.options)
    # Where all are marked alike it may be an ornament of the list.
    stars = "*" in signs or any(found and "*" in found[0] for found in ends)
    if every and (kind_of(item.kind) != MULTIPLE or stars):
        return
    for option, found in zip(item.options, ends, strict=True):
        # × behind the others would give the answer away.
        if found or (behind and not truths and (found := _CROSS.search(narrow(option.text)))):
            option.text = option.text[: found.start()]
    if before or behind:
        item.say(before or behind)


def _without_points(item: Asked) -> None:
    for found in reversed(list(_POINTS.finditer(narrow(item.stem)))):
        if found.start() == 0 or found.end() >= len(item.stem) - 1:
            item.cut(found.start(), found.end(), "")


def _without_commas(item: Asked) -> None:
    """Leave out the commas that part options from each other: `A、直接出发，B、报告裁判，C、回家`."""
    parted = [option.text[-1:] in ",，、" for option in item.options]
    if len(parted) > 1 and all(parted[:-1]) and all(option.text for option in item.options):
        for option in item.options:
            option.text = option.text.rstrip(",，、").rstrip()


def _from_numbers(item: Asked) -> None:
    """Take ① ② ③ or 1) 2) 3) within the text as options where the answer is one of these numbers."""
    if len(item.answers) != 1:
        return
    for shape in (re.compile("[①-⑩]"), re.compile(r"(?<![\d(])([1-9])\)\s*(?!\d)")):
        plain = narrow(item.stem)
        marks = list(shape.finditer(plain))
        if [_count(found[0]) for found in marks] != list(range(1, len(marks) + 1)) or len(marks) < 2:
            continue
        chosen = [_count(sign) for sign in re.findall("[①-⑩1-9]", item.answers[0])]
        rest = re.sub(r"[①-⑩1-9\s,，、;；.。()（）]", "", item.answers[0])
        ends = [found.start() for found in marks[1:]] + [len(plain)]
        texts = [item.stem[found.end() : end].strip(" \t\n;；") for found, end in zip(marks, ends, strict=True)]
        if rest or not chosen or max(chosen) > len(marks) or any(_BLANK.search(narrow(text)) for text in texts):
            continue
        item.options = [Offered(text, []) for text in texts]
        item.answers = ["".join(label_of(one) for one in chosen)]
        item.cut(marks[0].start(), len(item.stem), "")
        item.stem = item.stem.rstrip()
        return


def _from_brackets(item: Asked) -> None:
    """An answer in the brackets of a choice. Several brackets with letters leave it open which is meant."""
    labels = {label_of(place) for place in range(1, len(item.options) + 1)}
    plain = narrow(item.stem)
    truths = all(truth_of(option.text) is not None for option in item.options)
    found = [
        match
        for match in _BRACKET.finditer(plain)
        if (set(re.findall("[A-Z]", match[1])) <= labels and re.fullmatch(r"[A-Z\s,、;.+/&和]+", match[1]))
        or (truths and truth_of(match[1]) is not None)
    ]
    if not found:
        return
    if len(found) > 1:
        told = [match for match in found if any(same(match[1], answer) for answer in item.answers)]
        if not item.answers:
            item.fault = item.fault or Words("Several brackets hold letters; which is the answer is not clear.")
        # Beside an empty bracket those with letters name things: 甲（A）和乙（B）哪个大？（ ）
        found = [] if _BLANK.search(plain) else told[:1]
    elif _BLANK.search(plain) and not item.answers and _at_edge(plain, found[0]):
        item.say(found[0][1])
        item.cut(found[0].start(), found[0].end(), "")
        item.stem, item.styles = item.stem.rstrip(), item.styles[: len(item.stem.rstrip())]
        return
    elif _BLANK.search(plain) and not item.answers:
        item.fault = Words("Several brackets hold letters; which is the answer is not clear.")
        return
    for match in found:
        item.say(match[1])
        if match[0][0] in "[【" and _at_edge(plain, match):
            item.cut(match.start(), match.end(), "")
        else:
            item.cut(match.start() + 1, match.end() - 1, "  ")


def _at_edge(plain: str, found: re.Match[str]) -> bool:
    return not plain[: found.start()].strip() or not plain[found.end() :].strip(" .")


def _from_tail(item: Asked) -> None:
    """Take letters that stand alone at the end of a question with options."""
    found = _TAIL.search(narrow(item.stem))
    labels = {label_of(place) for place in range(1, len(item.options) + 1)}
    if found and not item.answers and not item.fault and set(re.findall("[A-Z]", found[1])) <= labels:
        item.say(found[1])
        item.cut(found.start(), len(item.stem), "")


def _from_last_option(item: Asked) -> None:
    """Take letters in brackets behind the last option, apart from it: `A. 广东 B. 广西 C. 福建 (A)`."""
    if item.answers or item.fault or any(any_option(option.text) for option in item.options):
        return
    ends = [_BEHIND.search(narrow(option.text)) for option in item.options]
    labels = {label_of(place) for place in range(1, len(item.options) + 1)}
    found = ends[-1]
    if found is None or any(ends[:-1]) or not set(re.findall("[A-Z]", found[1])) <= labels:
        return
    item.say(found[1])
    item.options[-1].text = item.options[-1].text[: found.start()]


def _from_truth(item: Asked) -> None:
    """√ or × in brackets before or behind a sentence; the bracket is no part of it."""
    plain = narrow(item.stem)
    judged = kind_of(item.kind) == JUDGED
    said = ticked if judged else truth_of
    brackets = [match for match in _BRACKET.finditer(plain) if said(match[1]) is not None]
    at_edge = [m for m in brackets if not plain[: m.start()].strip() or not plain[m.end() :].strip(" .")]
    if len(at_edge) > 1:
        item.fault = item.fault or Words("Two brackets say what is right.")
        return
    for match in at_edge if judged or not _BLANK.search(plain) else []:
        item.say(match[1])
        # 。（√）。 leaves one stop.
        doubled = plain[: match.start()].rstrip().endswith(".") and not plain[match.end() :].strip(" .")
        item.cut(match.start(), len(plain) if doubled else match.end(), "")
    if not at_edge and judged:
        if len(brackets) == 1:
            item.say(brackets[0][1])
            item.cut(brackets[0].start() + 1, brackets[0].end() - 1, "  ")
        elif not item.answers and (tick := _TRUTH_BARE.search(item.stem)):
            item.say(next(filter(None, tick.groups())))
            item.cut(tick.start(), tick.end(), "")
    if judged and (empty := _EMPTY_END.search(narrow(item.stem))):
        end = empty.start(1) if empty[1] else len(item.stem)
        item.cut(empty.start(), end, "")


def _from_blank(item: Asked, asked: bool) -> None:
    """A blank that is filled in, or in Word the only underlined words where no blank stands."""
    found = list(_FILLED_IN.finditer(item.stem))
    plain = narrow(item.stem)
    if len(found) == 1 and len(re.findall("_+", item.stem)) == 2:
        labels = {label_of(place) for place in range(1, len(item.options) + 1)}
        if not item.options or set(re.sub(r"[\s,，、]", "", narrow(found[0][1]))) <= labels:
            item.say(found[0][1])
            item.cut(found[0].start(), found[0].end(), "______")
    elif asked and not _BLANK.search(plain):
        marked = [place for place, style in enumerate(item.styles) if "underline" in style]
        whole = marked and marked[-1] - marked[0] + 1 == len(marked) < len(item.stem)
        inside = _IN_BRACKETS.findall(plain)
        if whole:
            item.say(item.stem[marked[0] : marked[-1] + 1].strip())
            item.cut(marked[0], marked[-1] + 1, "______")
        elif len(inside) == 1 and not marked and (bracket := _IN_BRACKETS.search(plain)):
            item.say(item.stem[bracket.start(1) : bracket.end(1)])
            item.cut(bracket.start() + 1, bracket.end() - 1, "  ")


def _count(sign: str) -> int:
    """Return what ② or 2) counts."""
    return ord(sign[0]) - 0x245F if sign[0] >= "①" else int(sign[0])
