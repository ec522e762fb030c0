"""Lists of answers at the end of a sheet or of a part, and the questions that they belong to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from base.languages import Words
from quizzes.exchange.paper.asked import Asked, same
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.signs import Part, answers_heading, field_of, narrow, part_of
from quizzes.exchange.reading import Remark
from quizzes.exchange.words import MULTIPLE, kind_of, truth_of
from quizzes.rules import fold

_RANGE = r"(?P<from>\d{1,4})\s*[-~—–−―至到]+\s*(?P<to>\d{1,4})\s*题?\s*[.:、)]?"
_ONE = (
    r"(?:第\s*)?[(\[【]?(?P<one>\d{1,4})\s*"
    r"(?:题\s*[.:、]?|[)]?[.:、=](?!\d)|[)\]】]|-(?=\s*[A-Z√×])|(?=\s*[(]?\s*[A-Z√×✓✗对错TF]))"
)
_HEAD = re.compile(rf"(?:(?<![\d.])(?:{_RANGE}|{_ONE})|(?<=;)\s*(?P<listed>\d{{1,4}})\s*、(?=\d))\s*")
_FIRST = re.compile(
    rf"\s*(?:{_RANGE}|(?:第\s*)?[(\[【]?(?P<one>\d{{1,4}})\s*(?:题\s*[.:、]?|[)]?[.:、=]|[)\]】]|-(?=\s*[A-Z√×])|\s(?=\s*\S)|(?=[A-Z√×✓✗对错])))\s*"
)
_CIRCLED = re.compile(r"(?<!\S)[①-⑳](?=\s*[A-Z√×✓✗对错])")
_SIGN = re.compile(r"正确|错误|[A-Z√×✓✔✗✘对错]")
_KIND_FIRST = re.compile(
    r"\s*(?:[(]?[一二三四五六七八九十]{1,3}[)]?\s*[、.]?\s*)?(?P<kind>(?:单项选择|多项选择|不定项选择|单选|多选|复选|判断|是非|填空|填充|选择|简答)题?)"
    r"\s*(?:[(][^)]*[)])?\s*[:]?\s*(?=[\dA-Z√×✓✗对错])"
)
_NOT_CLEAR = Words("Its number stands before several questions; which of them the list of answers means is not clear.")
_COUNTED = "一二三四五六七八九十"
_ORDINAL = rf"[{_COUNTED}]{{1,3}}"
# A line of the answers of one part, which is only counted: `一、1.B 2.A`.
_PART_FIRST = re.compile(rf"\s*[(]?({_ORDINAL})[)]?\s*[、.:]\s*(?=\d|$|[A-Z√×✓✗对错][A-Z√×✓✗对错\s,、]+$)")


@dataclass(slots=True)
class Key:
    """One answer of a list: of the part that heads it (None: none does), by number (None: by its place)."""

    line: int
    part: str | None
    number: int | None
    answer: str
    explanation: str = ""
    fault: Words | None = None


def is_range(text: str) -> bool:
    """Tell whether a line is a list of answers by itself: `1-5 ABCDA`, `1.B 2.C 3.D`."""
    plain = narrow(text)
    if re.match(rf"\s*{_RANGE}\s*(?:[A-Z√×✓✗对错]\s*[,、]?\s*){{2,}}", plain):
        return True
    return bool(re.fullmatch(r"\s*(?:\d{1,4}\s*[.:、)=-]?\s*[(]?(?:[A-Z]{1,8}|[√×✓✗对错])[)]?[\s,;、]*){2,}", plain))


def is_list(text: str) -> bool:
    """Tell whether what follows the words 参考答案： is the answers of several questions."""
    keys = list(_line_keys(0, None, text))
    return len(keys) > 1 and keys[0].number is not None and all(key.answer for key in keys)


def read_keys(lines: Sequence[Line]) -> tuple[list[Key], list[Remark]]:
    """Return the answers that the lines of a list hold, and remarks on lines that are none."""
    keys: list[Key] = []
    strays: list[Remark] = []
    part: str | None = None
    for line in _by_pairs(lines):
        text = line.text
        heading_of_list = answers_heading(text)
        if heading_of_list and heading_of_list[0]:
            text = heading_of_list[0] + text[heading_of_list[1] :]
        plain = narrow(text)
        if found := _KIND_FIRST.match(plain):
            part, text = found["kind"], text[found.end() :]
        elif found := _PART_FIRST.match(plain):
            part, text = found[1], text[found.end() :]
        elif (heading := part_of(text)) and not re.match(r"\s*\d", plain):
            part = heading.title
            text = (
                heading.rest.lstrip("：:") if re.search(r"[A-Z\d√×]", heading.rest) and "分" not in heading.rest else ""
            )
        if not text.strip():
            continue
        said = field_of(text)
        if said and keys and said[0] == "explanation":
            keys[-1].explanation += text[said[1] :].strip()
            continue
        if said and keys and said[0] == "answer" and not keys[-1].answer:
            keys[-1].answer = text[said[1] :].strip()
            continue
        new = list(_line_keys(line.number, part, text))
        if new:
            keys += new
        elif keys and keys[-1].explanation:
            keys[-1].explanation += "\n" + text.strip()
        else:
            words = Words("Left out, it belongs to no question: %(text)s", {"text": text.strip()[:60]})
            strays.append(Remark(line.number, words))
    return keys, strays


def _by_pairs(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a list; where one holds numbers and the next as many answers, both as `1.B  2.C`."""
    place = 0
    while place < len(lines):
        line = lines[place]
        counted = re.sub(r"\s*(?:题号|序号|题目)\s*:?", "", narrow(line.text)).split()
        after = narrow(lines[place + 1].text) if place + 1 < len(lines) else ""
        head = re.match(r"\s*答案\s*:?", after)
        given = lines[place + 1].text[head.end() if head else 0 :].split() if after else []
        numbers = len(counted) > 1 and all(map(str.isdigit, counted))
        if numbers and len(given) == len(counted) and not given[0].isdigit():
            yield replace(line, text="  ".join(f"{one}.{said}" for one, said in zip(counted, given, strict=True)))
            place += 2
        else:
            yield line
            place += 1


