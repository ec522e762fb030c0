"""Entries that come in by file, held against those the race has: who is new, who changed, who is no longer named.

Everything here speaks the race file's own spelling of an entry. Nothing is stored: a person looks at the comparison
first, ticks who is really gone, and `merged` is then what to store.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any

from base.faults import Fault
from base.languages import Words
from race.rules.knowing import known_again, people_of, plain

LONGEST_BIB = 20
Item = Mapping[str, Any]

# What a sheet says of a team beside its members.
FIELDS = ("team", "club", "class", "bib", "wave", "first", "starts_at", "contact")
_OF_MEMBER = ("name", "phone", "gender", "role", "emergency")


@dataclass(frozen=True, slots=True)
class EntryFile:
    """The entries read from one file, the `place` of each in it ("line 8"), and what the reader refused."""

    name: str
    entries: Sequence[Item]
    places: Sequence[str] = ()
    refused: Sequence[Fault] = ()

    def place(self, number: int) -> str:
        """Return where the entry of that number, from 0, stands."""
        return self.places[number] if number < len(self.places) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry came from: a file and the place in it."""

    file: str
    place: str


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong in a file, or wants a look."""

    file: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changes: its name in the race file, and its values there. A member's has the member's name too."""

    what: str
    before: Any
    after: Any
    member: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One entry before and after. `before` is None where it is new; `after` is as `before` where no file names it."""

    id: str
    before: Item | None
    after: Item
    sources: tuple[Source, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    members_in: tuple[str, ...] = ()
    members_out: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Tell whether anything at all changes."""
        return bool(self.fields or self.members_in or self.members_out)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What files would do to a race's entries. `gone` are those that no file names: a proposal, for a person to tick.

    `entries` are all entries as they would be stored if nobody goes, in their order, new ones last.
    """

    added: tuple[Compared, ...]
    changed: tuple[Compared, ...]
    unchanged: tuple[Compared, ...]
    gone: tuple[Compared, ...]
    faults: tuple[FileFault, ...]
    entries: tuple[Item, ...]

    def merged(self, leaving: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the entries to store, without those of `gone` whose ids are in `leaving`; others cannot leave."""
        out = {compared.id for compared in self.gone} & set(leaving)
        return [dict(entry) for entry in self.entries if str(entry.get("id")) not in out]


@dataclass(slots=True)
class _Standing:
    """An entry while files are laid over it."""

    before: Item | None
    now: dict[str, Any]
    sources: list[Source] = field(default_factory=list)


def compare(
    before: Sequence[Item],
    files: Sequence[EntryFile],
    classes: Sequence[Item] = (),
    otherwise: str = "",
    named: Collection[str] = (),
) -> Comparison:
    """Return what `files`, laid one after the other over the entries `before`, would change.

    A file's own ids say nothing of who somebody is, as sheets number their rows from 1 each time. `classes` are the
    race's: a sheet may call one by its name. `otherwise` is the id of the class for those whose class is not given or
    not known; without it they keep what the sheet says, and the race file's form asks for it. `named` are the ids that
    the race's log has named: no new team gets one of them.
    """
    standing = [_Standing(entry, dict(entry)) for entry in before]
    faults = [FileFault(file.name, fault) for file in files for fault in file.refused]
    in_words = _class_names(classes)
    for file in files:
        found = known_again(file.entries, [each.now for each in standing])
        for number, (entry, place) in enumerate(zip(file.entries, found, strict=True)):
            if place is None:
                standing.append(_Standing(None, {"id": _free_id(entry, standing, named)}))
            over = standing[-1 if place is None else place]
            said, words = _in_class(entry, in_words, over, otherwise)
            words += _lay(said, over, standing)
            source = Source(file.name, file.place(number))
            over.sources.append(source)
            faults += [FileFault(source.file, Fault(source.place, each)) for each in words]
    whole = number_entries([each.now for each in standing])
    compared = [_compared(each, after) for each, after in zip(standing, whole, strict=True)]
    return Comparison(
        added=tuple(each for each in compared if each.before is None),
        changed=tuple(each for each in compared if each.before is not None and each.sources and each.differs),
        unchanged=tuple(each for each in compared if each.before is not None and each.sources and not each.differs),
        gone=tuple(each for each in compared if not each.sources),
        faults=tuple(faults),
        entries=tuple(whole),
    )


