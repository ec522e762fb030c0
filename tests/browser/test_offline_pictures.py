"""Questions with pictures on a phone without signal: sealed until the sign is scanned, and what it cannot carry."""

import base64
import io
import wave
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.hands import press, says
from tests.browser.house import House
from tests.browser.park import park_race, picture
from tests.browser.test_offline import NO_SIGNAL, SEALED_MS
from tests.factories import EGRET, SLUG

READY = {"zh": ".head-chips >> text=可离线", "en": ".head-chips >> text=Ready offline"}
SHOWS = "水边的一只白鸟"
WIDTH = 41
# Everything that the phone keeps of this race, as text: the bytes of files as they are, one character each.
STORED = """async () => {
    const text = (bytes) => Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) found.push(text(await (await cache.match(request)).arrayBuffer()));
    }
    const asked = (request) => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
        const database = await asked(indexedDB.open(name));
        for (const store of database.objectStoreNames)
            found.push(JSON.stringify(await asked(database.transaction(store).objectStore(store).getAll())));
        database.close();
    }
    return found;
}"""
LOADED = "image => image.decode().then(() => image.naturalWidth)"
HEARD = """sound => new Promise((done) => {
    if (sound.readyState > 0) done(true);
    sound.addEventListener("loadedmetadata", () => done(true));
})"""


def go_dark(page: Page, ready: str = READY["zh"]) -> None:
    """Walk into a dead spot, once the phone has said that it may."""
    page.wait_for_selector(ready, timeout=SEALED_MS)
    page.context.set_offline(True)


def noise(width: int, height: int) -> bytes:
    """A picture that nothing makes smaller."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def silence(size: int) -> bytes:
    """A sound of about so many bytes."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * size)
    return out.getvalue()


def address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def width_seen(page: Page) -> int:
    """Return how wide the question's picture is, once it is there and drawn."""
    width = page.locator(".question-image").evaluate(LOADED)
    assert isinstance(width, int)
    return width


def is_kept(page: Page, data: bytes) -> bool:
    """Tell whether anything stored on the phone holds these bytes, as they are or spelled as in a question."""
    middle = data[len(data) // 6 * 3 :][:60]  # a multiple of three bytes in: its spelling stands in that of the whole
    spelled = (base64.b64encode(middle).decode(), middle.decode("latin-1"))
    stored = page.evaluate(STORED)
    assert any('"boxes"' in text for text in stored), "the sealed questions are there"
    return any(part in text for part in spelled for text in stored)


def laid(house: House, *banks: dict[str, Any]) -> House:
    """The park race after the gun, these fields added to every question of its banks."""
    data = park_race()
    for bank, added in zip(data["banks"], banks, strict=True):
        for item in bank["questions"]:
            item.update(added)
    house.lay(SLUG, data, picture())
    house.open()
    house.desk.start()
    return house


def test_a_picture_is_seen_without_signal_and_only_after_the_scan(empty_house: House) -> None:
    """Before the scan nothing that is stored on the phone holds the picture in the clear."""
    data = noise(WIDTH, 30)
    house = laid(empty_house, {"image": address("image/png", data), "image_alt": SHOWS}, {})
    page = house.phone(EGRET, forgive=NO_SIGNAL)
    go_dark(page)
    assert not is_kept(page, data)
    house.scan(page, "32")
    assert width_seen(page) == WIDTH
    assert page.get_attribute(".question-image", "alt") == SHOWS
    says(page, "第 1 题，共 3 题")
    assert is_kept(page, data), "as it is once the sign has opened it: a reload goes on where it was"


def test_the_typed_code_opens_a_picture_too(empty_house: House) -> None:
    data = noise(WIDTH, 30)
    house = laid(empty_house, {"image": address("image/png", data), "image_alt": SHOWS}, {})
    page = house.phone(EGRET, forgive=NO_SIGNAL)
    go_dark(page)
    press(page)
    page.fill("#typed-code", house.desk.keys.typed("32"))
    press(page)
    assert width_seen(page) == WIDTH


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("有信号才看得到", "有信号才听得到", f"图上：{SHOWS}")), ("en", ("picture comes with signal",))],
)
def test_what_a_phone_cannot_carry_is_said_in_its_place_and_comes_with_signal(
    empty_house: House, language: str, words: tuple[str, ...]
) -> None:
    """Seven questions of 270 kB each at one checkpoint: five are whole, two have their words alone."""
    heavy = {"image": address("image/png", noise(170, 170)), "sound": address("audio/wav", silence(190_000))}
    house = laid(empty_house, {}, {**heavy, "image_alt": SHOWS})
    page = house.phone(EGRET, forgive=NO_SIGNAL)
    page.context.add_cookies([{"name": "lang", "value": language, "url": house.base}])
    page.reload()
    go_dark(page, READY[language])
    house.scan(page, "35")
    page.wait_for_selector(".question-text")
    bare = []
    for number in range(7):
        page.click(f".step:nth-child({number + 1})")
        page.wait_for_selector(f".step:nth-child({number + 1})[aria-current=step]")
        if page.locator(".question-awaited").count():
            assert page.locator(".question-image, .question-sound").count() == 0
            bare.append(number)
        else:
            assert width_seen(page) == 170
            assert page.locator(".question-sound").evaluate(HEARD)
    assert bare == [5, 6]
    for part in words:
        says(page, part)
    page.context.set_offline(False)
    assert width_seen(page) == 170
    assert page.locator(".question-awaited").count() == 0