def _line_keys(number: int, part: str | None, text: str) -> Iterator[Key]:
    text = _CIRCLED.sub(lambda found: f"({ord(found[0]) - 0x245F})", text)
    plain = narrow(text)
    heads: list[re.Match[str]] = []
    first = _FIRST.match(plain)
    if first is None:
        if signs := _groups(plain) if kind_of(part or "") == MULTIPLE else _signs(plain):
            yield from (Key(number, part, None, sign) for sign in signs)
        return
    heads.append(first)
    for found in _HEAD.finditer(plain, first.end()):
        last = int(heads[-1]["to"] or _single(heads[-1]))
        if int(found["from"] or found["one"] or found["listed"]) == last + 1:
            heads.append(found)
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        content = text[head.end() : end].strip().strip("；;，,、").strip()
        if said := field_of(content):
            content = content[said[1] :].strip()
        if single := _single(head):
            if re.search(rf"[\s;]{int(single) + 1}\.\d", narrow(content)):
                words = Words("In the list of answers “%(text)s” may be one answer or two.", {"text": content[:60]})
                yield Key(number, part, int(single), "", fault=words)
                continue
            yield Key(number, part, int(single), content.strip("()（）【】[]").strip() or content)
            continue
        begin, to = int(head["from"]), int(head["to"])
        if not begin <= to < begin + 500:
            continue
        parts = _parted(content, to - begin + 1)
        for place in range(to - begin + 1):
            if parts is None:
                words = Words(
                    "The list of answers gives “%(text)s” for questions %(first)s to %(last)s; that is not one each.",
                    {"text": content[:60], "first": begin, "last": to},
                )
                yield Key(number, part, begin + place, "", fault=words)
            else:
                yield Key(number, part, begin + place, parts[place])


def _single(head: re.Match[str]) -> str:
    """Return the number of a head that is no range, else ""."""
    return head["one"] or head.groupdict().get("listed") or ""


def _groups(plain: str) -> list[str]:
    """Return the answers of questions with several right options in a row, `ABD AC BCD`, or nothing."""
    groups = [group for group in re.split(r"[\s,、;.]+", plain) if group]
    return groups if len(groups) > 1 and all(re.fullmatch("[A-Z]{1,10}", group) for group in groups) else []


def _signs(plain: str) -> list[str]:
    """Return single answers in a row without numbers, or nothing."""
    rest = re.sub(r"[\s,、;.]", "", plain)
    signs = _SIGN.findall(rest)
    return signs if len(signs) > 1 and "".join(signs) == rest else []


def _parted(content: str, count: int) -> list[str] | None:
    content = content.strip(" .;,、。；，")
    plain = narrow(content)
    for by in (r"[^\s,、;]+", r"[^\s;]+", r"[^;]+", r"(?:(?!\s{2,}|\t).)+"):
        found = [content[part.start() : part.end()].strip() for part in re.finditer(by, plain)]
        parts = [part for part in found if part]
        if len(parts) == count:
            return parts
    signs = _signs(plain.upper())
    return signs if len(signs) == count else None


