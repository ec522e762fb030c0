from typing import Any

import pytest

from base.clock import now_ms
from demo import words
from demo.marshals import IDLE_S, NOBODY_S, UNFINISHED_S, Deputy, must_help
from demo.people import Park
from demo.phones import Notes, Pace

SPEED = 8


@pytest.fixture
def deputy() -> Deputy:
    return Deputy(Park(1, "nanyuan", {}, {}, {}, {}, Pace(SPEED), Notes()), "36", seed=1)


def station(
    waits_s: float, touched_s: float | None = None, playing: str | None = None, fact: str = "f"
) -> dict[str, Any]:
    """A station where team 1 waits for so long, and somebody reported something so long ago."""
    now = now_ms()
    recent = [] if touched_s is None else [{"fact": fact, "kind": "stamp", "at": now - round(touched_s * 1000)}]
    return {
        "station": {"games": [{"measures": [{"id": "seconds", "kind": "seconds"}]}]},
        "entries": [{"entry": "1", "here": {"arrived_at": now - round(waits_s * 1000)}}, {"entry": "2", "here": None}],
        "queue": ["1"] if playing is None else [],
        "playing": [playing] if playing else [],
        "recent": recent,
    }


def test_a_deputy_helps_only_where_nobody_else_does() -> None:
    waited = round(NOBODY_S / SPEED * 1000)
    assert must_help(waited, 0, None, SPEED)
    assert not must_help(waited - 1, 0, None, SPEED)
    assert not must_help(waited, 0, waited - 5_000, SPEED)
    assert must_help(waited + round(IDLE_S * 1000), 0, waited, SPEED)


def test_a_team_that_nobody_calls_is_called_by_the_deputy(deputy: Deputy) -> None:
    assert deputy.called(station(waits_s=5)) == []
    assert deputy.called(station(waits_s=NOBODY_S / SPEED + 1)) == ["1"]


def test_the_deputy_stands_back_while_the_person_works(deputy: Deputy) -> None:
    assert deputy.called(station(waits_s=300, touched_s=10)) == []
    assert deputy.called(station(waits_s=300, touched_s=IDLE_S + 1)) == ["1"]


def test_a_crowd_is_shared_and_the_first_is_left_to_the_person(deputy: Deputy) -> None:
    busy = station(waits_s=300, touched_s=1)
    assert deputy.called(busy | {"queue": ["1", "2", "3"]}) == []
    assert deputy.called(busy | {"queue": ["1", "2", "3", "4"]}) == ["2"]


def test_what_the_deputy_did_is_not_taken_for_the_person(deputy: Deputy) -> None:
    deputy.own.add("mine")
    assert deputy.called(station(waits_s=60, touched_s=1, fact="mine")) == ["1"]


def test_a_play_that_the_person_left_unfinished_is_finished(deputy: Deputy) -> None:
    assert deputy.called(station(waits_s=300, touched_s=100, playing="2")) == []
    assert deputy.called(station(waits_s=300, touched_s=UNFINISHED_S + 1, playing="2")) == ["2"]


@pytest.mark.parametrize(
    ("named", "wanted"), [("zh_CN.UTF-8", ("zh",)), ("en_GB.UTF-8", ("en",)), ("C", ("zh", "en")), ("", ("zh", "en"))]
)
def test_the_terminal_says_which_language_and_else_it_is_both(
    named: str, wanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", named)
    assert words.languages() == wanted
    assert words.line(words.RESULTS) == " / ".join(words.RESULTS[language] for language in wanted)


def test_each_printed_text_has_both_languages_and_the_same_values() -> None:
    texts = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, dict)]
    assert len(texts) > 15
    for text in texts:
        assert set(text) == {"zh", "en"}
        assert {part.split("}")[0] for part in text["zh"].split("{")[1:]} == {
            part.split("}")[0] for part in text["en"].split("{")[1:]
        }
