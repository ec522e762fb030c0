"""What went wrong, in words: RFC 9457 JSON to programs, a page to people."""

import flask
from flask import Flask, Response, current_app
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from base.database import Unwritable
from base.languages import Words
from base.problems import Problem
from base.web.reader import TOO_LARGE, tell, wants_json

PROBLEM_TYPE = "application/problem+json"


_HTTP_WORDS = {
    404: Words("There is nothing here. Please check the address."),
    405: Words("This address does not take that."),
    413: TOO_LARGE,
    429: Words("Too many tries. Please wait a moment."),
}


def handle(app: Flask) -> None:
    """Have an app answer what goes wrong in these words."""
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Unwritable, _cannot_write)


def problem_response(problem: Problem) -> Response:
    """Return a problem as RFC 9457 JSON to programs and as a page to people."""
    detail = tell(problem.words)
    if wants_json():
        body = {
            "type": "about:blank",
            "title": gettext("Something is not right"),
            "status": problem.status,
            "detail": detail,
            "code": problem.code,
        }
        response = flask.jsonify(body)
        response.content_type = PROBLEM_TYPE
    else:
        response = flask.make_response(
            flask.render_template("base/problem.html", status=problem.status, detail=detail, code=problem.code)
        )
    response.status_code = problem.status
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def _http_error(error: HTTPException) -> Response:
    words = _HTTP_WORDS.get(error.code or 500, Words("That did not work. Please try again, or ask the organizer."))
    response = problem_response(Problem(error.code or 500, (error.name or "error").lower().replace(" ", "_"), words))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _cannot_write(error: Unwritable) -> Response:
    """The disk is full, or the database is held by somebody else for too long: nothing was acknowledged."""
    current_app.logger.error("The database refused: %s", error.orig)
    words = Words(
        "The race's computer cannot write this down right now. Nothing is lost: please try again in a moment."
    )
    return problem_response(Problem(503, "full", words, retry_after_s=5))
