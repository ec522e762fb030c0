"""What the jury decided about single entries. The last word on a matter wins; adjustments add up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from base.clock import parse_instant
from base.languages import Words
from facts.model import Fact
from race.model import Ruling, Status

Value = Mapping[str, Any]


def rulings_of(facts: Iterable[Fact]) -> dict[str, Ruling]:
    """Return the ruling on each entry that has one, from facts in order of which none was taken back."""
    rulings: dict[str, Ruling] = {}
    for fact in facts:
        effect = EFFECTS.get(str(fact.body.get("what"))) if fact.kind == "decision" and fact.entry else None
        if effect is None or fact.entry is None:
            continue
        ruling = effect(rulings.get(fact.entry, Ruling()), fact.body.get("value") or {})
        rulings[fact.entry] = replace(ruling, why=(*ruling.why, _said(fact)))
        if fact.body["what"] == "merge":
            other = str(fact.body["value"]["entry"])
            rulings[other] = replace(rulings.get(other, Ruling()), merged_into=fact.entry)
    return rulings


EFFECTS: Mapping[str, Callable[[Ruling, Value], Ruling]] = {
    "status": lambda ruling, value: replace(ruling, status=Status(value["status"])),
    "class": lambda ruling, value: replace(ruling, class_=value["class"]),
    "start": lambda ruling, value: replace(ruling, start=parse_instant(value["at"])),
    "finish": lambda ruling, value: replace(ruling, finish=parse_instant(value["at"])),
    "penalty_s": lambda ruling, value: replace(ruling, penalty_s=ruling.penalty_s + int(value["seconds"])),
    "credit_s": lambda ruling, value: replace(ruling, credit_s=ruling.credit_s + int(value["seconds"])),
    "points": lambda ruling, value: replace(ruling, points=ruling.points + int(value["points"])),
    "merge": lambda ruling, value: replace(ruling, merged=(*ruling.merged, str(value["entry"]))),
}

_NAMES: Mapping[str, Words] = {
    "status": Words("status"),
    "class": Words("class"),
    "start": Words("start"),
    "finish": Words("finish"),
    "penalty_s": Words("time penalty"),
    "credit_s": Words("time credit"),
    "points": Words("points"),
    "merge": Words("another team's punches"),
}


def _said(fact: Fact) -> Words:
    value = next(iter(fact.body["value"].values()))
    about = {"what": _NAMES[fact.body["what"]], "value": value, "reason": fact.body.get("reason") or "–", "by": fact.by}
    return Words("The jury decided: %(what)s %(value)s (%(reason)s; %(by)s).", about)


def own_facts(rulings: Mapping[str, Ruling], entry: str, facts: Mapping[str, Sequence[Fact]]) -> Sequence[Fact]:
    """Return the facts that count for an entry: its own, and those of entries that were merged into it."""
    ruling = rulings.get(entry)
    if ruling is None or not (ruling.merged or ruling.merged_into):
        return facts.get(entry, ())
    if ruling.merged_into is not None:
        return ()
    return [fact for name in (entry, *ruling.merged) for fact in facts.get(name, ())]