def apply_keys(keys: Sequence[Key], asked: Sequence[Asked], parts: Sequence[Part], here: int) -> Iterator[Remark]:
    """Give each answer to its question. Yields remarks on those that no question was found for."""
    again = _again(keys, asked)
    for key in keys:
        if key.number is None:
            continue
        if (place := again.get(id(key))) is not None:
            _give(place, key)
            continue
        found = [item for item in _pool(key.part, asked, parts) if item.number == key.number]
        if len(found) > 1:
            found = [item for item in found if not item.answers] or found
        if len(found) > 1 and key.part is None:
            found = [item for item in found if item.part == here] or found
        if len(found) == 1:
            _give(found[0], key)
            continue
        for item in found:
            item.fault = item.fault or _NOT_CLEAR
        if not found:
            words = Words(
                "The list of answers has one for question %(number)s, which is not there.", {"number": key.number}
            )
            yield Remark(key.line, words)
    _apply_rows([key for key in keys if key.number is None], asked, parts, here)


def _again(keys: Sequence[Key], asked: Sequence[Asked]) -> dict[int, Asked]:
    """Return the question of each answer where a list without headings begins to count again, as the parts do.

    Its first 1 to 5 are the first part's then. Where they do not agree with the parts, number by number, the questions
    that may be meant are refused.
    """
    runs: list[list[Key]] = []
    for key in keys:
        if key.number is None or key.part is not None:
            return {}
        if not runs or key.number <= (runs[-1][-1].number or 0):
            runs.append([])
        runs[-1].append(key)
    parts = [
        [item for item in asked if item.part == part and not item.answers] for part in {item.part: 0 for item in asked}
    ]
    parts = [items for items in parts if items]
    if len(runs) < 2 or len(parts) < 2:
        return {}
    agree = [[key.number for key in run] for run in runs] == [[item.number for item in items] for items in parts]
    if agree:
        pairs = zip(parts, runs, strict=True)
        return {id(key): item for items, run in pairs for item, key in zip(items, run, strict=True)}
    numbers = [key.number for key in keys]
    for item in asked:
        if numbers.count(item.number) > 1 and not item.answers:
            item.fault = item.fault or _NOT_CLEAR
    return {}


def _apply_rows(keys: Sequence[Key], asked: Sequence[Asked], parts: Sequence[Part], here: int) -> None:
    """Give answers without numbers in turn, if a part has as many questions as the list has answers."""
    for part in dict.fromkeys(key.part for key in keys):
        some = [key for key in keys if key.part == part]
        pool = [item for item in _pool(part, asked, parts) if not item.answers]
        if part is None and len(pool) != len(some):
            pool = [item for item in pool if item.part == here]
        if len(pool) == len(some):
            for item, key in zip(pool, some, strict=True):
                _give(item, key)
            continue
        words = Words(
            "The list of answers holds %(answers)s, but %(questions)s questions want one.",
            {"answers": len(some), "questions": len(pool)},
        )
        for item in pool:
            item.fault = item.fault or words


def _give(item: Asked, key: Key) -> None:
    item.fault = item.fault or key.fault
    if key.answer and not any(same(key.answer, answer) for answer in item.answers):
        item.answers.append(key.answer)
    item.explanation = item.explanation or key.explanation


def _pool(part: str | None, asked: Sequence[Asked], parts: Sequence[Part]) -> list[Asked]:
    """Return the questions of the parts that a heading in the list means: of the same title, else of the same kind."""
    if part is None:
        return list(asked)
    if re.fullmatch(_ORDINAL, part):
        if any(item.ordinal for item in parts):
            same = {place for place, item in enumerate(parts) if item.ordinal == part}
        else:  # a sheet that does not count its parts: the list's 二 is the second
            same = {_COUNTED.find(part) + 1}
        return [item for item in asked if item.part in same]
    same = {place for place, item in enumerate(parts) if item.title and fold(item.title) == fold(part)}
    if not same:
        kind = kind_of(part) or part
        same = {place for place, item in enumerate(parts) if (kind_of(item.title) or item.title) == kind}
    if not same and not any(item.kind for item in asked):
        return list(asked)
    if len(same) != 1:
        kinds = kind_of(part)
        return [item for item in asked if item.part in same or (not same and kinds and kind_of(item.kind) == kinds)]
    return [item for item in asked if item.part in same]


def looks_answered(text: str) -> bool:
    """Tell whether a text is no more than an answer: letters, or true or false."""
    plain = narrow(text).strip(" .()[]【】")
    return bool(re.fullmatch(r"[A-Z](?:[\s,、;.+/&]*[A-Z])*", plain)) or truth_of(plain) is not None
