"""Paper: our Typst templates filled with data, set in our own fonts, as one PDF.

The work holds a processor for up to a second, so under gevent the caller runs it in the thread pool.
"""

import base64
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from base import fonts
from base.languages import Words

TEMPLATES = fonts.ROOT / "templates" / "print"


class PrintingFailed(Exception):  # noqa: N818  it reads as what happened
    """Raised where no page came out; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class NothingToPrint(PrintingFailed):
    """Raised where nothing is there to be printed yet; `words` say what it waits for."""


def compile(template: Path, data: Mapping[str, Any]) -> bytes:  # noqa: A001  Typst's own word; called as pdf.compile
    """Return `template` filled with `data` as a PDF. The template reads it as JSON from `sys.inputs.data`.

    Templates read files of their own folder only, and import no packages from elsewhere. Raises `PrintingFailed`.
    """
    return _at_true_size(_compile(template, data, "pdf"))


def picture(template: Path, data: Mapping[str, Any], dots_per_inch: int = 200) -> bytes:
    """Return the one page of `template`, filled as for `compile`, as a PNG. Raises `PrintingFailed`."""
    return _compile(template, data, "png", dots_per_inch)


def drawable(media_type: str, data: bytes, width: float, height: float) -> str:
    """Return a picture of so many units a side as an SVG around it: so it goes to a template among its words."""
    held = base64.b64encode(data).decode()
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'>"
        f"<image width='{width}' height='{height}' href='data:{media_type};base64,{held}'/></svg>"
    )


def _compile(template: Path, data: Mapping[str, Any], form: Literal["pdf", "png"], dots_per_inch: int = 72) -> bytes:
    if lacking := fonts.absent():
        raise PrintingFailed(
            Words("%(count)s fonts for printing are missing. Run: make install", {"count": len(lacking)})
        )
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made = typst.compile(
            template, root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs, format=form, ppi=dots_per_inch
        )
    except typst.TypstError as error:
        about = {"template": template.name, "reason": error.message}
        raise PrintingFailed(Words("The page %(template)s could not be set: %(reason)s", about)) from error
    assert isinstance(made, bytes)  # one page, so no list of them
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts.folders()))


def _at_true_size(made: bytes) -> bytes:
    """Ask print dialogues not to shrink the page, which Typst cannot say itself.

    Its catalogue is the last object of the file, so words added there move only the table of addresses behind it.
    """
    preferences, scaling = b"/ViewerPreferences<<", b"/PrintScaling/None"
    at = made.rfind(preferences)
    tail = made.rfind(b"\nstartxref\n")
    table = made.rfind(b"\nxref\n", 0, tail) + 1
    if not 0 < made.rfind(b"/Type/Catalog") < at < table:
        return made
    at += len(preferences)
    return made[:at] + scaling + made[at:tail] + b"\nstartxref\n%d\n%%%%EOF" % (table + len(scaling))
