"""The race of the browser tests: the small race on the sample park's map, with a task of every kind."""

from typing import Any

from demo.park import CHECKPOINTS, corners, draw, lat_lon
from demo.race import MAP_FILE
from maps.exchange.pictures import read_picture
from maps.model import Picture
from tests.factories import EXPLANATION, SLUG, race_file

# Code: name, tasks. 32 and 35 cool down for a second; 34 for a minute, so that a test can look at it.
_POINTS: dict[str, tuple[str, list[dict[str, str]]]] = {
    "31": ("木桥", []),
    "32": ("芦苇荡", [{"quiz": "quick"}]),
    "33": ("草坪", [{"game": "relay"}]),
    "34": ("观鸟塔", [{"quiz": "slow"}, {"game": "throw"}]),
    "35": ("回廊", [{"quiz": "kinds"}]),
    "36": ("凉亭", [{"game": "frisbee"}]),
}
COURSE = list(_POINTS)
_TWICE = {"on_fail": [{"cool_down_s": 1}, {"cool_down_s": 1}, {"penalty_s": 120}], "limit_s": 120}

ONE_OF_EACH: list[dict[str, Any]] = [
    {"kind": "single", "text": "湿地常被比作地球的什么？", "choices": ["肺", "心脏", "肾", "皮肤"], "answer": 2},
    {"kind": "multiple", "text": "下面哪些是水鸟？", "choices": ["白鹭", "麻雀", "绿头鸭", "喜鹊"], "answer": [0, 2]},
    {"kind": "true_false", "text": "指北针的红针指向磁北。", "answer": True},
    {"kind": "text", "text": "世界湿地日在二月几日？", "answer": ["2日", "二日", "2"]},
    {"kind": "number", "text": "一公里是多少米？", "answer": {"number": 1000, "tolerance": 0}},
    {"kind": "order", "text": "从早到晚排一排。", "choices": ["清晨", "正午", "黄昏"], "answer": [0, 1, 2]},
    {
        "kind": "match",
        "text": "各是什么颜色？",
        "choices": ["白鹭", "芦苇叶", "湖水"],
        "matches": ["白", "绿", "蓝"],
        "answer": [0, 1, 2],
    },
]


def picture() -> Picture:
    """Return the park's map."""
    return read_picture(draw().encode())


def park_race() -> dict[str, Any]:
    """Return the race as a race file."""
    race = race_file()
    slow = race["quizzes"][0] | {"id": "slow"}
    questions = [{"id": f"each{number}", "explanation": EXPLANATION, **item} for number, item in enumerate(ONE_OF_EACH)]
    relay = {"id": "relay", "name": {"zh": "搬运接力", "en": "Carry relay"}, "instructions": "两人一组抬水，来回一趟。"}
    return race | {
        "map": {"name": "苇塘湿地公园", "datum": "wgs84", "image": MAP_FILE, "corners": corners(), "scale": 5000},
        "checkpoints": [_placed(item) for item in (*race["checkpoints"][:1], *_controls(), race["checkpoints"][-1])],
        "quizzes": [
            slow,
            slow | {"id": "quick", **_TWICE},
            {"id": "kinds", "bank": "each", "draw": 7, "need": 5, **_TWICE},
        ],
        "banks": [*race["banks"], {"id": "each", "questions": questions}],
        "games": [
            *race["games"],
            relay
            | {
                "measures": [
                    {"id": "seconds", "kind": "seconds", "name": "用时", "most": 1200},
                    {"id": "drops", "kind": "foul", "name": "掉落"},
                ],
                "score": {"linear": {"of": "seconds", "from": [35, 20], "to": [110, 4]}, "penalty_s": {"drops": 5}},
            },
            {"id": "frisbee", "template": "frisbee_nine_grid"},
        ],
        "courses": [{"id": "A", "format": "count", "checkpoints": COURSE}],
        "race": race["race"] | {"slug": SLUG, "emergency_phone": "010-5550 0137"},
    }


def _controls() -> list[dict[str, Any]]:
    return [
        {"code": code, "name": name, "description": f"{name}东侧，牌子朝南", "tasks": tasks}
        for code, (name, tasks) in _POINTS.items()
    ]


def _placed(item: dict[str, Any]) -> dict[str, Any]:
    spot = CHECKPOINTS[{"S1": "S", "F1": "F"}.get(item["code"], item["code"])]
    lat, lon = lat_lon(spot)
    return item | {"lat": round(lat, 7), "lon": round(lon, 7)}
