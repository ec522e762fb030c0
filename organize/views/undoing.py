"""What a dealing put aside, for a day: with it the page of teams offers to take it back."""

from typing import Any

from sqlalchemy import Engine

from base.clock import now_ms
from base.database import reading
from base.languages import Words
from base.web import of_app, tell
from organize.store.proposals import load_proposal
from race.live.race import LiveRace

KIND = "undo"
WHAT = {"first": Words("First checkpoints dealt."), "wave": Words("Waves dealt.")}


def kept_deal(live: LiveRace, key: str) -> Any:
    """Return what was dealt and what each team had before, or None where that is no longer kept."""
    with reading(of_app(Engine)) as connection:
        return load_proposal(connection, live.race.id, KIND, key[:64], now_ms())


def undo_of(live: LiveRace, key: str) -> dict[str, str] | None:
    """Return what a dealing that can be taken back is called, with its key; None where there is none."""
    found = kept_deal(live, key) if key else None
    return {"key": key, "what": tell(WHAT[found["what"]])} if found else None
