"""What receipts tell the jury, and that they never refuse a record."""

import hashlib
import json
from typing import Any

import pytest

from base.sealing import lock_of_key
from checkpoints.rules import sign_key
from race.forms.records import make_anchor
from race.live.race import LiveRace
from race.rules.flags import Flag, flags_of_race
from race.rules.receipts import canonical_line, proof_of
from race.rules.sealing import salt_of
from tests.fixtures_app import SmallRace
from tests.phones import Desk, Phone, record

MINUTE = 60_000


class Chain:
    """A phone that stamps its records: each a minute after the one before, by both of its clocks."""

    def __init__(self, live: LiveRace) -> None:
        self.live = live
        self.seq, self.prev, self.wall, self.mono = 0, "", live.gun or 0, 5_000

    def stamp(self, code: str, *, back_ms: int = 0, skip: int = 0, anchor: str | None = None, **over: Any) -> Any:
        """A punch with its receipt; `over` puts something else into the receipt after it was proven."""
        self.seq += 1 + skip
        self.wall += MINUTE - back_ms
        self.mono += MINUTE
        setup, secret = self.live.setup, self.live.race.secret
        sign = sign_key(secret, setup.checkpoints[code])
        clocks = {"seq": self.seq, "prev": self.prev, "wall": self.wall, "mono": self.mono, "origin": self.wall}
        receipt = {"device": "a1b2c3d4e5f6", **clocks, "origin": 1_777_000_000_000}
        punch = record("punch", key=sign, at=self.wall, anchor=anchor)
        line = canonical_line(punch["id"], "punch", punch["at"], {**receipt, "anchor": anchor})
        self.prev = hashlib.sha256(line.encode()).hexdigest()
        proof = proof_of(line, lock_of_key(sign, salt_of(secret)).key)
        return {**punch, "receipt": {**receipt, "mac": proof, **over}}


@pytest.fixture
def phone(desk: Desk) -> Phone:
    """白鹭's phone; the gun was fired an hour ago."""
    desk.stage("race")
    joined = desk.phone("1")
    desk.act("gun", at=joined.play()["server_time"] - 60 * MINUTE)
    return joined


@pytest.fixture
def chain(phone: Phone, small: SmallRace) -> Chain:
    """A phone's receipts from the gun on."""
    assert phone.token
    return Chain(small())


def flags(small: SmallRace) -> list[Flag]:
    """What the jury's list shows."""
    live = small()
    return flags_of_race(live.setup, live.whole, live.runs, live.standings(fresh=True), live.facts)


def codes(small: SmallRace) -> list[str]:
    """The codes of what it shows."""
    return [flag.code for flag in flags(small)]


def test_a_sound_chain_says_nothing(phone: Phone, chain: Chain, small: SmallRace) -> None:
    results = phone.report(*[chain.stamp(code) for code in ("31", "32", "33")])
    assert [result["verdict"] for result in results] == ["accepted"] * 3
    assert codes(small) == []
    assert all(fact.body["receipt"]["proven"] for fact in small().facts["1"] if fact.kind == "punch")


def test_batches_that_overtake_each_other_are_the_same_chain(phone: Phone, chain: Chain, small: SmallRace) -> None:
    first, second, third = [chain.stamp(code) for code in ("31", "32", "33")]
    phone.report(third, first)
    assert codes(small) == ["gap"]
    phone.report(second)
    assert codes(small) == []


def test_a_gap_is_a_flag_with_how_many_are_missing(phone: Phone, chain: Chain, small: SmallRace) -> None:
    results = phone.report(chain.stamp("31"), chain.stamp("32", skip=2))
    assert {result["verdict"] for result in results} == {"accepted"}
    [flag] = flags(small)
    assert (flag.code, flag.words.arguments["count"], len(flag.facts)) == ("gap", 2, 2)


@pytest.mark.parametrize(
    ("over", "code"), [({"prev": "0" * 64}, "chain"), ({"mac": "0" * 64}, "proof"), ({"seq": 1}, "chain")]
)
def test_what_was_changed_is_a_flag(
    phone: Phone, chain: Chain, small: SmallRace, over: dict[str, Any], code: str
) -> None:
    phone.report(chain.stamp("31"), chain.stamp("32", **over))
    assert code in codes(small)
    assert set(small().runs["1"].visits) == {"31", "32"}


def test_a_clock_set_back_is_a_flag_and_a_small_step_is_none(phone: Phone, chain: Chain, small: SmallRace) -> None:
    phone.report(chain.stamp("31"), chain.stamp("32", back_ms=30_000))
    assert codes(small) == []
    phone.report(chain.stamp("33", back_ms=40 * MINUTE))
    [flag] = flags(small)
    assert (flag.code, flag.words.arguments["seconds"]) == ("clock", 2400)


def test_long_without_signal_is_one_flag_for_all_punches_of_that_window(
    phone: Phone, chain: Chain, small: SmallRace
) -> None:
    anchor = make_anchor(small().race.secret, (small().gun or 0) + 1000)
    phone.report(chain.stamp("31", anchor=anchor), chain.stamp("32", anchor=anchor))
    [flag] = flags(small)
    assert (flag.code, flag.words.arguments["count"], flag.words.arguments["minutes"]) == ("offline", 2, 59)


@pytest.mark.parametrize(
    "receipt", ["x", {}, {"device": 1}, {"seq": -1}, {"wall": 1.5}, {"prev": "x"}, {"mac": "é" * 9000}]
)
def test_a_receipt_that_cannot_be_read_refuses_nothing(phone: Phone, chain: Chain, receipt: Any) -> None:
    punch = chain.stamp("31")
    broken = {**punch["receipt"], **receipt} if isinstance(receipt, dict) and receipt else receipt
    assert phone.report({**punch, "receipt": broken})[0]["verdict"] == "accepted"


def test_a_record_sent_again_with_another_receipt_is_the_same(phone: Phone, chain: Chain) -> None:
    """The storage was wiped and the record came back from the server's team card: its chain is a new one."""
    punch = chain.stamp("31")
    phone.report(punch)
    again = {**punch, "receipt": {**punch["receipt"], "device": "000000000001"}}
    assert phone.report(again)[0]["verdict"] == "accepted"


def test_the_line_is_what_javascript_writes() -> None:
    receipt = {"seq": 1, "prev": "", "wall": 2, "mono": 3, "origin": 4, "anchor": None}
    line = canonical_line("纸", "punch", 5, receipt)
    assert line == '["纸","punch",5,null,1,"",2,3,4]'
    assert json.loads(line)[0] == "纸"
