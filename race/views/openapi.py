"""The description of the API, as OpenAPI 3.1, for other software."""

from typing import Any

from flask import Blueprint, Response, jsonify

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1")

STRING = {"type": "string"}
INSTANT = {"oneOf": [{"type": "integer", "description": "UTC milliseconds"}, {"type": "string", "format": "date-time"}]}
Security = list[dict[str, list[str]]]
TEAM: Security = [{"phone": []}]
MARSHAL: Security = [{"phone": []}]
ORGANIZER: Security = [{"personal": []}, {"session": []}]


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _answer(description: str, kind: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": description, "content": {kind: {"schema": {"type": "object"}}}}}


def _call(summary: str, answer: str, *, body: Any = None, security: Any = None, **more: Any) -> dict[str, Any]:
    call: dict[str, Any] = {
        "summary": summary,
        "responses": {**_answer(answer), "default": {"$ref": "#/components/responses/Problem"}},
        "security": security or [],
        **more,
    }
    if body:
        call["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return call


def _query(name: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind}}


SLUG = {"name": "slug", "in": "path", "required": True, "schema": STRING}
RECORD = {
    "type": "object",
    "required": ["id", "kind"],
    "properties": {
        "id": {"type": "string", "maxLength": 64, "description": "unique in its race; sent again it is the same fact"},
        "kind": {
            "enum": [
                "punch", "answer", "finish", "stamp", "game", "checkin", "heads", "withdraw", "decision", "help",
            ]
        },
        "key": {"type": "string", "description": "what the sign's QR code says after /C/"},
        "typed_code": {"type": "string", "description": "the short code printed beside it"},
        "sheet": STRING,
        "answers": {"type": "object", "description": "by question; choices by the index their sheet gives them"},
        "seconds": {"type": "number", "description": "how long the sheet was open, by the phone's steady clock"},
        "receipt": {"type": "object", "description": "device, seq, prev, wall, mono, origin, mac: see decision 18"},
        "entry": {"type": "string", "description": "which team; marshals only"},
        "at": INSTANT,
        "anchor": {"type": ["string", "null"], "description": "the last anchor this phone was given"},
    },
}  # fmt: skip
HELD = {
    **_query("boxes"),
    "description": "the `sealed.digest` that the phone holds: `sealed.boxes` is left out while it is the same",
}
RECORDS = _object(records={"type": "array", "items": RECORD, "maxItems": 200})

CODE = {"name": "code", "in": "path", "required": True, "schema": STRING}
SEAT: Security = [{"seat": []}]
PRACTICE = {
    "/practice/{slug}": {"get": _call("What is open for practice", "banks, and until when", parameters=[SLUG])},
    "/practice/{slug}/sheet": {
        "post": _call(
            "Questions to practise on; each place of a bank's order holds others",
            "a sheet without a trace of its answers",
            body=_object(bank=STRING, place={"type": "integer"}),
            parameters=[SLUG],
        )
    },
    "/practice/{slug}/answer": {
        "post": _call(
            "Hand a practice sheet in",
            "how many were right, and each question with its answer",
            body=_object(sheet=STRING, answers={"type": "object"}),
            parameters=[SLUG],
        )
    },
    "/practice/{slug}/duels": {
        "get": _call("The table of the evening", "one row a name", parameters=[SLUG]),
        "post": _call(
            "Open a duel",
            "its code, and the token of the first seat",
            body=_object(bank=STRING, name=STRING),
            parameters=[SLUG],
        ),
    },
    "/practice/{slug}/duels/{code}": {
        "get": _call(
            "How a duel stands for one of its seats", "scores and turn", security=SEAT, parameters=[SLUG, CODE]
        ),
        "post": _call(
            "Ask one of the questions offered, or answer the one that was asked",
            "how the duel stands",
            body=_object(turn={"type": "integer"}, ask=STRING, answer={}),
            security=SEAT,
            parameters=[SLUG, CODE],
        ),
    },
    "/practice/{slug}/duels/{code}/join": {
        "post": _call(
            "Come in as the second player: the duel begins",
            "the token of the second seat",
            body=_object(name=STRING),
            parameters=[SLUG, CODE],
        )
    },
}

PATHS = {
    "/join": {
        "post": _call(
            "Join a phone to a team, or to a station, by its card",
            "a token, and whom it is for",
            body=_object(key=STRING, race=STRING, join_code=STRING, handover=STRING),
        )
    },
    "/facts": {
        "post": _call(
            "Report what happened; each record is answered by itself",
            "a verdict for each record, the tasks due there, and a signed anchor",
            body=RECORDS,
            security=TEAM,
        )
    },
    "/handover": {
        "post": _call(
            "An address that joins one other browser to the team, once", "the address, and its seconds", security=TEAM
        )
    },
    "/certificate": {"get": _call("The team's own certificate, once published", "a PDF", security=TEAM)},
    "/play": {
        "get": _call(
            "All that a team plays from; ETag",
            "course, sealed tasks, map, rules, own run, messages",
            parameters=[HELD],
            security=TEAM,
        )
    },
    "/station": {"get": _call("A marshal's station; ETag", "tasks, teams, queue, last reports", security=MARSHAL)},
    "/games/preview": {
        "post": _call(
            "What measures would be worth; nothing is recorded",
            "pass, points, penalty",
            body=_object(game=STRING, measures={"type": "object"}),
            security=MARSHAL,
        )
    },
    "/races/{slug}/standings": {
        "get": _call(
            "The standings; ETag is the race's revision",
            "places by class, clubs, news, queues",
            parameters=[
                SLUG,
                _query("class"),
                _query("around"),
                _query("top", "integer"),
                _query("splits", "boolean"),
            ],
        )
    },
    "/races/{slug}/stream": {
        "get": {
            "summary": "Changes of the standings as Server-Sent Events; resumes by Last-Event-ID",
            "parameters": [SLUG],
            "security": [],
            "responses": _answer("id is the revision, data the rows that changed", "text/event-stream"),
        }
    },
    **PRACTICE,
    "/races/{slug}/facts": {
        "post": _call(
            "The organizer's acts: gun, decision, message, checkin, start, withdraw",
            "a verdict for each",
            body=_object(records={"type": "array", "items": {"type": "object"}, "maxItems": 200}),
            security=ORGANIZER,
            parameters=[SLUG],
        )
    },
    "/races/{slug}/stage": {
        "post": _call(
            "Move the race to another stage",
            "the stage it is in",
            body=_object(stage={"enum": ["set-up", "trial", "race", "published"]}),
            security=ORGANIZER,
            parameters=[SLUG],
        )
    },
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Waypost", "version": "1", "description": "Orienteering races with quizzes and team games."},
    "servers": [{"url": "/api/v1"}],
    "paths": PATHS,
    "components": {
        "securitySchemes": {
            "phone": {"type": "http", "scheme": "bearer", "description": "the token that /join gives"},
            "seat": {"type": "http", "scheme": "bearer", "description": "the token of a duel's seat"},
            "personal": {"type": "http", "scheme": "bearer", "description": "an organizer's personal token"},
            "session": {"type": "apiKey", "in": "cookie", "name": "session"},
        },
        "responses": {
            "Problem": {
                "description": "RFC 9457 problem details, in the language of Accept-Language",
                "content": {
                    "application/problem+json": {
                        "schema": _object(
                            type=STRING, title=STRING, status={"type": "integer"}, detail=STRING, code=STRING
                        )
                    }
                },
            }
        },
    },
}


@blueprint.get("/openapi.json")
def describe() -> Response:
    """Return the description."""
    return jsonify(DOCUMENT)
