"""The right option told by its colour, or by being bold, underlined or highlighted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from base.languages import Words
from quizzes.exchange.paper.asked import Asked
from quizzes.exchange.reading import label_of
from quizzes.exchange.words import MULTIPLE, kind_of

# So much of an option has to be marked, and so many of the questions have to be marked the same way.
_WHOLE = 0.8
_MOST = 0.75


def by_colour(asked: Iterable[Asked]) -> None:
    """Take marked options as answers where no other answer is given, if most of a part's questions are marked so.

    A mark counts if it sets some options off from the others. Where two marks differ, nobody knows which is meant.
    """
    parts: dict[int, list[Asked]] = defaultdict(list)
    for item in asked:
        if item.options and not item.answers and not item.fault:
            parts[item.part].append(item)
    for items in parts.values():
        marked = [(item, _marked(item)) for item in items]
        # A mark on every option says nothing by itself; where it parts the options of most others, all are right.
        usual = {style for _, found in marked for style in found if _is_usual(style, marked)}
        for item, every in marked:
            found = {
                style: letters for style, letters in every.items() if len(letters) < len(item.options) or style in usual
            }
            said = {answer for style, answer in found.items() if style in usual}
            if len(said) == 1:
                item.answers.append(said.pop())
            elif len(said) > 1:
                item.fault = Words("Its options are marked in two ways; which is the answer is not clear.")
            elif found:
                item.fault = Words("An option is marked, but not as in the other questions; there is no other answer.")


def _is_usual(style: str, marked: Sequence[tuple[Asked, dict[str, str]]]) -> bool:
    bearing = [(item, found[style]) for item, found in marked if style in found]
    parting = sum(len(letters) < len(item.options) for item, letters in bearing)
    return len(bearing) >= _MOST * len(marked) and 2 * parting > len(marked)


def _marked(item: Asked) -> dict[str, str]:
    """Return for each mark the letters of the options that bear it; all of them only if several may be right."""
    found: dict[str, str] = {}
    for style in {mark for option in item.options for signs in option.styles for mark in signs}:
        letters = ""
        for place, option in enumerate(item.options, 1):
            solid = [marks for sign, marks in zip(option.text, option.styles, strict=False) if not sign.isspace()]
            if solid and sum(style in marks for marks in solid) >= _WHOLE * len(solid):
                letters += label_of(place)
        found[style.split()[0] if style.startswith("light") else style] = letters
    for style in {mark for option in item.options for mark in option.letter} - set(found):
        # Only the letters bear the mark.
        found[style] = "".join(
            label_of(place) for place, option in enumerate(item.options, 1) if style in option.letter
        )
    most = len(item.options) - (kind_of(item.kind) != MULTIPLE)
    return {style: letters for style, letters in found.items() if 0 < len(letters) <= most}
