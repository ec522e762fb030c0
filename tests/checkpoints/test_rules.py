from dataclasses import replace

from checkpoints.model import Checkpoint
from checkpoints.rules import pins, sign_code, sign_key, station_key
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


def test_a_checkpoint_pricks_the_same_pins_on_paper_as_on_the_phone() -> None:
    """The same codes and places stand in tests/client/pins.test.ts."""
    assert pins("31") == [1, 6, 7, 10, 11, 14, 15]
    assert pins("101") == [4, 5, 6, 8, 9, 13, 15]
    assert pins("S1") == [1, 6, 8, 9, 10, 14, 15]
