"""The project's own printed signs, held in front of the browser's camera."""

import re
import time
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from tests.browser.house import House
from tests.fixtures_pages import CAMERA

FRAME = (1280, 720)
FRAMES = 5
# The browser lets go of a camera a moment after its page has; opened again sooner, it would show the picture before.
CLOSES_S = 0.8


def printed_signs(house: House) -> dict[str, Image.Image]:
    """Print all signs as an organizer does, and return each checkpoint's by its code."""
    file = house.folder / "signs.pdf"
    done = house.waypost("print", house.desk.keys.race.slug, "--what", "posters", "-o", str(file))
    assert done.returncode == 0, done.stderr
    by_key = {house.desk.keys.sign(code): code for code in house.desk.keys.setup.checkpoints}
    signs: dict[str, Image.Image] = {}
    for page in pypdfium2.PdfDocument(file):
        sheet = page.render(scale=1.5).to_pil().convert("RGB")
        (found,) = zxingcpp.read_barcodes(sheet)
        signs[by_key[found.text.rsplit("/", 1)[-1]]] = sheet
    return signs


def first_card(house: House) -> Image.Image:
    """Print the teams' cards and return the first."""
    file = house.folder / "cards.pdf"
    done = house.waypost("print", house.desk.keys.race.slug, "--what", "cards", "-o", str(file))
    assert done.returncode == 0, done.stderr
    sheet: Image.Image = pypdfium2.PdfDocument(file)[0].render(scale=3).to_pil().convert("RGB")
    return sheet.crop((0, 0, sheet.width // 2, sheet.height // 2))


def hold(*pictures: Image.Image) -> None:
    """Hold pictures in front of the camera, one after the other: what it sees when it is opened next."""
    time.sleep(CLOSES_S)
    CAMERA.write_bytes(b"".join(_frame(picture) * FRAMES for picture in pictures))


def _frame(picture: Image.Image) -> bytes:
    seen = picture.convert("RGB")
    scale = min(FRAME[0] / seen.width, FRAME[1] / seen.height) * 0.9
    seen = seen.resize((round(seen.width * scale), round(seen.height * scale)))
    frame = Image.new("RGB", FRAME, (96, 120, 88))
    frame.paste(seen, ((FRAME[0] - seen.width) // 2, (FRAME[1] - seen.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=90)
    return jpeg.getvalue()


def codes_on(page: Page) -> list[Image.Image]:
    """Return the codes that a team's phone shows one after the other."""
    code = page.locator(".carry-code")
    code.wait_for()
    number = int(re.findall(r"\d+", str(code.get_attribute("aria-label")))[-1])
    shown: list[Image.Image] = []
    for _ in range(number):
        shown.append(Image.open(BytesIO(code.screenshot())))
        if number > 1:
            page.click(".carry-which button")
    return shown
