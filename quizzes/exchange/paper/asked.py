"""A question in the making: what a sheet said of it so far, and how it ends as a `Raw`."""

import re
from dataclasses import dataclass, field, replace

from base.languages import Words
from quizzes.exchange.paper.model import Line, Style
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.reading import Raw, label_of
from quizzes.exchange.words import CHOICE, FILLED, JUDGED, MULTIPLE, SINGLE, clean, kind_of, truth_of
from quizzes.rules import fold, parse_number

_BRACKET = re.compile(
    r"[(\[【]\s*([A-Z](?:[\s,、;.+/&和]*[A-Z]){0,25}|[√×✓✔✗✘对错是否]|正确|错误|True|False)\s*[)\]】]", re.IGNORECASE
)
_POINTS = re.compile(r"\s*[(\[【]\s*(?:本题|每题)?\s*\d+(?:\.\d+)?\s*分\s*[)\]】]\s*")
_FILLED_IN = re.compile(r"_+[ \t]*([^_\s](?:[^_]{0,40}[^_\s])?)[ \t]*_+")
_BLANK = re.compile(r"_{2,}|[(]\s*[)]")
_EMPTY_END = re.compile(r"\s*[(]\s*[)]\s*([.]?)\s*$")
# What survey sites put behind a question: `[单选题] *`.
_KIND_BEHIND = re.compile(
    r"\s*[(\[【]\s*((?:单项选择|多项选择|不定项选择|单选|多选|判断|填空|简答)题)\s*[)\]】]\s*[*]?\s*$"
)
_TICK = re.compile(r"\s*(?:[√✓✔☑]|[(]\s*(?:[√✓✔]|正确答案|答案|correct)\s*[)])\s*$", re.IGNORECASE)
_OR = re.compile(r"(.+?)\s*[(]\s*(?:或者?|也可(?:写|填|答)?|亦可|or)\s*[:]?\s*(.+?)\s*[)]", re.IGNORECASE)
_OPTION_LIKE = re.compile(r"(?:^|\s)[A-Ga-g]\s?[.、)](?=\s|[^\s\x00-\x7f])", re.MULTILINE)
_CHOICES = (SINGLE, MULTIPLE, CHOICE)


@dataclass(slots=True)
class Offered:
    """An option: its text, and how each of its signs is marked."""

    text: str
    styles: list[Style]


