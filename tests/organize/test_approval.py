"""Who approved which wording of a bank, and what came of it since."""

from hypothesis import given
from hypothesis import strategies as st

from organize.rules.approval import APPROVED, OPENED, Proof, Reading, approved_value, lapsed, readings_of
from race.forms.file import read_race_file
from race.model import Edit
from tests.factories import race_file

WRITER, READER = "organizer:1", "organizer:2"


def log(*did: tuple[str, str]) -> Reading:
    """What a bank comes to; `did` are (who, what): a digest it was changed to, `approve DIGEST`, or `open`."""
    edits = []
    for number, (by, what) in enumerate(did, start=1):
        if what.startswith("approve "):
            edits.append(Edit(number, number, by, APPROVED, approved_value("wetland", what[8:])))
        elif what == "open":
            edits.append(Edit(number, number, by, OPENED, "wetland"))
        else:
            edits.append(Edit(number, number, by, "banks", None, {"wetland": what, "other": "o"}))
    return readings_of(edits)["wetland"]


def test_a_bank_is_approved_and_then_locked() -> None:
    assert log((WRITER, "d1")) == Reading("d1", editors=frozenset({WRITER}))
    found = log((WRITER, "d1"), (READER, "approve d1"))
    assert (found.state, found.is_locked, found.editors) == (Proof.APPROVED, True, frozenset())
    assert found.approved is not None
    assert (found.approved.by, found.approved.at) == (READER, 2)


def test_opening_it_takes_the_approval_back_and_says_who() -> None:
    found = log((WRITER, "d1"), (READER, "approve d1"), (WRITER, "open"))
    assert (found.state, found.is_locked, found.has_lapsed) == (Proof.OPENED, False, True)
    assert found.left is not None
    assert found.left.by == WRITER
    again = log((WRITER, "d1"), (READER, "approve d1"), (WRITER, "open"), (WRITER, "d2"), (READER, "approve d2"))
    assert again.state is Proof.APPROVED


def test_a_file_that_changes_it_leaves_the_approval_behind() -> None:
    """Nobody opened it: the command line laid another wording over it."""
    found = log((WRITER, "d1"), (READER, "approve d1"), ("import", "d2"), ("import", "d3"))
    assert (found.state, found.editors) == (Proof.CHANGED, frozenset({"import"}))
    assert found.left is not None
    assert found.left.at == 3
    assert log((WRITER, "d1"), (READER, "approve d1"), ("import", "d2"), ("import", "d1")).state is Proof.APPROVED


def test_everybody_who_changed_it_since_counts_as_its_writer() -> None:
    found = log((WRITER, "d1"), (READER, "d2"), (READER, "d2"))
    assert found.editors == {WRITER, READER}
    approved = log((WRITER, "d1"), (READER, "approve d1"), (READER, "open"), (READER, "d2"))
    assert approved.editors == {READER}


def test_an_approval_of_a_wording_that_is_gone_approves_nothing() -> None:
    found = log((WRITER, "d1"), (WRITER, "d2"), (READER, "approve d1"))
    assert (found.state, found.editors) == (Proof.CHANGED, frozenset({WRITER}))


@given(
    st.lists(
        st.tuples(st.sampled_from([WRITER, READER]), st.sampled_from(["d1", "d2", "approve d1", "approve d2", "open"])),
        max_size=12,
    )
)
def test_locked_is_only_what_somebody_approved_word_for_word(did: list[tuple[str, str]]) -> None:
    words = [what for _, what in did if what == "open" or what.startswith("approve ")]
    found = log((WRITER, "d0"), *did)
    assert found.is_locked == (words[-1:] == [f"approve {found.digest}"])


def test_only_a_bank_that_is_asked_from_is_warned_of() -> None:
    readings = {"wetland": log((WRITER, "d1"), (READER, "approve d1"), (WRITER, "open"))}
    setup = read_race_file(race_file())
    assert lapsed(setup, readings) == ["wetland"]
    assert lapsed(setup, {"other": readings["wetland"]}) == []
    quiet = race_file()
    for place in quiet["checkpoints"]:
        place.pop("tasks", None)
    assert lapsed(read_race_file(quiet), readings) == []
