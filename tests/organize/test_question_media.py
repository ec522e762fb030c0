"""A picture and a sound on a question's own page: sent, made small, replaced, taken away; what is refused, in words."""

import base64
import io
import struct
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.organize.test_task_pages import seen_of_page
from tests.phones import csrf

EDIT = f"/organize/{SLUG}/questions/edit/wetland"
PLACE = b"N39.9042"


def photo(width: int = 3000, height: int = 2000) -> bytes:
    """A camera's photo, held sideways, that notes its maker and a place."""
    noted = Image.Exif()
    noted[0x0112] = 6
    noted[0x010F] = PLACE.decode()
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", exif=noted)
    return out.getvalue()


def wav(samples: int = 800) -> bytes:
    head = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"LIST" + struct.pack("<I", len(PLACE)) + PLACE + b"fmt " + struct.pack("<I", 16) + head
    body += b"data" + struct.pack("<I", samples) + b"\x80" * samples
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def box(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I4s", len(held) + 8, kind) + held


def m4a(track: bytes = b"soun mp4a") -> bytes:
    return box(b"ftyp", b"M4A ") + box(b"moov", box(b"trak", track_box(track)) + box(b"udta", PLACE))


def track_box(track: bytes) -> bytes:
    return box(b"mdia", track)


def mp3() -> bytes:
    labels = b"ID3\x04\x00\x00" + bytes((0, 0, 0, len(PLACE))) + PLACE
    return labels + b"\xff\xfb\x50\xc4" + bytes(400) + b"TAG" + PLACE.ljust(125, b"\0")


@pytest.fixture
def first(small: SmallRace) -> str:
    return small().setup.banks["wetland"].questions[0].id


def send(browser: FlaskClient, name: str, **given: Any) -> Any:
    page = browser.get(EDIT, query_string={"question": name, "lang": "zh"}).text
    data = {"csrf_token": csrf(browser, "/organize/"), "seen": seen_of_page(page), "text": "这是谁？", **given}
    data |= {"choice_0": "白鹭", "choice_1": "苍鹭", "right": "0"}
    data = {part: FileStorage(*value) if isinstance(value, tuple) else value for part, value in data.items()}
    body, _, edge = stream_encode_multipart(data, threshold=2**30)
    query = {"question": name, "lang": "zh"}
    return browser.post(
        EDIT, query_string=query, data=body.read(), content_type=f"multipart/form-data; boundary={edge}"
    )


def kept(small: SmallRace, part: str) -> bytes:
    address = str(getattr(small().setup.banks["wetland"].questions[0], part))
    return base64.b64decode(address.partition(",")[2])


def test_a_photo_comes_upright_small_and_without_what_the_camera_noted(
    organizer: FlaskClient, small: SmallRace, first: str
) -> None:
    sent = send(organizer, first, image=(io.BytesIO(photo()), "鹭.jpg"), image_alt="水边的一只白鸟")
    assert sent.status_code == 302, sent.text
    data = kept(small, "image")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.height > picture.width, "the camera was held sideways"
        assert max(picture.size) <= 1200
        assert not picture.getexif()
    assert PLACE not in data
    assert len(data) < 100_000
    question = small().setup.banks["wetland"].questions[0]
    assert question.image_alt == "水边的一只白鸟"
    page = organizer.get(EDIT, query_string={"question": first, "lang": "zh"}).text
    assert 'alt="水边的一只白鸟"' in page


def test_what_is_there_stays_until_it_is_replaced_or_taken_away(
    organizer: FlaskClient, small: SmallRace, first: str
) -> None:
    send(organizer, first, image=(io.BytesIO(photo(60, 40)), "a.jpg"), sound=(io.BytesIO(wav()), "a.wav"))
    before = kept(small, "image")
    assert send(organizer, first, image_alt="甲").status_code == 302
    assert kept(small, "image") == before
    send(organizer, first, image=(io.BytesIO(photo(90, 30)), "b.jpg"))
    assert kept(small, "image") != before
    send(organizer, first, without_image="1", image_alt="甲")
    question = small().setup.banks["wetland"].questions[0]
    assert (question.image, question.image_alt) == (None, "")
    assert question.sound
    send(organizer, first, without_sound="1")
    assert small().setup.banks["wetland"].questions[0].sound is None


@pytest.mark.parametrize(("data", "kind"), [(mp3(), "mpeg"), (m4a(), "mp4"), (wav(), "wav")], ids=["mp3", "m4a", "wav"])
def test_a_sound_is_known_by_its_bytes_and_loses_what_was_noted_in_it(
    organizer: FlaskClient, small: SmallRace, first: str, data: bytes, kind: str
) -> None:
    assert PLACE in data
    sent = send(organizer, first, sound=(io.BytesIO(data), "鸟叫.txt"))
    assert sent.status_code == 302, sent.text
    assert str(small().setup.banks["wetland"].questions[0].sound).startswith(f"data:audio/{kind};base64,")
    assert PLACE not in kept(small, "sound")


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("image", photo(6000, 5000), "图片太大"),
        ("image", b"\x89PNG\r\n\x1a\n" + b"?" * 100, "图片不是"),
        ("image", photo(60, 40)[:300], "图片不是"),
        ("image", bytes(12_000_001), "图片太大"),
        ("sound", wav(250_000), "200 KB"),
        ("sound", b"OggS" + bytes(100), "MP3"),
        ("sound", m4a(b"vide mp4a"), "MP3"),
        ("sound", b"RIFF", "MP3"),
    ],
    ids=["pixels", "broken", "cut short", "bytes", "long", "ogg", "film", "stub"],
)
def test_what_phones_cannot_show_or_play_is_refused_in_words_and_nothing_changes(
    organizer: FlaskClient, small: SmallRace, first: str, part: str, data: bytes, said: str
) -> None:
    before = small().setup.banks["wetland"].questions[0]
    sent = send(organizer, first, **{part: (io.BytesIO(data), "a.mp3")})
    assert sent.status_code == 400
    assert said in sent.text
    assert "这是谁？" in sent.text, "what was typed is still there"
    assert small().setup.banks["wetland"].questions[0] == before
