"""The pictures of a Word document: which parts of its zip they are, and what of a drawing is none that can be read."""

import re
from collections.abc import Iterator, Mapping

from base.xml import Element

LINKS = "word/_rels/document.xml.rels"
# The parts that may be pictures, of whatever kind: what is none is refused by its bytes.
MEDIA = re.compile(r"\.(?!(?:xml|rels|bin|vml)$)[a-z]{2,5}$", re.IGNORECASE)
_OTHERS = {"chart", "relIds", "OLEObject"}


def linked(links: Element | None) -> dict[str, str]:
    """Return the part that each id of a document's links means. What lies outside the document keeps an address."""
    found: dict[str, str] = {}
    for link in links.all("Relationship") if links else ():
        target = link.attributes.get("Target", "")
        if link.attributes.get("TargetMode") == "External":
            target = target if "://" in target else f"file://{target}"
        else:
            target = target.removeprefix("/") if target.startswith("/") else f"word/{target}"
        found[link.attributes.get("Id", "")] = target
    return found


def pictures_in(drawing: Element, links: Mapping[str, str], faults: set[str]) -> list[str]:
    """Return the names of a drawing's pictures, those in its text boxes aside; note what cannot be read.

    An object of another program shows a picture of itself: a formula stays a formula, of any other nothing is taken.
    """
    parts = list(_outside_boxes(drawing))
    objects = [part for part in parts if part.name in _OTHERS]
    if any(part.attributes.get("ProgID", "").startswith(("Equation", "MathType")) for part in objects):
        faults.add("formula")
    elif objects:
        faults.add("picture")
    if objects:
        return []
    ids = [
        part.attributes.get("embed") or part.attributes.get("id") or part.attributes.get("link", "")
        for part in parts
        if part.name in ("blip", "imagedata")
    ]
    # Word keeps what is cropped away and draws a turned picture itself; the file holds neither.
    if any(part.name == "srcRect" and _changed(part, "l", "t", "r", "b") for part in parts) or any(
        part.name == "xfrm" and _changed(part, "rot", "flipH", "flipV") for part in parts
    ):
        faults.add("cropped")
    if "" in ids:
        faults.add("picture")
    return [links.get(name, f"file://{name}") for name in ids if name]


def _changed(part: Element, *names: str) -> bool:
    return any(part.attributes.get(name, "0") not in ("0", "false") for name in names)


def outermost(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name that stand in no other of that name."""
    for child in element.children:
        if child.name == name:
            yield child
        else:
            yield from outermost(child, name)


def _outside_boxes(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name != "txbxContent":
            yield child
            yield from _outside_boxes(child)
