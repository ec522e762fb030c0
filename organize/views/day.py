"""What race control shows: the lists of teams, the queues, what the chief marshal should see, what just happened."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from base.languages import Words, say
from base.web import language, tell
from facts.model import Fact
from organize.model import Day, Group, Queue, Tab
from organize.rules.acts import coming_gun, done, groups_of, last_act
from organize.rules.day import (
    calls_for_help,
    day_of,
    fullest,
    in_order,
    is_quiet,
    punches_in,
    queues_of,
    seen_at,
    told,
    unsafe_of,
)
from organize.views.acting import names_of
from race.live.race import LiveRace
from race.model import Entry, Run, Setup
from race.rules.flags import Flag, flags_of_race
from race.rules.marks import SHORT
from race.views.station import captain_phone, last_checkpoint

MINUTE_MS = 60_000
# Who looks at a long list looks at its beginning; the whole of it is one press away.
FIRST = 50
FEED = 8
MOST_FLAGS = 12
# A queue is read by its head; how long it is stands beside its name.
MOST_BIBS = 24
# How far back to look for news, and how long an act may be taken back at one press.
FEED_FACTS = 200
UNDO_MS = 10 * MINUTE_MS

TABS = {
    Tab.OUT: Words("Still out"),
    Tab.BACK: Words("Back"),
    Tab.HEADS: Words("Heads to check"),
    Tab.AHEAD: Words("Not started"),
}


def control_parts(live: LiveRace, tab: Tab, *, everything: bool, now: int) -> dict[str, Any]:
    """Return the parts of race control as its template names them."""
    runs = live.runs.values()
    unsafe = unsafe_of(live.facts, live.whole.undone)
    day = day_of(live.setup, runs, unsafe, now)
    queues, asking = queues_of(live.setup, runs)
    in_tab = in_order(tab, day.tabs[tab])
    shown = in_tab if everything else in_tab[:FIRST]
    busiest, flags = fullest(queues), open_flags(live)
    newest = list(islice(reversed(live.by_id.values()), FEED_FACTS))
    return {
        "counts": _counts(live.setup, day),
        "tabs": [
            {"name": name.value, "title": tell(title), "count": len(day.tabs[name]), "current": name is tab}
            for name, title in TABS.items()
        ],
        "tab": tab.value,
        "rows": [_row(live.setup.entries[run.entry], run, run.entry in unsafe, now) for run in shown],
        "hidden": len(in_tab) - len(shown),
        "stations": [_station(live, queue, now) for queue in queues],
        "asking": [{"code": _code(live, name), "teams": teams} for name, teams in sorted(asking.items())],
        "busiest": _code(live, busiest.checkpoint) if busiest else None,
        "helps": [_help(live, fact) for fact in calls_for_help(live.facts, live.whole)],
        "flags": [_flag(live, flag) for flag in flags[:MOST_FLAGS]],
        "flags_left": max(0, len(flags) - MOST_FLAGS),
        "feed": list(islice(_feed(live, newest), FEED)),
        "punches": punches_in(reversed(live.by_id.values()), now),
        "last": last_words(live, now),
    }


def _counts(setup: Setup, day: Day) -> dict[str, int]:
    return {
        "expected": len(setup.entries),
        "expected_heads": day.expected_heads,
        "checked_in": day.checked_in,
        "checked_in_heads": day.checked_in_heads,
        "out": len(day.tabs[Tab.OUT]),
        "back": len(day.tabs[Tab.BACK]),
        "quiet": day.quiet,
    }


def _row(entry: Entry, run: Run, unsafe: bool, now: int) -> dict[str, Any]:
    people = [*([entry.contact] if entry.contact else []), *entry.members]
    seen = seen_at(run)
    since = run.finish if run.finish is not None else seen
    return {
        "entry": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "checkpoint": last_checkpoint(run),
        "minutes": max(0, now - since) // MINUTE_MS if since is not None else None,
        "quiet": run.finish is None and is_quiet(run, now),
        "unsafe": unsafe,
        "passed": len(run.passed),
        "captain": people[0].name if people else "",
        "phone": captain_phone(entry),
        "finish": run.finish,
        "time_s": run.time_s if run.finish is not None else None,
        "status": run.status.value,
        "heads_confirmed": run.heads_confirmed,
        "checked_in": run.checkin.heads if run.checkin else None,
        "wave": entry.wave,
    }


def _code(live: LiveRace, checkpoint: str) -> str:
    found = live.setup.checkpoints.get(checkpoint)
    return found.code if found else checkpoint


def _station(live: LiveRace, queue: Queue, now: int) -> dict[str, Any]:
    entries = live.setup.entries
    return {
        "code": _code(live, queue.checkpoint),
        "game": say(live.setup.games[queue.game].name, language()),
        "playing": [entries[name].bib for name in queue.playing[:MOST_BIBS]],
        "waiting": [entries[name].bib for _, name in queue.waiting[:MOST_BIBS]],
        "ahead": len(queue.waiting),
        "wait_min": -(-queue.wait_s // 60),
        "longest_s": max(0, now - queue.waiting[0][0]) // 1000 if queue.waiting else None,
        "cap_s": queue.cap_s,
    }


def open_flags(live: LiveRace) -> list[Flag]:
    """Return what the jury has given no word on yet, the latest first."""
    waiting = [flag for flag in all_flags(live) if flag.accepted is None]
    return sorted(waiting, key=lambda flag: -_flagged_at(live, flag))


def _flagged_at(live: LiveRace, flag: Flag) -> int:
    times = (live.by_id[name].at for name in flag.facts if name in live.by_id)
    return max(times, default=live.runs[flag.entry].last_at or 0)


def all_flags(live: LiveRace) -> list[Flag]:
    """Return all flags of a race as it stands."""
    return flags_of_race(live.setup, live.whole, live.runs, live.standings(), live.facts)


def _flag(live: LiveRace, flag: Flag) -> dict[str, Any]:
    entry, run = live.setup.entries[flag.entry], live.runs[flag.entry]
    team_size = live.setup.classes[run.class_].team_size or 0
    missing = team_size - (run.heads or 0) - len(run.withdrawn) if flag.code == SHORT else 0
    return {
        "id": flag.id,
        "at": _flagged_at(live, flag),
        "entry": entry.id,
        "who": f"{entry.bib} {entry.team}",
        "words": tell(flag.words),
        "withdraw": tell(Words("Note %(short)s as withdrawn", {"short": missing})) if missing > 0 else "",
    }


def _help(live: LiveRace, fact: Fact) -> dict[str, Any]:
    entry, body = live.setup.entries[fact.entry or ""], fact.body
    run = live.runs[entry.id]
    lat, lon = body.get("lat"), body.get("lon")
    place = f"{lat:.6f},{lon:.6f}" if lat is not None and lon is not None else ""
    return {
        "fact": fact.id,
        "at": fact.at,
        "entry": entry.id,
        "who": f"{entry.bib} {entry.team}",
        "text": body.get("text", ""),
        "phone": captain_phone(entry),
        "captain": entry.contact.name if entry.contact else "",
        "place": place,
        # The maps of this country take longitude first, and are told that it is no shifted one.
        "map": f"https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}&coordinate=wgs84" if place else "",
        "accuracy_m": round(body["accuracy_m"]) if place and "accuracy_m" in body else None,
        "checkpoint": last_checkpoint(run),
    }


def _feed(live: LiveRace, newest: Iterable[Fact]) -> Iterable[dict[str, Any]]:
    for fact in newest:
        if fact.id in live.whole.undone:
            continue
        words = told(live.setup, live.runs, fact)
        if words:
            yield {"at": fact.at, "words": tell(words)}


def last_words(live: LiveRace, now: int) -> dict[str, Any] | None:
    """Return what the desk did last and who, while it may be taken back at one press."""
    fact = last_act(reversed(live.by_id.values()), live.whole.undone, now - UNDO_MS)
    if fact is None:
        return None
    entry = live.setup.entries.get(fact.entry or "")
    return {
        "fact": fact.id,
        "at": fact.received_at,
        "who": names_of({fact.by})[fact.by],
        "words": tell(done(fact, now)),
        "team": f"{entry.bib} {entry.team}" if entry else "",
        "again": fact.kind == "decision" and fact.body.get("what") == "undo",
    }


def start_parts(live: LiveRace, now: int) -> dict[str, Any]:
    """Return who still waits for a gun, and the gun that is coming."""
    groups = groups_of(live.setup, live.whole.guns)
    coming = coming_gun(live.wide, live.whole.undone, now)
    return {
        "groups": [group_json(live, group, now) for group in groups],
        "coming": {"fact": coming.id, "at": coming.at, "who": which_words(live, coming.body)} if coming else None,
        "to_fire": [group_json(live, group, now) for group in groups if group.at is None],
    }


def group_json(live: LiveRace, group: Group, now: int) -> dict[str, Any]:
    """Return a group that starts by one gun, for a page."""
    return {
        "key": f"{group.class_ or ''}|{group.wave or ''}",
        "name": which_words(live, {"class": group.class_, "wave": group.wave}),
        "at": group.at,
        "fired": group.at is not None and group.at <= now,
    }


def which_words(live: LiveRace, which: Any) -> str:
    """Return whom a gun is for, in words."""
    class_, wave = which.get("class"), which.get("wave")
    parts = []
    if class_ in live.setup.classes:
        parts.append(say(live.setup.classes[class_].name, language()) or class_)
    if wave:
        parts.append(tell(Words("wave %(wave)s", {"wave": wave})))
    return " · ".join(parts) or tell(Words("everybody"))
