"""Where a picture's corners lie: the two that follow from two others, made-up ones, and what looks wrong with them."""

import math
from collections.abc import Sequence

from base.languages import Words
from maps.model import Fit, Position
from maps.rules import distance_m, rounded, to_pixel, to_position

# A picture that nobody measured lies on the sea, where no park is, and counts as so wide.
_NOWHERE = Position(0.0, 0.0)
_WIDTH_M = 1000.0
_METRES_A_DEGREE = 111_320.0
_WIDEST_M = 10_000
_NARROWEST_M = 50
# How far the shape on the ground may be from the picture's own before it is worth a word.
_SKEW = 0.15

Corners = tuple[Position, Position, Position, Position]


def north_up(top_left: Position, bottom_right: Position) -> Corners:
    """Return the four corners of a picture whose top is north, from two opposite ones."""
    return (
        top_left,
        Position(top_left.lat, bottom_right.lon),
        bottom_right,
        Position(bottom_right.lat, top_left.lon),
    )


def made_up(width: float, height: float) -> Corners:
    """Return corners for a picture of this size that nobody measured: only to have somewhere to put checkpoints."""
    right, down = _WIDTH_M / 2 / _METRES_A_DEGREE, _WIDTH_M * height / width / 2 / _METRES_A_DEGREE
    return north_up(
        rounded(Position(_NOWHERE.lat + down, _NOWHERE.lon - right)),
        rounded(Position(_NOWHERE.lat - down, _NOWHERE.lon + right)),
    )


def sides_m(corners: Sequence[Position]) -> tuple[int, int, int, int]:
    """Return the lengths of the top, right, bottom and left side in whole metres."""
    top, right, bottom, left = (
        round(distance_m(corners[one], corners[other])) for one, other in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    return top, right, bottom, left


def doubts(corners: Sequence[Position], width: float, height: float) -> list[Words]:
    """Say what looks wrong with corners that could be right; `width` and `height` are the picture's."""
    top, right, bottom, left = sides_m(corners)
    across, down = (top + bottom) / 2, (right + left) / 2
    found = []
    if max(across, down) > _WIDEST_M:
        words = Words(
            "The picture would be %(kilometres)s km wide. Is a figure wrong?",
            {"kilometres": round(max(across, down) / 1000)},
        )
        found.append(words)
    elif min(across, down) < _NARROWEST_M:
        words = Words(
            "The picture would be %(metres)s m wide. Is a figure wrong?", {"metres": round(min(across, down))}
        )
        found.append(words)
    if across and down and abs(math.log((across / down) / (width / height))) > _SKEW:
        found.append(
            Words("On the ground it would have another shape than the picture: it would be squeezed or stretched.")
        )
    return found


def lies_on(position: Position, found: Fit, width: float, height: float) -> bool:
    """Tell whether a position lies on a picture or close beside it."""
    x, y = to_pixel(found, position)
    return -width <= x <= 2 * width and -height <= y <= 2 * height


def carried(position: Position, before: Fit, after: Fit) -> Position:
    """Return where a checkpoint lies when its picture is placed anew and it stays where it is on the picture."""
    return rounded(to_position(after, *to_pixel(before, position)))
