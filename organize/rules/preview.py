"""What a preview of incoming teams says of each, in words: who comes in, who goes, what changes from what to what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from base.languages import Words
from race.rules.entering import Compared, FieldChange, FileFault
from race.rules.knowing import people_of

FIELD_NAMES = {
    "team": Words("Team"),
    "club": Words("Club"),
    "class": Words("Class"),
    "bib": Words("No."),
    "wave": Words("Wave"),
    "first": Words("First checkpoints"),
    "starts_at": Words("Start"),
    "contact": Words("Captain"),
    "name": Words("Full name"),
    "phone": Words("Telephone"),
    "gender": Words("Gender"),
    "role": Words("Part in the team"),
    "emergency": Words("Emergency contact"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changes, of the team or of the `member` named, before and after as texts."""

    what: Words
    before: str
    after: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One team of a preview, as it is afterwards."""

    id: str
    bib: str
    team: str
    club: str
    class_: str
    members: tuple[str, ...]
    changes: tuple[Change, ...]
    members_in: tuple[str, ...]
    members_out: tuple[str, ...]
    file: str = ""
    place: Words | None = None


def show_change(compared: Compared, classes: Mapping[str, str]) -> Shown:
    """Return a team of a comparison; `classes` are the names of the classes by id."""
    entry, class_ = compared.after, str(compared.after.get("class", ""))
    last = compared.sources[-1] if compared.sources else None
    return Shown(
        id=compared.id,
        bib=str(entry.get("bib", "")),
        team=str(entry.get("team", "")),
        club=str(entry.get("club", "")),
        class_=classes.get(class_, class_),
        members=tuple(str(person.get("name", "")) for person in people_of(entry)),
        changes=tuple(_change(field, classes) for field in compared.fields),
        members_in=compared.members_in,
        members_out=compared.members_out,
        file=last.file if last else "",
        place=place_words(last.place) if last else None,
    )


def _change(field: FieldChange, classes: Mapping[str, str]) -> Change:
    before, after = (_text(field.what, value, classes) for value in (field.before, field.after))
    return Change(FIELD_NAMES[field.what], before, after, field.member)


def _text(what: str, value: Any, classes: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(value[key]) for key in ("name", "phone") if value.get(key))
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    text = "" if value is None else str(value)
    return classes.get(text, text) if what == "class" else text


_COLUMN = re.compile(r"(?:sheet .+, )?column ")
_PLACE = re.compile(r"(?:sheet (?P<sheet>.+?))?(?:(?:^|, )(?:line (?P<line>\d+)|column (?P<column>.+)))?", re.DOTALL)


def place_words(path: str) -> Words | None:
    """Return where in a file something stands, to be put into a language; None for the whole file."""
    place = _PLACE.fullmatch(path)
    if not place or not path:
        return Words("%(place)s", {"place": path}) if path else None
    sheet, line, column = place["sheet"], place["line"], place["column"]
    if line:
        inner = Words("line %(line)s", {"line": line})
    elif column:
        inner = Words("column “%(column)s”", {"column": column})
    else:
        return Words("sheet “%(sheet)s”", {"sheet": sheet})
    return Words("sheet “%(sheet)s”, %(inner)s", {"sheet": sheet, "inner": inner}) if sheet else inner


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong at a place of a file, or wants a look."""

    place: Words | None
    words: Words


# What stands around the table and is meant to be passed over: said, but nothing to mend.
_AROUND = frozenset({"a line above the table: %(text)s", "a note, not read"})


def by_file(faults: Iterable[FileFault], *, passed_over: bool) -> dict[str, list[Remark]]:
    """Return the faults of each file: what was passed over and needs no mending, or all that wants a look."""
    found: dict[str, list[Remark]] = {}
    for each in faults:
        if (bool(_COLUMN.match(each.fault.path)) or each.fault.words.message in _AROUND) == passed_over:
            found.setdefault(each.file, []).append(Remark(place_words(each.fault.path), each.fault.words))
    return found