@dataclass(slots=True)
class Asked:
    """A question as far as it was read. `part` counts the parts of the sheet; `kind` is the word for its kind."""

    line: int
    number: int | None
    part: int
    kind: str
    stem: str = ""
    styles: list[Style] = field(default_factory=list)
    options: list[Offered] = field(default_factory=list)
    signed: bool = True  # whether a sign stands behind the letters of its options
    answers: list[str] = field(default_factory=list)
    explanation: str = ""
    difficulty: str = ""
    source: str = ""
    tags: list[str] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    fault: Words | None = None

    def ask(self, line: Line, begin: int = 0, end: int | None = None) -> None:
        """Add a piece of a line to the question's text."""
        text = line.text[begin:end]
        if self.stem:
            glue = "" if line.wraps or not re.search(r"[。？！：:.?!]\s*$", self.stem) else "\n"
            if glue == "" and self.stem[-1:].isascii() and text.lstrip()[:1].isascii():
                glue = " "
            text = glue + text.strip()
            self.styles += [frozenset()] * len(glue)
        else:
            text = text.strip()
        self.stem += text
        self.styles += _styles(line, text.strip(), begin)
        self.styles = self.styles[: len(self.stem)] + [frozenset()] * (len(self.stem) - len(self.styles))

    def offer(self, line: Line, text_begin: int, end: int | None) -> None:
        """Add an option: a piece of a line, from behind its letter."""
        text = line.text[text_begin:end].strip().rstrip(";；").rstrip()
        self.options.append(Offered(text, _styles(line, text, text_begin)))

    def go_on(self, line: Line) -> None:
        """Add a line to the last option, as a wrapped line goes on."""
        last = self.options[-1]
        last.text += ("" if not last.text[-1:].isascii() else " ") + line.text.strip()
        last.styles += _styles(line, line.text.strip(), 0)

    @property
    def complete(self) -> bool:
        """Tell whether something stands after the question's text."""
        return bool(self.options or self.answers or self.explanation)

    def settle(self) -> None:
        """Take the answer out of where else it may stand: brackets, blanks filled in, ticks behind options."""
        self._without_points()
        if found := _KIND_BEHIND.search(narrow(self.stem)):
            self.kind = found[1]
            self._cut(found.start(), len(self.stem), "")
        if not self.options and kind_of(self.kind) in (*_CHOICES, ""):
            self._from_numbers()
        ticked = [label_of(place) for place, option in enumerate(self.options, 1) if _TICK.search(narrow(option.text))]
        if (
            ticked
            and len(ticked) < len(self.options)
            and not any(truth_of(item.text) is not None for item in self.options)
        ):
            for option in self.options:
                if found := _TICK.search(narrow(option.text)):
                    option.text = option.text[: found.start()]
            self._say("".join(ticked))
        kind = kind_of(self.kind)
        if self.options:
            self._from_brackets()
        elif kind not in _CHOICES:
            self._from_truth()
            if kind != JUDGED and not self.answers:
                self._from_blank(kind == FILLED)

    def _without_points(self) -> None:
        for found in reversed(list(_POINTS.finditer(narrow(self.stem)))):
            if found.start() == 0 or found.end() >= len(self.stem) - 1:
                self._cut(found.start(), found.end(), "")

    def _cut(self, begin: int, end: int, put: str) -> None:
        self.stem = self.stem[:begin] + put + self.stem[end:]
        self.styles = self.styles[:begin] + [frozenset()] * len(put) + self.styles[end:]

    def _say(self, answer: str) -> None:
        if all(same(answer, other) is False for other in self.answers):
            self.answers.append(answer)

    def _from_numbers(self) -> None:
        """Take ① ② ③ or 1) 2) 3) within the text as options where the answer is one of these numbers."""
        if len(self.answers) != 1:
            return
        for shape in (re.compile("[①-⑩]"), re.compile(r"(?<![\d(])([1-9])\)\s*(?!\d)")):
            plain = narrow(self.stem)
            marks = list(shape.finditer(plain))
            if [_count(found[0]) for found in marks] != list(range(1, len(marks) + 1)) or len(marks) < 2:
                continue
            chosen = [_count(sign) for sign in re.findall("[①-⑩1-9]", self.answers[0])]
            rest = re.sub(r"[①-⑩1-9\s,，、;；.。()（）]", "", self.answers[0])
            ends = [found.start() for found in marks[1:]] + [len(plain)]
            texts = [self.stem[found.end() : end].strip(" \t\n;；") for found, end in zip(marks, ends, strict=True)]
            if rest or not chosen or max(chosen) > len(marks) or any(_BLANK.search(narrow(text)) for text in texts):
                continue
            self.options = [Offered(text, []) for text in texts]
            self.answers = ["".join(label_of(one) for one in chosen)]
            self._cut(marks[0].start(), len(self.stem), "")
            self.stem = self.stem.rstrip()
            return

    def _from_brackets(self) -> None:
        """An answer in the brackets of a choice. Several brackets with letters leave it open which is meant."""
        labels = {label_of(place) for place in range(1, len(self.options) + 1)}
        plain = narrow(self.stem)
        truths = all(truth_of(option.text) is not None for option in self.options)
        found = [
            match
            for match in _BRACKET.finditer(plain)
            if (set(re.findall("[A-Z]", match[1])) <= labels and re.fullmatch(r"[A-Z\s,、;.+/&和]+", match[1]))
            or (truths and truth_of(match[1]) is not None)
        ]
        if not found:
            return
        if len(found) > 1:
            same = [match for match in found if any(same(match[1], answer) for answer in self.answers)]
            if not self.answers:
                self.fault = self.fault or Words("Several brackets hold letters; which is the answer is not clear.")
            found = same[:1]
        elif _BLANK.search(plain) and not self.answers:
            self.fault = Words("Several brackets hold letters; which is the answer is not clear.")
            return
        for match in found:
            self._say(match[1])
            self._cut(match.start() + 1, match.end() - 1, "  ")

    def _from_truth(self) -> None:
        """√ or × in brackets before or behind a sentence; the bracket is no part of it."""
        plain = narrow(self.stem)
        brackets = [match for match in _BRACKET.finditer(plain) if truth_of(match[1]) is not None]
        at_edge = [m for m in brackets if not plain[: m.start()].strip() or not plain[m.end() :].strip(" .")]
        if len(at_edge) > 1:
            self.fault = self.fault or Words("Two brackets say what is right.")
            return
        judged = kind_of(self.kind) == JUDGED
        for match in at_edge if judged or not _BLANK.search(plain) else []:
            self._say(match[1])
            # 。（√）。 leaves one stop.
            doubled = plain[: match.start()].rstrip().endswith(".") and not plain[match.end() :].strip(" .")
            self._cut(match.start(), len(plain) if doubled else match.end(), "")
        if not at_edge and judged:
            if len(brackets) == 1:
                self._say(brackets[0][1])
                self._cut(brackets[0].start() + 1, brackets[0].end() - 1, "  ")
            elif not self.answers and (
                tick := re.search(r"\s*[—–-]*\s*([√×✓✔✗✘])\s*(?=[。.]?\s*$)|^([√×✓✔✗✘])\s*", self.stem)
            ):
                self._say(tick[1] or tick[2])
                self._cut(tick.start(), tick.end(), "")
        if judged and (empty := _EMPTY_END.search(narrow(self.stem))):
            end = empty.start(1) if empty[1] else len(self.stem)
            self._cut(empty.start(), end, "")

    def _from_blank(self, asked: bool) -> None:
        """A blank that is filled in, or in Word the only underlined words where no blank stands."""
        found = list(_FILLED_IN.finditer(self.stem))
        if len(found) == 1 and len(re.findall("_+", self.stem)) == 2:
            self._say(found[0][1])
            self._cut(found[0].start(), found[0].end(), "______")
        elif asked and not _BLANK.search(narrow(self.stem)):
            marked = [place for place, style in enumerate(self.styles) if "underline" in style]
            whole = marked and marked[-1] - marked[0] + 1 == len(marked) < len(self.stem)
            if whole:
                self._say(self.stem[marked[0] : marked[-1] + 1].strip())
                self._cut(marked[0], marked[-1] + 1, "______")

    def raw(self, title: str) -> Raw:
        """Return the question as the sheet spells it; where it is not sound, with the reason."""
        options = {label_of(place): option.text for place, option in enumerate(self.options, 1)}
        fault = self.fault
        if "formula" in self.signs:
            fault = fault or Words("It holds a formula, which cannot be taken over as text.")
        if "raised" in self.signs or "sign" in self.signs:
            fault = fault or Words("It holds raised, lowered or special signs that cannot be taken over as text.")
        if empty := [label for label, text in options.items() if not text]:
            fault = fault or Words("Option %(label)s is empty.", {"label": ", ".join(empty)})
        if len(self.answers) > 1:
            answers = {"first": self.answers[0][:60], "second": self.answers[1][:60]}
            fault = fault or Words("Two answers are given: “%(first)s” and “%(second)s”.", answers)
        answer = self.answers[0] if self.answers else ""
        if options and re.fullmatch(r"[A-Z](?:[\s,、;.+&和与及/]*[A-Z])*[.]?", narrow(answer).strip()):
            answer = "".join(re.findall("[A-Z]", narrow(answer)))
        elif not options and kind_of(self.kind) != JUDGED:
            answer = _alternatives(answer)
        letters = re.fullmatch(r"[A-H]{1,8}", narrow(answer).strip())
        if not options and not fault and kind_of(self.kind) != JUDGED:
            within = len(_OPTION_LIKE.findall(narrow(self.stem))) > 1
            if within or (letters and kind_of(self.kind) != FILLED):
                fault = Words("Its options could not be told apart. Begin each with A. B. C. on a line of its own.")
        tags = (*self.tags, title) if title and not kind_of(title) else tuple(self.tags)
        raw = Raw(
            self.line, self.stem, answer, options, self.kind, self.explanation, tags, self.difficulty, self.source,
        )  # fmt: skip
        return replace(raw, fault=fault)


