"""A list is published wholly or not at all, whenever the power fails."""

import http.client
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine

from base.database import reading
from facts.model import Race, Stage
from facts.rules import first_broken
from facts.store import race_by_slug, since
from people.live import new_personal_token
from people.model import Account
from results.rules.publication import digest_of
from results.store import load_publications
from tests.factories import SLUG
from tests.pages import form_fields
from tests.phones import Answer, Desk
from tests.serving import Served

PUBLISH = f"/organize/{SLUG}/publish"


def press(desk: Desk) -> Answer:
    """Look at the list and publish it."""
    fields = form_fields(desk.line.ask("GET", PUBLISH, headers=desk.bearer).text, "publish")
    form = {"Content-Type": "application/x-www-form-urlencoded", **desk.bearer}
    return desk.line.ask("POST", PUBLISH, urlencode(fields).encode(), form)


@pytest.mark.parametrize("after_s", [0, 0.02, 0.04, 0.08, 0.3])
def test_kill_9_while_publishing_leaves_all_of_a_version_or_nothing(
    after_s: float, serve: Callable[[], Served], engine: Engine, race_row: Race, account: Account
) -> None:
    served = serve()
    desk = Desk(served.line, race_row, new_personal_token(engine, account, 0))
    desk.start()
    desk.act("decision", what="close", reason="都回来了")
    answers: list[int] = []

    def publish() -> None:
        with suppress(OSError, http.client.HTTPException, AssertionError):
            answers.append(press(desk).status)

    pressing = threading.Thread(target=publish)
    pressing.start()
    time.sleep(after_s)
    served.kill()
    pressing.join()

    with reading(engine) as connection:
        versions, facts = load_publications(connection, race_row.id), list(since(connection, race_row.id))
        found = race_by_slug(connection, SLUG)
    assert found
    notes = [fact.body["value"]["digest"] for fact in facts if fact.body.get("part") == "publication"]
    assert [digest_of(version.body) for version in versions] == notes
    assert (found.stage is Stage.PUBLISHED) == bool(versions)
    assert first_broken(facts) is None
    if 302 in answers:
        assert len(versions) == 1, "what was acknowledged is there"
    # And it goes on from either: published once, whatever the first press came to.
    again = Desk(serve().line, race_row, desk.token)
    if not versions:
        assert press(again).status == 302
    assert "version=1" in again.line.ask("GET", f"/r/{SLUG}/results").text
