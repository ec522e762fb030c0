"""Walks down the lines of a sheet: each begins a question, goes on with one, or belongs to a list of answers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from base.languages import Words
from quizzes.exchange.paper.ahead import asks, is_question, leads_on
from quizzes.exchange.paper.asked import Asked
from quizzes.exchange.paper.keys import apply_keys, is_list, is_range, looks_answered, read_keys
from quizzes.exchange.paper.letters import any_option, box_marks, option_begins, option_marks, option_may_begin, tick_of
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.pictured import Hanging, with_pictures_below
from quizzes.exchange.paper.rows import is_row
from quizzes.exchange.paper.signs import (
    BEFORE,
    Numbered,
    Part,
    answers_heading,
    field_of,
    looks_decimal,
    narrow,
    numbered,
    part_of,
    tag_of,
)
from quizzes.exchange.reading import Remark
from quizzes.exchange.words import JUDGED, kind_of, truth_of

_NUMBER_BEHIND = re.compile(r"\d{1,4}\s*(?:[.:](?!\d)|、)")
# What an answer is worth is no part of it.
_POINTS = re.compile(r"\s*[(]\s*(?:本题|每题)?\s*\d+(?:\.\d+)?\s*分\s*[)]\s*$")
# So many signs behind a number are a sentence, not an answer.
_LONG = 9


class Walk:
    """Reads a sheet line by line. `parts` are the headings of its parts; what stands above the first has none."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = with_pictures_below(line for line in lines if line.text.strip() or line.faults or line.pictures)
        self.pictures = Hanging()
        self.asked: list[Asked] = []
        self.parts = [Part("", "", "")]
        self.notes: list[Remark] = []
        self._kind = ""
        self._now: Asked | None = None
        self._last = 0
        self._into = ""  # the field that a plain line goes on
        self._keys: list[tuple[list[Line], int, int]] = []
        ways = Counter(found.way for place in range(len(self._lines)) if (found := self._asked_by_number(place)))
        offered = sum(option_begins(line.text, 0) for line in self._lines)
        answered = sum((field_of(line.text) or ("",))[0] == "answer" for line in self._lines)
        self._way = max(ways, key=lambda way: (ways[way], way == "plain"), default="")
        self._by_number = bool(ways) and ways[self._way] * 3 >= max(offered, answered)

    def _asked_by_number(self, place: int) -> Numbered | None:
        """Return the number before what is plainly a question, not an answer in a list."""
        text = self._lines[place].text
        head = BEFORE.match(narrow(text))
        text = text[head.end() :] if head else text
        found = numbered(text)
        if found is None or looks_decimal(text):
            return None
        rest = narrow(text[found.end :])
        return (
            found
            if head or leads_on(self._lines, place) or re.search(r"_{2,}|[(].*[)]|\?", rest) or len(rest) >= _LONG
            else None
        )

    def read(self) -> None:
        """Read all lines."""
        place = 0
        while place < len(self._lines):
            begin, place = place, self._take(place)
            for line in self._lines[begin:place]:
                self.pictures.hang(line, self._now, self._into)
        self.pictures.settle()

    def apply_all(self) -> None:
        """Give the answers of the lists to the questions that stand before them."""
        for lines, before, here in self._keys:
            keys, strays = read_keys(lines)
            self.notes += strays
            self.notes += apply_keys(keys, self.asked[:before], self.parts, here)

    def _take(self, place: int) -> int:
        """Read one line, or a whole list of answers; return the place of the next."""
        line = self._lines[place]
        text = line.text
        if not text.strip():
            self._held(line)
            return place + 1
        if (rest := self._answers_begin(place)) is not None:
            return self._answers(place, rest)
        if (part := part_of(text)) and not is_question(self._lines, place):
            self.parts.append(part)
            self._kind = part.kind
            self._now, self._last, self._into = None, 0, ""
            return place + 1
        if (said := field_of(text)) and self._now is not None:
            self._field(place, *said)
        elif not self._options(place) and not self._question(place):
            self._go_on(place)
        # Only now is it clear whether the line belongs to the question before it or begins another.
        self._held(line)
        return place + 1

    def _held(self, line: Line) -> None:
        if self._now is not None:
            self._now.signs |= line.faults

    # Lists of answers

    def _answers_begin(self, place: int) -> str | None:
        """Return what of this line belongs to the list of answers that begins with it, or None: none does."""
        line = self._lines[place]
        text, after = line.text, self._lines[place + 1].text if place + 1 < len(self._lines) else ""
        heading = answers_heading(text)
        if heading is not None:
            kind, end = heading
            rest = text[end:]
            if rest.strip():
                blanks = len(re.findall(r"_{2,}|[(]\s*[)]", narrow(self._now.stem))) if self._now else 0
                listed = is_range(rest) or (kind and is_row(rest)) or (blanks < 2 and is_list(rest))
                return kind + rest if listed else None
            open_ones = [item for item in self.asked if item.part == len(self.parts) - 1 and not item.answers]
            alone = self._now is not None and open_ones == [self._now] and looks_answered(after)
            # 答案 above a single answer belongs to the question just before.
            return None if not self.asked or (alone and not numbered(after)) else kind
        if is_range(text) and self.asked and not (self._now and self._now.options == [] and not self._now.complete):
            return text
        return None

    def _answers(self, place: int, rest: str) -> int:
        found = [replace(self._lines[place], text=rest, styles=())]
        place += 1
        while place < len(self._lines) and not asks(self._lines, place):
            found.append(self._lines[place])
            place += 1
        self._keys.append((found, len(self.asked), len(self.parts) - 1))
        self._now, self._into = None, ""
        return place

    # What belongs to a question

    def _field(self, place: int, name: str, begin: int) -> None:
        now, text = self._now, self._lines[place].text[begin:].strip()
        assert now is not None
        self._into = name
        if name == "answer":
            if not text and place + 1 < len(self._lines):
                return
            text = (
                text[:-1].strip()
                if narrow(self._lines[place].text).lstrip()[:1] == "("
                and narrow(text)[-1:] == ")"
                and "(" not in narrow(text)
                else text
            )
            if found := _POINTS.search(narrow(text)):
                text = text[: found.start()]
            if text:
                now.answers.append(text)
                self._into = ""
        elif name == "explanation":
            now.explanation = "\n".join(filter(None, (now.explanation, text)))
        elif name == "tag":
            now.tags += [tag for tag in re.split(r"[,，、;；]", text) if tag.strip()]
        elif name == "kind":
            now.kind = text
        elif name in ("difficulty", "source"):
            setattr(now, name, text)

    def _options(self, place: int) -> bool:
        now, line = self._now, self._lines[place]
        if now is None or self._answered_before(line.text) or self._answers_alone(line):
            return False
        if (boxes := box_marks(line.text)) and (not now.options or now.boxed) and not any_option(line.text):
            now.boxed = True
            self._offer(line, boxes)
            return True
        due = len(now.options)
        after = self._lines[place + 1].text if place + 1 < len(self._lines) else ""
        marks = option_marks(line.text, due, more=after, glued=now.glued)
        if due and now.signed and not option_begins(line.text, due):
            marks = []  # 维生素A, C罗: what bears no sign is no option beside others that do
        at_start = marks and not line.text[: marks[0][1]].strip()
        if at_start and (due or len(marks) > 1 or option_may_begin(after, 1) or option_begins(line.text, 0)):
            if now.answers and not due and numbered(line.text):
                return False
            self._offer(line, marks)
            return True
        if now.options and (letter := any_option(line.text)):
            now.fault = now.fault or Words("Option %(label)s does not follow the one before it.", {"label": letter})
            return True
        return False

    def _answered_before(self, text: str) -> bool:
        """Tell whether a line is the next question with its answer before its number, `（B）2、…`, and no option."""
        found = BEFORE.match(narrow(text))
        behind = found and found[1] and _NUMBER_BEHIND.match(narrow(text), found.end())
        return int(re.split(r"\D", behind[0])[0]) == self._last + 1 if behind else False

    def _offer(self, line: Line, marks: list[tuple[int, int, int]]) -> None:
        assert self._now is not None
        if not self._now.options:
            self._now.signed = option_begins(line.text[marks[0][1] :], 0)
        self._now.glued |= any(line.text[begin - 1].isdecimal() for _, begin, _ in marks if begin)
        ends = [mark[1] for mark in marks[1:]] + [len(line.text)]
        for (_, begin, text_begin), end in zip(marks, ends, strict=True):
            self._now.offer(line, text_begin, end)
            option = self._now.options[-1]
            option.tick = tick_of(line.text[begin:text_begin])
            if line.styles:
                letters = [at for at in range(begin, text_begin) if line.text[at].isalpha()]
                option.letter = frozenset(mark for at in letters for mark in line.styles[at])
        self._into = "option"

    def _question(self, place: int) -> bool:
        line = self._lines[place]
        found = self._number(place)
        tag = tag_of(line.text[found.end :] if found else line.text)
        if found is None and not (tag and tag.begins) and not self._unnumbered(place):
            return False
        begin = found.end if found else 0
        kind = self._kind
        if tag:
            kind, begin = tag.kind or kind, begin + tag.end
            if found is None and (again := numbered(line.text[begin:])):
                found, begin = again, begin + again.end
        now = Asked(line.number, found.number if found else None, len(self.parts) - 1, kind)
        now.difficulty = tag.difficulty if tag else ""
        self.asked.append(now)
        self._now, self._into = now, "stem"
        self._last = found.number if found else self._last
        after = self._lines[place + 1].text if place + 1 < len(self._lines) else ""
        marks = option_marks(line.text[begin:], 0, more=after)
        marks = [(letter, begin + start, begin + end) for letter, start, end in marks]
        if marks and marks[0][1] > begin and (len(marks) > 1 or option_may_begin(after, 1)):
            now.ask(line, begin, marks[0][1])
            self._offer(line, marks)
        else:
            now.ask(line, begin)
        if (before := BEFORE.match(narrow(line.text))) and before[1]:
            now.answers.append(before[1])
        return True

    def _number(self, place: int) -> Numbered | None:
        """Return the number that makes this line a question, or None: it may number a list within one."""
        text = self._lines[place].text
        head = BEFORE.match(narrow(text))
        found = numbered(text[head.end() :]) if head else numbered(text)
        if found is None or not self._by_number:
            return None
        if head:
            found = Numbered(found.number, found.way, found.end + head.end())
        due, now = self._last + 1, self._now
        if found.number != due and (looks_decimal(text) or found.way == "bare"):
            return None
        if found.way != self._way and (found.number != due or (now is not None and not now.complete)):
            return None
        if found.way == "bare" and self._way != "bare":
            return None
        within = self._into == "explanation" or (now is not None and not now.complete)
        if within and found.number not in (due, self._last) and not leads_on(self._lines, place):
            return None
        return found

    def _unnumbered(self, place: int) -> bool:
        if self._by_number:
            return False
        now = self._now
        if now is not None and not now.complete:
            return False
        text = narrow(self._lines[place].text)
        if kind_of(self._kind) == JUDGED and (found := re.search(r"[(]\s*(\S{1,2})\s*[)]\s*\.?\s*$", text)):
            return truth_of(found[1]) is not None
        if len(option_marks(self._lines[place].text, 0)) > 1:
            return True
        for line in self._lines[place + 1 : place + 2]:
            if option_begins(line.text, 0) or (field_of(line.text) or ("",))[0] == "answer":
                return True
        return False

    def _go_on(self, place: int) -> None:
        line = self._lines[place]
        now, text = self._now, line.text.strip()
        if now is None or (line.boxed and not (place and self._lines[place - 1].boxed)):
            if self.asked:
                self._stray(line)
            return
        wrapped = line.wraps or (line.text[:1].isspace() and not line.blank)
        if self._answers_alone(line) or (not now.answers and is_row(text)):
            now.answers.append(text)
            self._into = ""
            return
        wrapped = wrapped or self._goes_on(place)
        if self._into == "stem":
            now.ask(line)
        elif self._into == "answer":
            now.answers.append(text)
            self._into = ""
        elif self._into == "explanation" and (not line.blank or line.wraps):
            now.explanation = "\n".join(filter(None, (now.explanation, text)))
        elif self._into == "option" and wrapped:
            now.go_on(line)
        else:
            self._stray(line)

    def _answers_alone(self, line: Line) -> bool:
        """Tell whether a line below the options is no more than letters of theirs: the answer."""
        now = self._now
        if now is None or len(now.options) < 2 or now.answers or self._into != "option":
            return False
        some = f"[A-{chr(64 + min(26, len(now.options)))}]"
        some = rf"{some}(?:[\s,、]*{some})*"
        found = re.fullmatch(rf"\s*(?:[(\[【]\s*{some}\s*[)\]】]|{some})\s*", narrow(line.text))
        letters = re.findall("[A-Z]", narrow(line.text))
        return found is not None and len(set(letters)) == len(letters)

    def _goes_on(self, place: int) -> bool:
        """Tell whether a line that is not indented goes on an option: the next option or an answer comes below it."""
        line, now = self._lines[place], self._now
        if now is None or line.blank or self._into != "option" or place + 1 >= len(self._lines):
            return False
        after = self._lines[place + 1].text
        said = field_of(after)
        return option_begins(after, len(now.options)) or (said is not None and said[0] == "answer")

    def _stray(self, line: Line) -> None:
        words = Words("Left out, it belongs to no question: %(text)s", {"text": line.text.strip()[:60]})
        self.notes.append(Remark(line.number, words))