def number_entries(entries: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the entries, each with a number: marshals find a team by it, and few entry sheets give one.

    An entry without a bib gets its id where no other has that number, else the first number that is free.
    """
    numbered = [dict(entry) for entry in entries]
    used = {str(entry["bib"]) for entry in numbered if entry.get("bib")}
    for entry in numbered:
        if not entry.get("bib"):
            wanted = chain([str(entry.get("id", ""))[:LONGEST_BIB]], map(str, count(1)))
            entry["bib"] = next(number for number in wanted if number and number not in used)
            used.add(entry["bib"])
    return numbered


# Classes


def with_class_ids(entries: Iterable[Item], classes: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the entries with each class by its id, where a file called it by its name in any language."""
    named = _class_names(classes)
    return [
        {**entry, "class": named.get(plain(entry["class"]), entry["class"])} if entry.get("class") else dict(entry)
        for entry in entries
    ]


def _class_names(classes: Sequence[Item]) -> dict[str, str]:
    """Return the id of each class by all that it may be called; an id comes before another's name."""
    names = {plain(item.get("id")): str(item.get("id")) for item in classes}
    for item in classes:
        name = item.get("name")
        for called in name.values() if isinstance(name, Mapping) else (name,):
            names.setdefault(plain(called), str(item.get("id")))
    return names


def _in_class(
    entry: Item, named: Mapping[str, str], over: _Standing, otherwise: str
) -> tuple[dict[str, Any], list[Words]]:
    """Return an entry of a file in a class of this race, and what wants a look."""
    said, known = str(entry.get("class") or ""), str(over.now.get("class") or "")
    class_ = named.get(plain(said), "") if said else known or otherwise
    if class_ or not said:
        return {**entry, "class": class_}, []
    words = Words("there is no class “%(name)s” in this race", {"name": said})
    return {**entry, "class": known or otherwise or said}, [words] if named else []


# Laying one entry over another


def _free_id(entry: Item, standing: Sequence[_Standing], named: Collection[str]) -> str:
    used = {str(each.now.get("id")) for each in standing}.union(named)
    wanted = chain([str(entry.get("id", ""))], map(str, count(1)))
    return next(number for number in wanted if number and number not in used)


def _lay(entry: Item, over: _Standing, standing: Sequence[_Standing]) -> list[Words]:
    """Lay an entry of a file over what stands; what the file leaves open stays. Return what wants a look."""
    words = []
    was = dict(over.now)
    # A blank more or a full-width letter is no other name.
    said = {what: entry[what] for what in FIELDS if entry.get(what) and plain(entry[what]) != plain(was.get(what))}
    bib = str(said.get("bib", ""))
    if bib and any(str(each.now.get("bib", "")) == bib for each in standing if each is not over):
        words.append(Words("the number %(bib)s is another team's already; left out here", {"bib": bib}))
        del said["bib"]
    if "contact" in said:
        said["contact"] = _person(was.get("contact") or {}, said["contact"])
    if entry.get("members"):
        said["members"] = _members(people_of(was), people_of(entry))
    over.now |= said
    if over.sources and any(_differences(was, over.now)):
        called = " ".join(str(over.now[what]) for what in ("club", "team") if over.now.get(what))
        arguments = {"team": called or bib, "file": over.sources[-1].file}
        words.append(Words("%(team)s stands otherwise in %(file)s; what stands here counts", arguments))
    return words


def _person(known: Item, said: Item) -> Item:
    """Return a person as the file has them, with what was known of the same person before."""
    same = not said.get("name") or not known.get("name") or plain(said["name"]) == plain(known["name"])
    return {**known, **said} if same else said


def _members(known: Sequence[Item], said: Sequence[Item]) -> list[Any]:
    """Return a team's members as a file has them, each in the place they had: check-in knows them by their place.

    Who comes in takes the place of who goes out; further ones follow.
    """
    coming = list(said)
    places: list[Item | None] = []
    for person in known:
        same = _namesake(person, coming)
        if same is not None:
            coming.remove(same)
        places.append(None if same is None else _person(person, same))
    placed = [coming.pop(0) if person is None and coming else person for person in places]
    whole = [person for person in placed if person is not None] + coming
    return [person["name"] if set(person) <= {"name"} else dict(person) for person in whole]


def _namesake(person: Item, among: Sequence[Item]) -> Item | None:
    return next((other for other in among if plain(other.get("name")) == plain(person.get("name"))), None)


# What differs

_Differences = tuple[tuple[FieldChange, ...], tuple[str, ...], tuple[str, ...]]


def _differences(before: Item, after: Item) -> _Differences:
    """Return the fields that change, who comes in, and who goes out."""
    fields = _changes(before, after, FIELDS)
    left, coming = people_of(before), []
    for person in people_of(after):
        was = _namesake(person, left)
        if was is None:
            coming.append(str(person.get("name", "")))
        else:
            left.remove(dict(was))
            fields += _changes(was, person, _OF_MEMBER, str(person.get("name", "")))
    return tuple(fields), tuple(coming), tuple(str(person.get("name", "")) for person in left)


def _changes(before: Item, after: Item, fields: Sequence[str], member: str = "") -> list[FieldChange]:
    return [
        FieldChange(what, before.get(what), after.get(what), member)
        for what in fields
        if (before.get(what) or None) != (after.get(what) or None)
    ]


def _compared(each: _Standing, after: Item) -> Compared:
    compared = Compared(str(after.get("id")), each.before, after, tuple(each.sources))
    if each.before is None:
        return compared
    fields, coming, going = _differences(each.before, after)
    return replace(compared, fields=fields, members_in=coming, members_out=going)
