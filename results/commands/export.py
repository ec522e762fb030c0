"""`waypost export`: a race as a race file, its facts as JSON Lines, its results as CSV or IOF XML."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from base.clock import now_ms
from base.commands import open_database
from base.database import reading
from facts.store import race_by_slug, since
from race.commands.files import no_race, write_whole
from race.exchange.facts import fact_to_json
from race.forms.file import setup_to_json
from race.live.race import LiveRace, load_race
from race.rules.scored import score_race
from results.exchange import results_csv, results_iof
from results.live import Board
from results.rules import result_list


@click.command()
@click.argument("slug")
@click.option("--to", "kind", required=True, type=click.Choice(["race", "facts", "csv", "iof-results"]))
@click.option("-o", "target", type=click.Path(dir_okay=False, path_type=Path), help="A file; without it, the screen.")
def export(slug: str, kind: str, target: Path | None) -> None:
    """Write a race out: as a race file, its facts as JSON Lines, or its result list as CSV or IOF XML."""
    engine = open_database()
    with reading(engine) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise no_race(slug)
        live = load_race(connection, race)
        facts = [fact for fact in since(connection, race.id) if fact.log == race.log and fact.kind != "setup"]
    if kind == "facts":
        timezone = live.setup.about.timezone
        lines = (json.dumps(fact_to_json(fact, timezone), ensure_ascii=False) for fact in facts)
        made = "".join(f"{line}\n" for line in lines).encode()
    elif kind == "iof-results":
        now = now_ms()
        scored = score_race(live.setup, facts, now)
        made = results_iof(live.setup, scored.runs, result_list(live.setup, scored, now, slug))
    else:
        made = WHOLE[kind](live).encode()
    write_whole(made, target)


def _race_file(live: LiveRace) -> str:
    return json.dumps(setup_to_json(live.setup), ensure_ascii=False, indent=1) + "\n"


def _results(live: LiveRace) -> str:
    # Spreadsheets take a file for UTF-8 only if it begins with the mark.
    return "\ufeff" + results_csv(Board(live, now_ms()).part(live.setup.about.language)["classes"])


WHOLE: Mapping[str, Callable[[LiveRace], str]] = {"race": _race_file, "csv": _results}
