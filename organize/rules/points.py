"""Adding, removing, renaming a checkpoint in a race file: everything that names it follows.

A race file names checkpoints by their code: courses with their options, and the entries' first checkpoints.
"""

from collections.abc import Mapping
from typing import Any

from checkpoints.model import CheckpointKind

Data = dict[str, Any]


def point_of(data: Mapping[str, Any], code: str) -> Data | None:
    """Return the checkpoint of this code, or None."""
    return next((item for item in data.get("checkpoints", []) if item.get("code") == code), None)


def add_point(data: Data, item: Data) -> None:
    """Add a checkpoint; one that is neither start nor finish comes last on every course."""
    data.setdefault("checkpoints", []).append(item)
    if item.get("kind", CheckpointKind.CONTROL) == CheckpointKind.CONTROL:
        for course in data.get("courses", []):
            course["checkpoints"] = [*course.get("checkpoints", []), item["code"]]


def remove_point(data: Data, code: str) -> Data:
    """Take a checkpoint away, from everywhere; return what `put_back` needs to bring it back as it was.

    Raises:
        KeyError: there is none of this code.

    """
    item = point_of(data, code)
    if item is None:
        raise KeyError(code)
    back = {
        "item": item,
        "courses": {course["id"]: course for course in data.get("courses", []) if _names(course, code)},
        "first": {entry["id"]: entry["first"] for entry in data.get("entries", []) if code in entry.get("first", ())},
    }
    data["checkpoints"] = [other for other in data["checkpoints"] if other["code"] != code]
    _recode(data, code, None)
    return back


def put_back(data: Data, back: Mapping[str, Any]) -> None:
    """Bring a checkpoint back. On a course that changed since then it comes last."""
    item, code = back["item"], back["item"]["code"]
    data.setdefault("checkpoints", []).append(item)
    for course in data.get("courses", []):
        before = back["courses"].get(course["id"])
        if before and _recoded(before, code, None) == course:
            course.clear()
            course.update(before)
        elif before:
            course["checkpoints"] = [*course.get("checkpoints", []), code]
    for entry in data.get("entries", []):
        first = back["first"].get(entry["id"])
        if first and [other for other in first if other != code] == entry.get("first", []):
            entry["first"] = first


def rename_point(data: Data, code: str, new: str) -> None:
    """Give a checkpoint another code, everywhere. It becomes another sign: its QR hangs on its code."""
    for item in data.get("checkpoints", []):
        if item["code"] == code:
            item["code"] = new
    _recode(data, code, new)


def change_kind(data: Data, item: Data, kind: str) -> None:
    """Make a checkpoint a start, a finish or one between: only those stand on courses, new ones last."""
    was = item.get("kind", CheckpointKind.CONTROL)
    item["kind"] = kind
    if was == kind:
        return
    _recode(data, item["code"], None)
    if kind == CheckpointKind.CONTROL:
        for course in data.get("courses", []):
            course["checkpoints"] = [*course.get("checkpoints", []), item["code"]]


def has_finish(data: Mapping[str, Any]) -> bool:
    """Tell whether there is somewhere to finish."""
    return any(item.get("kind") == CheckpointKind.FINISH for item in data.get("checkpoints", []))


def in_order(items: list[Data]) -> list[Data]:
    """Return checkpoints as people list them: the start, the others by number, the finish."""
    ends = {CheckpointKind.START: 0, CheckpointKind.CONTROL: 1, CheckpointKind.FINISH: 2}

    def key(item: Data) -> tuple[int, int, str]:
        digits = "".join(letter for letter in item["code"] if letter.isdecimal())
        kind = CheckpointKind(item.get("kind", CheckpointKind.CONTROL))
        return ends[kind], int(digits or 10**9), item["code"]

    return sorted(items, key=key)


def _recode(data: Data, code: str, new: str | None) -> None:
    data["courses"] = [_recoded(course, code, new) for course in data.get("courses", [])]
    for entry in data.get("entries", []):
        if code in entry.get("first", ()):
            entry["first"] = [new if other == code else other for other in entry["first"] if new or other != code]


def _names(course: Mapping[str, Any], code: str) -> bool:
    return _recoded(course, code, None) != course


def _recoded(course: Mapping[str, Any], code: str, new: str | None) -> Data:
    """Return a course in which `code` is called `new`, or is gone where that is None."""
    changed = dict(course)
    items = [_item(item, code, new) for item in course.get("checkpoints", [])]
    changed["checkpoints"] = [item for item in items if item is not None]
    if isinstance(points := course.get("points"), Mapping):
        changed["points"] = {
            (new if key == code and new else key): value for key, value in points.items() if new or key != code
        }
    if isinstance(compulsory := course.get("compulsory"), list):
        changed["compulsory"] = [new if other == code else other for other in compulsory if new or other != code]
    if isinstance(legs := course.get("voided_legs"), list):
        changed["voided_legs"] = [
            [new if end == code else end for end in leg] for leg in legs if new or code not in leg
        ]
    return changed


def _item(item: Any, code: str, new: str | None) -> Any:
    if isinstance(item, Mapping) and isinstance(item.get("any_of"), list):
        left = [new if other == code else other for other in item["any_of"] if new or other != code]
        return {**item, "any_of": left} if len(left) > 1 else (left[0] if left else None)
    return new if item == code else item
