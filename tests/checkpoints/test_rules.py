from dataclasses import replace

from checkpoints.model import Checkpoint
from checkpoints.rules import sign_code, sign_key, station_key
from tests.factories import SECRET

BRIDGE = Checkpoint("31", "31", name="木桥")


def test_a_printed_sign_outlives_a_new_number_and_a_new_name() -> None:
    renamed = replace(BRIDGE, code="131", name="石桥", points=50)
    assert sign_key(SECRET, renamed) == sign_key(SECRET, BRIDGE)
    assert sign_code(SECRET, renamed) == sign_code(SECRET, BRIDGE)
    assert station_key(SECRET, renamed) == station_key(SECRET, BRIDGE)


def test_a_sign_that_was_photographed_is_replaced_by_a_new_version() -> None:
    new = replace(BRIDGE, sign_version=2)
    assert sign_key(SECRET, new) != sign_key(SECRET, BRIDGE)
    assert sign_code(SECRET, new) != sign_code(SECRET, BRIDGE)
    assert station_key(SECRET, new) == station_key(SECRET, BRIDGE)


def test_a_sign_does_not_open_its_station_and_no_two_checkpoints_share_a_key() -> None:
    others = [Checkpoint(code, code) for code in ("1", "3", "11", "31", "131")]
    keys = [key(SECRET, item) for item in others for key in (sign_key, station_key, sign_code)]
    assert len(set(keys)) == len(keys)
