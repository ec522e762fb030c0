"""Pictures as phones and scanners make them."""

import io

import pytest
from PIL import Image

from base.faults import FaultyInput
from maps.exchange.pictures import read_picture, small, upright

ORIENTATION, TURNED_RIGHT = 0x0112, 6


def photo(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture of 80 × 60, its left half dark."""
    image = Image.new("RGB", (80, 60), "white")
    image.paste("black", (0, 0, 40, 60))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def test_a_photo_taken_with_the_phone_on_its_side_is_turned_upright_and_forgets_the_camera() -> None:
    picture = upright(read_picture(photo(orientation=TURNED_RIGHT)))
    assert (picture.width, picture.height) == (60, 80)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (60, 80)
        assert image.getexif().get(ORIENTATION, 1) == 1
        grey = image.convert("L").tobytes()
    assert grey[30] < grey[-30] - 150, "what was left is on top"


def test_a_picture_that_stands_upright_stays_as_it_is_to_the_byte() -> None:
    data = photo()
    assert upright(read_picture(data)).data == data
    svg = read_picture(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"/>')
    assert upright(svg) is svg


def test_a_logo_is_drawn_anew_as_a_small_png() -> None:
    mark = small(read_picture(photo()), 40)
    assert (mark.media_type, mark.width, mark.height) == ("image/png", 40, 30)
    with Image.open(io.BytesIO(mark.data)) as image:
        assert image.format == "PNG"


def test_a_logo_that_could_hold_a_script_or_is_broken_is_refused() -> None:
    with pytest.raises(FaultyInput):
        small(read_picture(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"/>'), 40)
    whole = photo()
    with pytest.raises(FaultyInput):
        small(read_picture(whole[: len(whole) // 2]), 40)


@pytest.mark.parametrize(
    "size",
    [
        'width="1.2.3" height="6"',
        'width="." height="6"',
        'viewBox="0 0 inf inf"',
        'viewBox="0 0 1e-300 1e300"',
        'viewBox="0 0 nan 1"',
    ],
)
def test_a_drawing_whose_size_is_no_number_does_not_say_its_size(size: str) -> None:
    with pytest.raises(FaultyInput):
        read_picture(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())


def test_a_turned_photo_that_was_cut_short_is_refused() -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[ORIENTATION] = TURNED_RIGHT
    Image.effect_noise((200, 100), 90).save(out, "JPEG", exif=exif)
    picture = read_picture(out.getvalue()[:-4000])
    with pytest.raises(FaultyInput):
        upright(picture)
