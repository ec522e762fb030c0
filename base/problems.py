"""Errors a person can act on, as RFC 9457 problem details."""

from base.languages import Words


class Problem(Exception):  # noqa: N818  a problem is an answer, not a fault of the program
    """An answer that says what is wrong and what to do. `code` is stable for programs; `words` is for people."""

    def __init__(self, status: int, code: str, words: Words, *, retry_after_s: int | None = None) -> None:
        super().__init__(str(words))
        self.status = status
        self.code = code
        self.words = words
        self.retry_after_s = retry_after_s


def not_found(words: Words | None = None) -> Problem:
    """Return a 404."""
    return Problem(404, "not_found", words or Words("There is nothing here. Please check the address."))


def forbidden(words: Words | None = None) -> Problem:
    """Return a 403."""
    return Problem(403, "forbidden", words or Words("You may not do this here. Ask the organizer."))


def unauthorized(words: Words | None = None) -> Problem:
    """Return a 401."""
    return Problem(401, "unauthorized", words or Words("Please scan your team card first."))


def malformed(words: Words) -> Problem:
    """Return a 400."""
    return Problem(400, "malformed", words)
