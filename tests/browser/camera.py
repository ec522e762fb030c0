"""The project's own printed signs, held in front of the browser's camera."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

from tests.browser.house import House
from tests.fixtures_pages import CAMERA

FRAME = (1280, 720)
FRAMES = 5


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


def hold(picture: Image.Image) -> None:
    """Hold a picture in front of the camera: what it sees when it is opened next."""
    seen = picture.convert("RGB")
    seen.thumbnail((FRAME[0] * 9 // 10, FRAME[1] * 9 // 10))
    frame = Image.new("RGB", FRAME, (96, 120, 88))
    frame.paste(seen, ((FRAME[0] - seen.width) // 2, (FRAME[1] - seen.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=90)
    CAMERA.write_bytes(jpeg.getvalue() * FRAMES)
