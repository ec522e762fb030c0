"""The JSON Schema of the race file and of a fact, for other software. The forms beside it are what decides."""

from typing import Any

from checkpoints.model import CheckpointKind, TaskKind
from games.model import MeasureKind
from quizzes.model import QuestionKind, StepKind
from race.formats import FORMATS
from race.forms.decisions import DECISIONS
from race.model import RecipientKind, StartKind

TEXT = {"$ref": "#/$defs/text"}
STRING = {"type": "string"}
CODE = {"type": ["string", "integer"]}
COUNT = {"type": "integer", "minimum": 0}
INSTANT = {"type": "string", "format": "date-time", "description": "ISO 8601 with an offset"}


def _object(needed: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one(*words: str) -> dict[str, Any]:
    return {"enum": list(words)}


ABOUT = _object(
    ("slug",),
    slug={"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    name=TEXT,
    theme=TEXT,
    venue=TEXT,
    hosts=_list(_object((), role=STRING, name=STRING)),
    logo=STRING,
    emergency_phone=STRING,
    timezone=STRING,
    language=_one("zh", "en"),
    closing={"oneOf": [_object(("after_gun_s",), after_gun_s=COUNT), _object(("at",), at=INSTANT)]},
    practice=_object(("banks", "until"), banks=_list(CODE), until=INSTANT),
    planned=INSTANT,
    erase_on={"type": "string", "format": "date"},
    placed=COUNT,
    members_shown={"type": "boolean"},
    places_early={"type": "boolean"},
    offline_s={"type": "integer", "minimum": 60, "maximum": 86_400},
    awards=_list(
        _object(
            ("name",),
            name=STRING,
            places=_list(COUNT),
            by_hand={"type": "boolean"},
            to=_list({"oneOf": [_object((kind,), **{kind: CODE}) for kind in RecipientKind]}),
            **{"class": STRING},
        )
    ),
)
MAP = _object(
    (),
    name=STRING,
    datum=_one("wgs84", "gcj02", "bd09"),
    image=STRING,
    corners=_list({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
    world_file=STRING,
    crs=STRING,
    scale=COUNT,
)
CHECKPOINT = _object(
    ("code",),
    code=CODE,
    kind=_one(*CheckpointKind),
    name=TEXT,
    description=TEXT,
    lat={"type": "number", "minimum": -90, "maximum": 90},
    lon={"type": "number", "minimum": -180, "maximum": 180},
    points=COUNT,
    tasks=_list({"oneOf": [_object((kind,), **{kind: STRING}) for kind in TaskKind]}),
)
STEP = {
    "oneOf": [
        _object((StepKind.COOL_DOWN_S,), cool_down_s=COUNT),
        _object((StepKind.PENALTY_S,), penalty_s=COUNT),
        _object((StepKind.POINTS_FACTOR,), points_factor={"type": ["string", "number"]}),
        _object((StepKind.LOST,), lost={"const": True}),
    ]
}
QUIZ = _object(
    ("id", "bank"),
    id=STRING,
    bank=STRING,
    draw=COUNT,
    need=COUNT,
    limit_s={"type": ["integer", "null"], "minimum": 1},
    speed=_one("flat", "linear", "half"),
    on_fail=_list(STEP),
)
QUESTION = _object(
    ("kind", "text", "answer"),
    id=CODE,
    kind=_one(*QuestionKind),
    text=TEXT,
    choices=_list(TEXT),
    matches=_list(TEXT),
    answer={"description": "choices count from 0; see the contract for each kind"},
    explanation=TEXT,
    image=STRING,
    sound=STRING,
    tags=_list(STRING),
    difficulty=COUNT,
    source=STRING,
)
BANK = _object(("id", "questions"), id=STRING, name=TEXT, questions=_list(QUESTION))
MEASURE = _object(
    ("id", "kind"), id=STRING, kind=_one(*MeasureKind), name=TEXT, least={"type": "integer"}, most={"type": "integer"}
)
GAME = _object(
    ("id",),
    id=STRING,
    name=TEXT,
    template=STRING,
    instructions=TEXT,
    measures=_list(MEASURE),
    score={"type": "object"},
    credit_cap_s=COUNT,
    attempts=COUNT,
    keep=_one("last", "best"),
    typical_s=COUNT,
)
LATE = _object(
    (),
    points_per_minute={"type": ["string", "integer"]},
    seconds_per_minute={"type": ["string", "integer"]},
    rounding=_one("started", "linear"),
    cut_off_s=COUNT,
    after_counts={"type": "boolean"},
)
CHOICES = (
    _object(("any_of",), any_of=_list(CODE), distinct={"type": "boolean"}),
    _object(("any",), any={"const": True}, distinct={"type": "boolean"}),
)
COURSE = _object(
    ("id", "format", "checkpoints"),
    id=STRING,
    format=_one(*FORMATS),
    checkpoints=_list({"oneOf": [CODE, *CHOICES]}),
    points={"type": "object", "additionalProperties": {"oneOf": [COUNT, _list(COUNT)]}},
    late=LATE,
    minimum_points=COUNT,
    compulsory=_list(STRING),
    free=COUNT,
    missed={"oneOf": [_one("mispunch"), _object(("penalty_s",), penalty_s=COUNT)]},
    voided_legs=_list(_list(CODE)),
    weight=COUNT,
    distinct={"type": "boolean"},
    time_limit_s=COUNT,
)
CLASS = _object(
    ("id", "course"),
    id=STRING,
    name=TEXT,
    course=STRING,
    start=_one(*StartKind),
    time_limit_s=COUNT,
    team_size=COUNT,
    incomplete={"oneOf": [_one("allow", "not_competing"), _object(("penalty_s",), penalty_s=COUNT)]},
)
PERSON = _object((), name=STRING, phone=STRING, gender=STRING, role=STRING, emergency=STRING)
ENTRY = _object(
    ("id",),
    id=CODE,
    bib=CODE,
    team=STRING,
    club=STRING,
    wave=STRING,
    first=_list(STRING),
    starts_at={"oneOf": [INSTANT, {"type": "null"}]},
    contact=PERSON,
    card={"type": "integer", "minimum": 1},
    members=_list({"oneOf": [STRING, PERSON]}),
    **{"class": STRING},
)
FACT = {
    "type": "object",
    "properties": {
        "id": STRING,
        "kind": _one(
            "gun", "checkin", "start", "punch", "sheet", "answer", "stamp", "game", "finish", "heads", "withdraw",
            "decision", "message", "help", "setup",
        ),
        "entry": {"type": ["string", "null"]},
        "checkpoint": {"type": ["string", "null"]},
        "at": INSTANT,
        "received_at": INSTANT,
        "by": STRING,
    },
    "required": ["id", "kind", "at"],
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": "decision"}, "what": {"const": what}}, "required": ["what"]},
            "then": {"properties": {"value": dict(decision.schema)}},
        }
        for what, decision in DECISIONS.items()
    ],
}  # fmt: skip

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Waypost race file",
    **_object(
        ("waypost",),
        waypost={"const": 1},
        race=ABOUT,
        map=MAP,
        checkpoints=_list(CHECKPOINT),
        quizzes=_list(QUIZ),
        banks=_list(BANK),
        games=_list(GAME),
        courses=_list(COURSE),
        classes=_list(CLASS),
        entries=_list(ENTRY),
    ),
    "$defs": {
        "text": {
            "oneOf": [
                STRING,
                {"type": "object", "properties": {"zh": STRING, "en": STRING}, "additionalProperties": False},
            ]
        },
        "fact": FACT,
    },
}
