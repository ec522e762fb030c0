"""Proof-reading of question banks: who approved which wording, and what came of it since.

An approval is of a bank's digest, so it needs no watching: whatever changes a word, at the desk or by a file, leaves it
behind. Two people see every question: who changed a bank since it was last approved cannot approve it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from base import canonical
from base.languages import Words
from checkpoints.model import TaskKind
from race.model import Edit, Setup

# Set-up facts of these parts say that a bank was approved (its id and digest), or opened again (its id).
APPROVED, OPENED = "approved", "opened"


LOCKED = Words(
    "This bank is approved and locked. Open it again on its page before you change it; it is then to be approved anew."
)


class Proof(StrEnum):
    """How far a bank is proof-read: never approved, approved, opened again, or changed although it was approved."""

    NEVER = "never"
    APPROVED = "approved"
    OPENED = "opened"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a bank stands. `digest` is what it is now; `approved` and `left` are the facts of the last approval and of
    what ended it: the opening, or the first change. `editors` changed it since it was last approved.
    """

    digest: str = ""
    state: Proof = Proof.NEVER
    approved: Edit | None = None
    left: Edit | None = None
    editors: frozenset[str] = frozenset()

    @property
    def is_locked(self) -> bool:
        """Whether it must be opened before anything is changed."""
        return self.state is Proof.APPROVED

    @property
    def has_lapsed(self) -> bool:
        """Whether it was approved once and is no more."""
        return self.state in (Proof.OPENED, Proof.CHANGED)


@dataclass(slots=True)
class _Sofar:
    """One bank while the changes of the set-up are gone through in order."""

    digest: str = ""
    approved_digest: str = ""
    approved: Edit | None = None
    opened: Edit | None = None
    changed: Edit | None = None
    editors: set[str] = field(default_factory=set)


def approved_value(bank: str, digest: str) -> str:
    """Return what the fact of an approval holds."""
    return canonical.encode([bank, digest])


def readings_of(edits: Iterable[Edit]) -> dict[str, Reading]:
    """Return by id where each bank that there ever was stands; `edits` are the changes of the set-up in order."""
    banks: dict[str, _Sofar] = defaultdict(_Sofar)
    for edit in edits:
        if edit.part == "banks":
            for name, digest in edit.digests.items():
                if banks[name].digest != digest:
                    _change(banks[name], edit, digest)
        elif edit.part == APPROVED and edit.value:
            name, digest = canonical.decode(edit.value)
            _approve(banks[name], edit, digest)
        elif edit.part == OPENED and edit.value:
            banks[edit.value].opened = edit
    return {name: _reading(sofar) for name, sofar in banks.items()}


def _change(bank: _Sofar, edit: Edit, digest: str) -> None:
    bank.digest = digest
    bank.editors.add(edit.by)
    bank.changed = bank.changed or edit


def _approve(bank: _Sofar, edit: Edit, digest: str) -> None:
    """Take an approval down. Of a wording that was changed while it was read it is none: nothing begins anew."""
    bank.approved, bank.approved_digest, bank.opened = edit, digest, None
    if digest == bank.digest:
        bank.editors.clear()
        bank.changed = None


def _reading(bank: _Sofar) -> Reading:
    if bank.approved is None:
        state, left = Proof.NEVER, None
    elif bank.opened is not None:
        state, left = Proof.OPENED, bank.opened
    elif bank.digest != bank.approved_digest:
        state, left = Proof.CHANGED, bank.changed
    else:
        state, left = Proof.APPROVED, None
    return Reading(bank.digest, state, bank.approved, left, frozenset(bank.editors))


def lapsed(setup: Setup, readings: Mapping[str, Reading]) -> list[str]:
    """Return the banks that some checkpoint asks from, and that were approved once and are no more."""
    held = {task.id for item in setup.checkpoints.values() for task in item.tasks if task.kind is TaskKind.QUIZ}
    used = {quiz.bank for quiz in setup.quizzes.values() if quiz.id in held}
    return [name for name in setup.banks if name in used and name in readings and readings[name].has_lapsed]
