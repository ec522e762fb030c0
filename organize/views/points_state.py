"""What the editor of checkpoints is given: each checkpoint with its tasks in words, the map, and what can be chosen."""

from collections.abc import Mapping
from typing import Any

from base.languages import Words
from base.web import tell
from checkpoints.model import CheckpointKind
from games.templates import TEMPLATES
from organize.forms.fields import in_language, seen_of
from organize.forms.points import place_text
from organize.rules.points import in_order
from organize.rules.tasks import OWN, TEMPLATE
from organize.rules.tasks import lacking as lacking_tasks
from organize.rules.telling import quiz_words
from organize.views.frame import needs_reason
from race.live.race import LiveRace
from race.views.shapes import words_of

Data = dict[str, Any]


def editor_state(live: LiveRace, data: Mapping[str, Any]) -> Data:
    """Return the state of the editor, as client/desk/places/model.ts has it."""
    lacking = set(lacking_tasks(live.setup))
    return {
        "slug": live.race.slug,
        "revision": live.revision,
        "reason": needs_reason(live),
        "map": _map(live, data),
        "points": [point_json(item, lacking) for item in in_order(data.get("checkpoints", []))],
        "quizzes": quizzes(live),
        "games": games(data),
    }


def _map(live: LiveRace, data: Mapping[str, Any]) -> Data | None:
    park = data.get("map", {})
    if live.picture_size is None or not park.get("corners"):
        return None
    width, height = live.picture_size
    return {
        "name": park.get("image", ""),
        "image": f"/r/{live.race.slug}/map?v={live.set_up_at}",
        "width": width,
        "height": height,
        "corners": park["corners"],
        "measured": park.get("measured", True),
    }


def point_json(item: Mapping[str, Any], lacking: set[str]) -> Data:
    """Return one checkpoint: as its fields show it, its tasks in a few words, and the digest of what is shown."""
    tasks = item.get("tasks", [])
    return {
        "code": item["code"],
        "kind": item.get("kind", "control"),
        "name": in_language(item.get("name"), "zh"),
        "name_en": in_language(item.get("name"), "en"),
        "description": in_language(item.get("description"), "zh"),
        "description_en": in_language(item.get("description"), "en"),
        "lat": item.get("lat"),
        "lon": item.get("lon"),
        "place": place_text(item),
        "points": item.get("points", ""),
        "quiz": next((task["quiz"] for task in tasks if "quiz" in task), ""),
        "game": next((task["game"] for task in tasks if "game" in task), ""),
        "task": tell(task_words(item, lacking)),
        "lacking": item["code"] in lacking,
        "seen": seen_of(item),
    }


def task_words(item: Mapping[str, Any], lacking: set[str]) -> Words:
    """Return what is to do at a checkpoint, in a word."""
    kinds = {kind for task in item.get("tasks", []) for kind in task}
    if item.get("kind", "control") != CheckpointKind.CONTROL:
        return Words("Start") if item["kind"] == CheckpointKind.START else Words("Finish")
    if item["code"] in lacking:
        return Words("no questions yet")
    if kinds == {"quiz", "game"}:
        return Words("quiz and game")
    if kinds:
        return Words("quiz") if "quiz" in kinds else Words("game")
    return Words("just punch")


def quizzes(live: LiveRace) -> list[Data]:
    """Return the quizzes that a checkpoint may be given, and one of its own."""
    listed = [
        {
            "id": quiz.id,
            "label": f"{words_of(live.setup.banks[quiz.bank].name) or quiz.bank} · {tell(quiz_words(quiz))}",
        }
        for quiz in live.setup.quizzes.values()
    ]
    own = Words("One of its own, like the first") if listed else Words("Questions chosen later")
    return [*listed, {"id": OWN, "label": tell(own)}]


def games(data: Mapping[str, Any]) -> list[Data]:
    """Return the games that a checkpoint may be given: the race's own, and the templates that it has not taken in."""
    own = [{"id": game["id"], "label": words_of(game.get("name") or game["id"])} for game in data.get("games", [])]
    known = {game["id"] for game in own}
    return own + [
        {"id": f"{TEMPLATE}{name}", "label": words_of(template["name"])}
        for name, template in TEMPLATES.items()
        if name not in known
    ]


def lead(data: Mapping[str, Any], state: Data) -> list[str]:
    """Return what stands at the head of the page: how many there are, and what is missing where."""
    points = state["points"]
    controls = [point for point in points if point["kind"] == CheckpointKind.CONTROL]
    if not controls:
        return [tell(Words("Click on the map where each sign will stand."))] if data.get("map") else []
    nowhere = [point["code"] for point in points if point["lat"] is None]
    count = {"count": len(controls)}
    said = [
        tell(Words("%(count)s checkpoints.", count))
        if nowhere
        else tell(Words("%(count)s checkpoints, all of them placed.", count))
    ]
    if nowhere:
        said.append(tell(Words("Without a place: %(codes)s.", {"codes": nowhere})))
    lacking = [point["code"] for point in controls if point["lacking"]]
    if lacking:
        said.append(tell(Words("Without questions: %(codes)s.", {"codes": lacking})))
    return said
