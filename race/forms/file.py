"""The race file: everything an organizer lays down, as one JSON document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from base.faults import Fault, FaultyInput
from base.forms import Reader, unique
from base.languages import Words
from checkpoints.forms import checkpoint_to_json, course_to_json, read_checkpoint, read_course
from checkpoints.model import Checkpoint, CheckpointKind, Course, TaskKind
from checkpoints.rules import codes_of
from games.forms import game_to_json, read_game
from maps.forms import map_to_json, read_map
from quizzes.forms import bank_to_json, quiz_to_json, read_bank, read_quiz
from race.formats import FORMATS
from race.formats.legs import check_legs
from race.forms.about import about_to_json, class_to_json, read_about, read_class
from race.forms.entries import entry_to_json, read_entry
from race.model import About, RecipientKind, Setup

VERSION = 1
_TASKS = {TaskKind.QUIZ: Words("quiz"), TaskKind.GAME: Words("game")}
T = TypeVar("T")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def read_race_file(data: Any, draw_numbers: Mapping[str, int] | None = None) -> Setup:
    """Return the set-up that a race file describes. The map comes without its picture's bytes.

    `draw_numbers` gives entries their place in the draws; without it they are numbered as they stand.

    Raises:
        FaultyInput: with every fault of the file and its path.

    """
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    if reader.take("waypost") != VERSION:
        reader.fault("waypost", Words('This is not a race file: it must begin with "waypost": 1.'))
    setup = Setup(
        about=read_about(reader.take("race"), "race", faults) if "race" in reader else About(slug=""),
        map=_with_faults(read_map, reader.take("map"), "map", faults) if "map" in reader else None,
        checkpoints=_keyed(reader, "checkpoints", lambda item, path: read_checkpoint(item, path, faults)),
        quizzes=_keyed(reader, "quizzes", lambda item, path: _with_faults(read_quiz, item, path, faults)),
        banks=_keyed(reader, "banks", lambda item, path: _with_faults(read_bank, item, path, faults)),
        games=_keyed(reader, "games", lambda item, path: _with_faults(read_game, item, path, faults)),
        courses=_keyed(reader, "courses", lambda item, path: read_course(item, path, faults)),
        classes=_keyed(reader, "classes", lambda item, path: read_class(item, path, faults)),
        entries={},
    )
    setup = _with_entries(setup, reader, draw_numbers)
    setup = _with_bare_checkpoints(setup)
    reader.take("race")
    reader.take("map")
    reader.close()
    _check_references(setup, faults)
    if faults:
        raise FaultyInput(faults)
    return setup


def _with_faults(read: Callable[..., tuple[T, list[Fault]]], item: Any, path: str, faults: list[Fault]) -> T:
    value, found = read(item, path)
    faults.extend(found)
    return value


def _keyed(reader: Reader, part: str, read: Callable[[Any, str], N]) -> dict[str, N]:
    items = [(path, read(item, path)) for path, item in reader.items(part)]
    unique([(path, item.id) for path, item in items], reader.faults)
    return {item.id: item for _, item in items}


def _with_entries(setup: Setup, reader: Reader, draw_numbers: Mapping[str, int] | None) -> Setup:
    only = next(iter(setup.classes)) if len(setup.classes) == 1 else ""
    entries = []
    for number, (path, item) in enumerate(reader.items("entries")):
        if isinstance(item, Mapping) and not item.get("class") and only:
            item = {**item, "class": only}  # noqa: PLW2901  a race of one class need not repeat its name
        entry = read_entry(item, path, reader.faults, number)
        if draw_numbers is not None:
            entry = replace(entry, draw_no=draw_numbers.get(entry.id, number))
        entries.append((path, entry))
    unique([(path, entry.id) for path, entry in entries], reader.faults)
    unique([(f"{path}.bib", entry.bib) for path, entry in entries if entry.bib], reader.faults)
    return replace(setup, entries={entry.id: entry for _, entry in entries})


def _with_bare_checkpoints(setup: Setup) -> Setup:
    """For scoring alone a file may leave its checkpoints out: they are then what its courses name."""
    if setup.checkpoints:
        return setup
    codes = [code for course in setup.courses.values() for item in course.checkpoints for code in codes_of(item)]
    return with_bare(setup, codes)


def with_bare(setup: Setup, codes: Iterable[str]) -> Setup:
    """Return the set-up with a checkpoint for each of these codes that has none."""
    return replace(setup, checkpoints={**{code: Checkpoint(code, code) for code in codes}, **setup.checkpoints})


def _check_references(setup: Setup, faults: list[Fault]) -> None:
    """Whatever one part names must stand in another."""
    for code, checkpoint in setup.checkpoints.items():
        for task in checkpoint.tasks:
            among = setup.quizzes if task.kind is TaskKind.QUIZ else setup.games
            _known(f"checkpoints[{code}].tasks", _TASKS[task.kind], task.id, among, faults)
    for name, quiz in setup.quizzes.items():
        _known(f"quizzes[{name}].bank", Words("bank"), quiz.bank, setup.banks, faults)
    for course in setup.courses.values():
        _check_course(setup, course, faults)
    for name, class_ in setup.classes.items():
        path = f"classes[{name}]"
        if class_.course and _known(f"{path}.course", Words("course"), class_.course, setup.courses, faults):
            limited = "time_limit_s" in setup.courses[class_.course].options
            if limited and class_.time_limit_s is not None:
                faults.append(Fault(f"{path}.time_limit_s", Words("The time limit stands on its course already.")))
    for name, entry in setup.entries.items():
        if entry.class_ or not setup.classes:
            _known(f"entries[{name}].class", Words("class"), entry.class_, setup.classes, faults)
        else:
            words = Words("Which class? This race has: %(classes)s.", {"classes": ", ".join(setup.classes)})
            faults.append(Fault(f"entries[{name}].class", words))
        for code in entry.first:
            _known(f"entries[{name}].first", Words("checkpoint"), code, setup.checkpoints, faults)
    _check_awards(setup, faults)
    _check_practice(setup, faults)


def _check_practice(setup: Setup, faults: list[Fault]) -> None:
    for bank in setup.about.practice.banks if setup.about.practice else ():
        _known("race.practice.banks", Words("bank"), bank, setup.banks, faults)


def _check_awards(setup: Setup, faults: list[Fault]) -> None:
    for place, award in enumerate(setup.about.awards):
        for recipient in award.to:
            if recipient.kind is RecipientKind.ENTRY:
                _known(f"race.awards[{place}].to", Words("team"), recipient.value, setup.entries, faults)


def _known(path: str, what: Words, name: str, among: Mapping[str, Any], faults: list[Fault]) -> bool:
    if name not in among:
        faults.append(Fault(path, Words("There is no %(what)s “%(name)s”.", {"what": what, "name": name})))
    return name in among


def _check_course(setup: Setup, course: Course, faults: list[Fault]) -> None:
    path = f"courses[{course.id}]"
    for code in (code for item in course.checkpoints for code in codes_of(item)):
        if not _known(f"{path}.checkpoints", Words("checkpoint"), code, setup.checkpoints, faults):
            continue
        if setup.checkpoints[code].kind is not CheckpointKind.CONTROL:
            words = Words("“%(name)s” is a start or finish; a course lists what lies between.", {"name": code})
            faults.append(Fault(f"{path}.checkpoints", words))
    if course.format in FORMATS:
        faults.extend(Fault(path, words) for words in (*FORMATS[course.format].check(course), *check_legs(course)))
    elif course.format:
        words = Words("This must be one of: %(words)s.", {"words": ", ".join(FORMATS)})
        faults.append(Fault(f"{path}.format", words))


def setup_to_json(setup: Setup) -> dict[str, Any]:
    """Return the race file of a set-up, without what is empty."""
    data: dict[str, Any] = {
        "waypost": VERSION,
        "race": about_to_json(setup.about) if setup.about.slug else None,
        "map": map_to_json(setup.map) if setup.map else None,
        "checkpoints": [checkpoint_to_json(item) for item in setup.checkpoints.values()],
        "quizzes": [quiz_to_json(item) for item in setup.quizzes.values()],
        "banks": [bank_to_json(item) for item in setup.banks.values()],
        "games": [game_to_json(item) for item in setup.games.values()],
        "courses": [course_to_json(item) for item in setup.courses.values()],
        "classes": [class_to_json(item) for item in setup.classes.values()],
        "entries": [entry_to_json(item, setup.about.timezone) for item in setup.entries.values()],
    }
    return {name: value for name, value in data.items() if value}
