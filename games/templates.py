"""The four games of the founding race, in the race file's own form. Local rules may change any part of them.

What `score` may hold is said in `games/rules.py`. The figures are set so that a practised team gets 20 points, a team
that only plays to the end a few, and nobody leaves with nothing.
"""

from collections.abc import Mapping
from typing import Any

TEMPLATES: Mapping[str, Mapping[str, Any]] = {
    "balloon_stomp": {
        "name": {"zh": "踩蹦蹦", "en": "Balloon Stomp"},
        "instructions": {
            "zh": "每人脚踝绑一个气球，几队同场。哨响开踩：踩别人的，护好自己的；气球破了就退到圈外加油。"
            "终场哨响时，数一数你们队还剩几个气球，越多分越高。不推不拉不绊人，犯规一次罚 10 秒。",
            "en": "A balloon on everyone's ankle, several teams in one ring. At the whistle stomp theirs and guard "
            "yours; when yours bursts, step out and cheer. The more of your balloons last to the final whistle, the "
            "more points. No pushing, pulling or tripping: 10 s for each foul.",
        },
        "measures": [
            {
                "id": "survivors",
                "kind": "count",
                "name": {"zh": "剩余气球", "en": "Balloons left"},
                "least": 0,
                "most": 5,
            },
            {"id": "fouls", "kind": "foul", "name": {"zh": "犯规", "en": "Fouls"}, "most": 20},
        ],
        "score": {
            "bands": {"of": "survivors", "points": [[5, 20], [4, 18], [3, 16], [2, 13], [1, 10], [0, 6]]},
            "penalty_s": {"fouls": 10},
        },
        "typical_s": 240,
    },
    "back_to_back_ball": {
        "name": {"zh": "背夹球", "en": "Back-to-Back Ball"},
        "instructions": {
            "zh": "两人背靠背夹住球，手不碰球，绕过标志桶再回来，交给下一组，全队接力走完。"
            "球掉了，就在掉的地方夹好再走，每掉一次加 5 秒。用时越短分越高，慢慢走反而快。",
            "en": "Two of you hold the ball between your backs, no hands, go round the cone and back, and hand over "
            "until all have gone. Dropped it? Pick it up there and go on; each drop adds 5 s. The quicker the "
            "better, and steady is quick.",
        },
        "measures": [
            {"id": "seconds", "kind": "seconds", "name": {"zh": "用时", "en": "Time"}, "least": 5, "most": 1200},
            {"id": "drops", "kind": "foul", "name": {"zh": "掉球", "en": "Drops"}, "most": 50},
        ],
        "score": {
            "linear": {"of": "seconds", "from": [35, 20], "to": [110, 4]},
            "penalty_s": {"drops": 5},
        },
        "typical_s": 180,
    },
    "frisbee_nine_grid": {
        "name": {"zh": "飞盘九宫格", "en": "Frisbee Nine-Grid"},
        "instructions": {
            "zh": "站在投掷线后，全队轮流投飞盘，每人两次，共十次。打中的格子就点亮，一格 2 分，重复打中只算一次。"
            "横、竖、斜连成一线，每线再加 2 分。踩线那一投不算。",
            "en": "From behind the line you take turns with the frisbee, two throws each, ten in all. Every cell "
            "you hit lights up for 2 points, once. Each full line, across, down or diagonal, adds 2. A throw over "
            "the line does not count.",
        },
        "measures": [
            {"id": "cells", "kind": "grid3x3", "name": {"zh": "打中的格子", "en": "Cells hit"}},
            {"id": "throws", "kind": "attempts", "name": {"zh": "投掷次数", "en": "Throws"}, "most": 10},
        ],
        "score": {"cells": {"of": "cells", "points": 2, "line": 2}},
        "typical_s": 180,
    },
    "energy_relay": {
        "name": {"zh": "能量传输", "en": "Energy Relay"},
        "instructions": {
            "zh": "每人一根半圆槽，首尾相接，让球一路滚到终点的桶里。球滚过去了，就跑到队尾接着传。"
            "球落地从起点重来，每落一次扣 1 分。进桶停表，越快分越高。",
            "en": "A half-pipe each, end to end: let the ball roll all the way into the bucket. Once it has passed "
            "you, run to the far end and carry on. If it falls, start again from the line and lose 1 point. The "
            "watch stops when it is in; the quicker the better.",
        },
        "measures": [
            {"id": "seconds", "kind": "seconds", "name": {"zh": "用时", "en": "Time"}, "least": 5, "most": 1200},
            {"id": "spills", "kind": "foul", "name": {"zh": "落球", "en": "Spills"}, "most": 50},
        ],
        "score": {
            "linear": {"of": "seconds", "from": [40, 20], "to": [180, 4]},
            "minus": {"spills": 1},
        },
        "typical_s": 240,
    },
}