def _count(sign: str) -> int:
    """Return what ② or 2) counts."""
    return ord(sign[0]) - 0x245F if sign[0] >= "①" else int(sign[0])


def _styles(line: Line, text: str, begin: int) -> list[Style]:
    if not line.styles:
        return [frozenset()] * len(text)
    at = line.text.find(text, begin)
    return list(line.styles[at : at + len(text)])


def same(one: str, other: str) -> bool:
    """Tell whether two ways of writing give the same answer."""
    truth = truth_of(one)
    if truth is not None and truth == truth_of(other):
        return True
    return fold(clean(one)) == fold(clean(other)) and one.strip() != ""


def _alternatives(answer: str) -> str:
    """Return accepted answers between bars, as `judge` takes them: `6（或六）`, `6/六`."""
    plain = narrow(answer).strip()
    if (found := _OR.fullmatch(plain)) and len(found[1]) <= 30:
        return f"{answer.strip()[: found.end(1)].strip()} | {answer.strip()[found.start(2) : found.end(2)].strip()}"
    for by in ("/", "或"):
        parts = [part.strip() for part in answer.split(by)]
        if len(parts) == 2 and all(parts):
            first, second = map(parse_number, parts)
            equal = first is not None and first == second
            if equal or (by == "/" and first is None and second is None):
                return " | ".join(parts)
    return answer
