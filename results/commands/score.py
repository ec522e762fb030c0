"""`waypost score`: the result list of a race file and a fact file, without any database."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from base.clock import parse_instant
from base.commands import Refused
from base.faults import Fault, FaultyInput
from base.languages import Words
from base.translate import put, terminal_language
from race.commands.files import write_whole
from race.forms.facts import read_race_and_facts
from race.model import Setup
from race.rules.scored import Scored, score_race
from results.exchange import results_csv, results_iof
from results.rules import result_list

MOST_BYTES = 256 << 20


class Instant(click.ParamType[int]):
    """An instant with its offset."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return its UTC milliseconds."""
        try:
            return parse_instant(value)
        except (ValueError, OverflowError):
            words = Words("This must be an instant with its offset, as 2026-05-01T09:00:00+08:00.")
            self.fail(put(words, terminal_language()), param, ctx)


@click.command()
@click.argument("race_file", metavar="RACE.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument(
    "fact_file", metavar="[FACTS.jsonl]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--at", type=Instant(), help="Score the race as it stood then, from what had been received.")
@click.option("--to", "kind", default="json", show_default=True, type=click.Choice(["json", "csv", "iof-results"]))
def score(race_file: Path, fact_file: Path | None, at: int | None, kind: str) -> None:
    """Print the result list that RACE.json and FACTS.jsonl come to. Without --at the race counts as closed."""
    faults: dict[str, list[Fault]] = {race_file.name: []}
    data = _json(race_file, faults[race_file.name])
    text = ""
    if fact_file is not None:
        text = _text(fact_file, faults.setdefault(fact_file.name, []))
    if not any(faults.values()):
        try:
            setup, facts = read_race_and_facts(data, text)
        except FaultyInput as faulty:
            for fault in faulty.faults:
                in_facts = fact_file is not None and fault.path.startswith("line ")
                faults[fact_file.name if fact_file is not None and in_facts else race_file.name].append(fault)
        else:
            made = WRITERS[kind](setup, score_race(setup, facts, at), at, race_file.stem)
            write_whole(made, None)
            return
    for name, found in faults.items():
        for fault in found:
            where = " ".join(part for part in (name, fault.path) if part)
            click.echo(f"{where}: {put(fault.words, terminal_language())}", err=True)
    raise Refused(Words("Nothing was scored: please mend these files first."))


def _text(file: Path, faults: list[Fault]) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        faults.append(Fault(f"line {line}", Words("This is not text in UTF-8.")))
    return ""


def _json(file: Path, faults: list[Fault]) -> Any:
    text = _text(file, faults)
    if faults:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        faults.append(Fault(f"line {error.lineno}", Words("This is no JSON: %(why)s", {"why": error.msg})))
    except (ValueError, RecursionError):
        faults.append(Fault("", Words("This is no JSON object.")))
    return None


def _as_json(setup: Setup, scored: Scored, at: int | None, name: str) -> bytes:
    return (json.dumps(result_list(setup, scored, at, name), ensure_ascii=False, indent=1) + "\n").encode()


def _as_csv(setup: Setup, scored: Scored, at: int | None, name: str) -> bytes:
    # Spreadsheets take a file for UTF-8 only if it begins with the mark.
    return ("\ufeff" + results_csv(result_list(setup, scored, at, name)["classes"])).encode()


def _as_iof(setup: Setup, scored: Scored, at: int | None, name: str) -> bytes:
    return results_iof(setup, scored.runs, result_list(setup, scored, at, name))


WRITERS: Mapping[str, Callable[[Setup, Scored, int | None, str], bytes]] = {
    "json": _as_json,
    "csv": _as_csv,
    "iof-results": _as_iof,
}
