"""A new race: everything that an organizer need not think about is there already, with sensible values."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

START, FINISH = "S", "F"
CLASS, COURSE = "open", "A"
TEAM_SIZE = 5
TIME_LIMIT_S = 90 * 60
CLOSING_S = 120 * 60
_LONGEST_SLUG = 40
_PRIZES = (("一等奖", 1, 1), ("二等奖", 2, 3), ("三等奖", 4, 6))


def new_race(slug: str, name: str, language: str, timezone: str) -> dict[str, Any]:
    """Return the race file of a race that has a name and nothing else.

    One class on one course, ranked by checkpoints passed and then by time: what a union's race most often is.
    """
    return {
        "waypost": 1,
        "race": {
            "slug": slug,
            "name": name,
            "timezone": timezone,
            "language": language,
            "closing": {"after_gun_s": CLOSING_S},
            "awards": prizes(CLASS),
        },
        "checkpoints": [
            {"code": START, "kind": "start", "name": {"zh": "起点", "en": "Start"}},
            {"code": FINISH, "kind": "finish", "name": {"zh": "终点", "en": "Finish"}},
        ],
        "courses": [{"id": COURSE, "format": "count", "checkpoints": []}],
        "classes": [
            {
                "id": CLASS,
                "name": {"zh": "公开组", "en": "Open"},
                "course": COURSE,
                "start": "mass",
                "team_size": TEAM_SIZE,
                "time_limit_s": TIME_LIMIT_S,
            }
        ],
    }


def prizes(class_: str) -> list[dict[str, Any]]:
    """Return the three prizes of a class as unions give them: one first, two seconds, three thirds."""
    return [{"name": title, "class": class_, "places": [first, last]} for title, first, last in _PRIZES]


def slug_of(name: str, chance: str) -> str:
    """Return a short name for addresses: the name's own Latin letters and digits, or `race`, and `chance` behind it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{words if re.search('[a-z]', words) else 'race'}-{chance}"


def copy_of(race: Mapping[str, Any], slug: str, name: Any, *, with_questions: bool) -> dict[str, Any]:
    """Return a race file for another time of `race`: its set-up without teams, date and prizes already given.

    Without questions its quizzes and banks stay behind, and so do the quiz tasks of its checkpoints.
    """
    kept = {part: value for part, value in race.items() if part != "entries"}
    about = {
        key: value for key, value in race.get("race", {}).items() if key not in {"planned", "erase_on", "practice"}
    }
    closing = about.get("closing") or {}
    if "at" in closing:  # an instant of last time means nothing next time
        about["closing"] = {"after_gun_s": CLOSING_S}
    about["awards"] = [{key: value for key, value in award.items() if key != "to"} for award in about.get("awards", [])]
    copied = {**kept, "race": {**about, "slug": slug, "name": name}}
    if not with_questions:
        copied = {part: value for part, value in copied.items() if part not in {"quizzes", "banks"}}
        copied["checkpoints"] = [_without_quizzes(item) for item in copied.get("checkpoints", [])]
    return copied


def _without_quizzes(checkpoint: Mapping[str, Any]) -> dict[str, Any]:
    tasks = [task for task in checkpoint.get("tasks", []) if "quiz" not in task]
    return {
        **{key: value for key, value in checkpoint.items() if key != "tasks"},
        **({"tasks": tasks} if tasks else {}),
    }
