"""What a test sees of a page: axe-core, a ruler, and a reader of either language."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.house import LAPTOP, PHONE

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# The four looks of a page: each state is shown once and looked at in all of them.
SIZES = (PHONE, LAPTOP)
SCHEMES = ("light", "dark")
# Of what axe looks for, the scheme changes the colours alone, and the language never the colours. Measuring those takes
# longer than all the rest. Nothing is fetched anew: the rules that need it look at what no page of ours has.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
SHAPES = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
RULES = {"light": EVERYTHING, "dark": EVERYTHING | {"runOnly": ["color-contrast"]}}
# Only what is said of a fault comes back: axe tells of all that was well, too, and that is a long letter each time.
RUN = """rules => axe.run(document, rules).then(({ violations }) => violations.map(({ id, nodes: [first] }) =>
    [id, first.target, first.failureSummary]))"""

# What has no Chinese: names of formats, systems and programs, units, and the words the race itself was given.
ALLOWED = {
    *("English", "Waypost", "Excel", "Word", "PDF", "CSV", "XML", "JSON", "KML", "GPX", "GPS", "JPEG", "PNG", "WebP"),
    *("SVG", "WGS", "GCJ", "BD", "EPSG", "Aiken", "GIFT", "Moodle", "IOF", "jgw", "pgw", "tfw", "kml", "gpx", "xlsx"),
    *("Markdown", "QTI", "test", "GIF", "MP3", "M4A", "WAV", "kbit"),
    *("WAYPOST_PUBLIC_URL", "http", "https", "localhost", "OCAD", "Purple", "Pen", "PPEN", "ppen", "KMZ", "CourseData"),
}
UNLABELLED = """
() => [...document.querySelectorAll("input:not([type=hidden], [aria-hidden=true]), select, textarea")]
  .filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby"))
  .map((field) => field.outerHTML.slice(0, 120))
"""
# The words of the page itself: not what the race is called by people, who write in their own language.
OWN_WORDS = """
() => [...document.querySelectorAll("h1, h2, legend, label, button, summary, thead th, .lead, .about, .way-title")]
  .map((part) => part.innerText)
"""


class Looker:
    """Looks at a page in every size and scheme, and keeps what it finds."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: list[str] = []

    def look(
        self,
        page: Page,
        state: str,
        sizes: tuple[tuple[int, int], ...] = SIZES,
        schemes: tuple[str, ...] = SCHEMES,
        *,
        colours: bool = True,
    ) -> None:
        """Look at the page as it stands, without its `colours` if they were seen in another language."""
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE)
            page.evaluate("axe.configure({ noHtml: true })")  # nobody reads what an element looks like in HTML
        language = page.get_attribute("html", "lang")
        kept = page.viewport_size
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                name = f"{state} {language} {width} {scheme}"
                self.seen.append(name)
                found = page.evaluate(RUN, RULES[scheme] if colours else SHAPES)
                self.found += [f"{name}: {rule} {target} {summary[:300]}" for rule, target, summary in found]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.found.append(f"{state} {language} {width}: scrolls sideways")
        if kept:
            page.set_viewport_size(kept)

    def read(self, page: Page, state: str, named: str) -> None:
        """Read the page: one title, a label for each field, no word in the other language but what is `named`."""
        if (heads := page.locator("h1").count()) != 1:
            self.found.append(f"{state}: {heads} h1")
        self.found += [f"{state}: no label for {field}" for field in page.evaluate(UNLABELLED)]
        self.found += [f"{state}: {word}" for word in words_out_of_place(page, named)]


def words_out_of_place(page: Page, named: str) -> list[str]:
    """Return what of the page's own words is in the other language; `named` is all that the race was given as names."""
    if page.get_attribute("html", "lang") != "en":
        found = re.findall(r"(?<![\w/.@-])[A-Za-z][A-Za-z_]{2,}(?![\w@])", page.inner_text("body"))
        return sorted({word for word in found if word not in ALLOWED and word not in named})
    found = [run for words in page.evaluate(OWN_WORDS) for run in re.findall(r"[\u4e00-\u9fff]+", words)]
    return sorted({run for run in found if run not in named and run != "中文"})
