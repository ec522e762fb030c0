"""The sample race as a race file: 38 made-up teams of five from 38 clubs, 12 checkpoints, one mass start.

Everything in it is invented or common knowledge. The wordy parts lie in `data/`; the places come from the park.
"""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from demo.park import CHECKPOINTS, SCALE, corners, draw, lat_lon

_DATA = Path(__file__).parent / "data"
MAP_FILE = "park.svg"
RACE_FILE = "race.json"
BANK = "weitang"

RACE: dict[str, Any] = {
    "slug": "nanyuan",
    "name": {"zh": "“一点不落”职工趣味定向赛", "en": "“Miss Nothing” Workers' Fun Orienteering"},
    "theme": {"zh": "看图找点，五人同行，一点不落", "en": "Read the map, stay together, miss nothing"},
    "venue": {"zh": "苇塘湿地公园", "en": "Weitang Wetland Park"},
    "hosts": [
        {"role": "主办", "name": "清苇街道总工会"},
        {"role": "承办", "name": "苇塘公园管理处工会"},
        {"role": "协办", "name": "清苇卫生服务中心"},
    ],
    "planned": "2026-05-16T09:00:00+08:00",
    "emergency_phone": "010-5550 0137",
    "timezone": "Asia/Shanghai",
    "language": "zh",
    "closing": {"after_gun_s": 5400},
    "awards": [
        {"name": "一等奖", "class": "open", "places": [1, 1]},
        {"name": "二等奖", "class": "open", "places": [2, 4]},
        {"name": "三等奖", "class": "open", "places": [5, 9]},
        {"name": "优秀组织奖", "by_hand": True},
    ],
}

ON_FAIL = [{"cool_down_s": 60}, {"cool_down_s": 60}, {"penalty_s": 120}]

QUIZZES: list[dict[str, Any]] = [
    {"id": f"quiz-{code}", "bank": BANK, "draw": draw_, "need": need, "limit_s": limit, "on_fail": ON_FAIL}
    for code, draw_, need, limit in (
        ("32", 5, 4, 60),
        ("35", 5, 4, 60),
        ("37", 3, 3, 45),  # beside the path to the finish: short, but all must be right
        ("40", 5, 4, 60),
        ("42", 5, 4, 60),
    )
]

GAMES: list[dict[str, Any]] = [
    {"id": name, "name": {"zh": zh, "en": en}, "template": template, "credit_cap_s": 600}
    for name, zh, en, template in (
        ("g-stomp", "踩蹦蹦", "Balloon Stomp", "balloon_stomp"),
        ("g-ball", "背夹球", "Back-to-Back Ball", "back_to_back_ball"),
        ("g-frisbee", "飞盘九宫格", "Frisbee Nine-Grid", "frisbee_nine_grid"),
        ("g-energy", "能量传输", "Energy Relay", "energy_relay"),
    )
]

COURSE = tuple(code for code in CHECKPOINTS if code not in ("S", "F"))


def race_file() -> dict[str, Any]:
    """The sample race in the form of the race file (`"waypost": 1`). Its map's picture is the file `MAP_FILE`."""
    return {
        "waypost": 1,
        "race": RACE,
        "map": {
            "name": "苇塘湿地公园",
            "datum": "wgs84",
            "image": MAP_FILE,
            "corners": corners(),
            "scale": SCALE,
        },
        "checkpoints": _checkpoints(),
        "quizzes": QUIZZES,
        "banks": [{"id": BANK, "questions": _read("questions.json")}],
        "games": GAMES,
        "courses": [{"id": "A", "format": "count", "checkpoints": list(COURSE)}],
        "classes": [
            {
                "id": "open",
                "name": {"zh": "公开组", "en": "Open"},
                "course": "A",
                "start": "mass",
                "time_limit_s": 5400,
                "team_size": 5,
                "incomplete": "allow",
            }
        ],
        "entries": _entries(),
    }


def write(folder: Path) -> Path:
    """Write the race file and the map's picture into a folder (made if absent); return the race file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MAP_FILE).write_text(draw(), encoding="utf-8")
    path = folder / RACE_FILE
    path.write_text(json.dumps(race_file(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _read(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def _checkpoints() -> list[dict[str, Any]]:
    """The checkpoints with their places in degrees; seven digits are a centimetre."""
    placed = []
    for checkpoint in _read("checkpoints.json"):
        lat, lon = lat_lon(CHECKPOINTS[checkpoint["code"]])
        placed.append(checkpoint | {"lat": round(lat, 7), "lon": round(lon, 7)})
    return placed


def _entries() -> list[dict[str, Any]]:
    """The teams. Each is sent first to another checkpoint and its neighbour, so that none is stormed at the gun."""
    data = _read("teams.json")
    names = _names(data["surnames"], data["given"])
    entries = []
    for index, (team, club) in enumerate(data["teams"]):
        members = [next(names) for _ in range(5)]
        phone = f"138 0000 {index + 1:04d}"
        turn = index % len(COURSE)
        first = [COURSE[turn], COURSE[turn + 1] if turn + 1 < len(COURSE) else COURSE[turn - 1]]
        entries.append(
            {
                "id": str(index + 1),
                "bib": f"{index + 1:02d}",
                "team": team,
                "club": club,
                "class": "open",
                "first": first,
                "contact": {"name": members[0], "phone": phone},
                "members": [{"name": members[0], "phone": phone, "role": "队长"}, *members[1:]],
            }
        )
    return entries


def _names(surnames: str, given: list[str]) -> Iterator[str]:
    """Made-up names, no two alike: the two lists are walked together and their lengths share no divisor."""
    return (surname + name for surname, name in zip(cycle(surnames), cycle(given), strict=False))
