"""Proof-reading: a bank's proof on paper, its approval by a second person, and opening it again."""

from typing import Any

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from base.languages import Words
from base.problems import Problem, not_found
from base.web import tell
from organize.rules.approval import APPROVED, OPENED, Proof, Reading, approved_value, readings_of
from organize.rules.banks import is_frozen
from organize.views.acting import names_of
from organize.views.editing import note
from organize.views.frame import by_whom, desk_race, lapsed_names, saved_at
from organize.views.prints import made
from people.rules import Act, may
from people.views.guards import allowed, myself
from race.live.race import LiveRace
from race.printing.proof import parts_of, short

blueprint = Blueprint("approving", __name__)

OWN_WORK = Words("You changed this bank yourself, so somebody else approves it.")


def reading_of(live: LiveRace, bank: str) -> Reading:
    """Return where a bank stands with its proof-reading."""
    return readings_of(live.edits).get(bank, Reading())


def proof_of(live: LiveRace, bank: str) -> dict[str, Any]:
    """Return what a bank's page says of its proof-reading."""
    found = reading_of(live, bank)
    words = [edit for edit in (found.approved, found.left) if edit]
    called = names_of({*found.editors, *(edit.by for edit in words)})
    names = {by: name.removeprefix("organizer:") for by, name in called.items()}
    return {
        "state": found.state.value,
        "digest": found.digest,
        "code": short(found.digest),
        "approved": _said(found.approved, names),
        "left": _said(found.left, names),
        "writers": sorted(names[by] for by in found.editors),
        "own": by_whom() in found.editors,
        "may_approve": may(myself().role, Act.APPROVE),
        "parts": parts_of(live.setup.banks[bank]) if bank in live.setup.banks else 1,
    }


def _said(edit: Any, names: dict[str, str]) -> dict[str, Any] | None:
    return {"by": names[edit.by], "at": edit.at} if edit else None


def proof_warnings(live: LiveRace) -> list[str]:
    """Return what must be said of banks in use that were approved once and are no more."""
    return [
        tell(Words("Bank “%(name)s” was approved and then opened or changed: have it approved again.", {"name": name}))
        for name in lapsed_names(live)
    ]


@blueprint.get("/organize/<slug>/questions/proof/<path:bank>")
@allowed(Act.QUESTIONS)
def proof(slug: str, bank: str) -> Response:
    """Return a bank's proof as a PDF."""
    live = desk_race(slug)
    if bank not in live.setup.banks:
        raise not_found()
    return made(live, "proof", bank=bank)


@blueprint.post("/organize/<slug>/questions/approve/<path:bank>")
@allowed(Act.APPROVE)
def approve(slug: str, bank: str) -> ResponseReturnValue:
    """Approve a bank as it was shown; it is locked from then on."""
    live = desk_race(slug)
    found = _found(live, bank)
    if request.form.get("digest") != found.digest:
        raise Problem(
            409, "overtaken", Words("The bank was changed meanwhile. Please read what changed, then approve.")
        )
    if by_whom() in found.editors:
        raise Problem(403, "own_work", OWN_WORK)
    if found.state is not Proof.APPROVED:  # pressed twice, or by two
        note(live, APPROVED, approved_value(bank, found.digest))
    return redirect(saved_at("questions.bank", slug, "proof", bank=bank))


@blueprint.post("/organize/<slug>/questions/open/<path:bank>")
@allowed(Act.QUESTIONS)
def open_again(slug: str, bank: str) -> ResponseReturnValue:
    """Open an approved bank again, so that it can be changed. The approval is gone with that."""
    live = desk_race(slug)
    if _found(live, bank).is_locked:
        note(live, OPENED, bank)
    return redirect(saved_at("questions.bank", slug, "proof", bank=bank))


def _found(live: LiveRace, bank: str) -> Reading:
    """Return where a bank stands that may still be approved or opened.

    Raises:
        Problem: there is no such bank, or teams have had its questions.

    """
    if bank not in live.setup.banks:
        raise not_found()
    if is_frozen(live.setup, live.race.stage, live.by_id.values(), bank):
        raise Problem(409, "frozen", Words("Teams have been given questions from this bank: it stays as it is."))
    return reading_of(live, bank)
