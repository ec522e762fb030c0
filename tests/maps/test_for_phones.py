"""The map's picture as phones are given it: light enough for a weak cell, and true to the same corners."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from maps.exchange.pictures import PHONE_BYTES, PHONE_SIDE, for_phones, read_picture
from maps.live import Shown
from maps.model import Picture
from tests.maps.test_exchange import ORIENTATION, TURNED_RIGHT, photo

# In thousandths of the sheet, from its top left corner.
MARK = (250, 600)


def sheet(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    """A scanned map with the grain of paper, and a black square that lies at MARK."""
    image = Image.effect_noise((width, height), 60).convert("RGB").point(lambda grey: 128 + grey // 2)
    x, y, half = width * MARK[0] // 1000, height * MARK[1] // 1000, width // 50
    image.paste("black", (x - half, y - half, x + half, y + half))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def mark_in(picture: Picture) -> tuple[float, float]:
    """Where the middle of the black square lies now, in thousandths."""
    with Image.open(io.BytesIO(picture.data)) as image:
        assert [*image.size] == [picture.width, picture.height]
        box = image.convert("L").point(lambda grey: 255 if grey < 60 else 0).getbbox()
    assert box
    return (box[0] + box[2]) * 500 / picture.width, (box[1] + box[3]) * 500 / picture.height


@pytest.mark.parametrize(("width", "height", "kind"), [(3400, 2400, "JPEG"), (1500, 2600, "PNG"), (1200, 900, "PNG")])
def test_a_large_scan_is_made_light_and_everything_stays_where_it_lay(width: int, height: int, kind: str) -> None:
    whole = read_picture(sheet(width, height, kind))
    small = for_phones(whole)
    assert len(small.data) <= PHONE_BYTES < len(whole.data)
    assert max(small.width, small.height) <= PHONE_SIDE
    assert small.width / small.height == pytest.approx(width / height, rel=0.003)
    assert mark_in(small) == pytest.approx(MARK, abs=2)


def test_a_plain_large_picture_keeps_all_the_sharpness_there_is_room_for() -> None:
    out = io.BytesIO()
    Image.new("P", (4000, 3000), 3).save(out, "PNG")
    small = for_phones(read_picture(out.getvalue()))
    assert (small.width, small.height) == (2000, 1500)


def test_what_is_see_through_lies_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (2400, 1200), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(for_phones(read_picture(out.getvalue())).data)) as image:
        assert min(image.convert("L").tobytes()) > 250


def test_a_photo_lies_as_browsers_turn_it() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    small = for_phones(read_picture(sheet(2600, 1500, exif=exif)))
    assert small.width < small.height


@pytest.mark.parametrize(
    "data",
    [
        photo(),
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 6000"/>',
        sheet(2400, 1600)[:300_000],
    ],
    ids=["small enough", "a drawing", "cut short"],
)
def test_others_stay_as_they_are(data: bytes) -> None:
    picture = read_picture(data)
    assert for_phones(picture) is picture


def test_a_picture_is_drawn_once_and_read_again_only_when_the_race_was_edited() -> None:
    first, second = (read_picture(sheet(2300, size)) for size in (900, 1000))
    stored, read, worked = [first], [0], [0]

    def load() -> Picture:
        read[0] += 1
        return stored[0]

    def outside(work: Callable[[], Picture | None]) -> Picture | None:
        worked[0] += 1
        return work()

    shown = Shown(outside, for_phones)
    name = shown.digest(1, ("secret", 5), load)
    small = shown.picture(1, ("secret", 5), load)
    assert small == for_phones(first)
    assert [shown.picture(1, ("secret", 5), load) for _ in range(3)] == [small] * 3
    assert (read[0], worked[0]) == (2, 2), "once to name it, once to draw it"
    assert shown.digest(1, ("secret", 6), load) == name
    assert shown.picture(1, ("secret", 6), load) is small
    stored[0] = second
    assert shown.digest(1, ("secret", 7), load) != name
    assert shown.picture(1, ("secret", 7), load) == for_phones(second)
