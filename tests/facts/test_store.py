import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from base.database import open_engine, reading, writing
from base.problems import Problem
from facts.model import Draft, Fact, Race
from facts.rules import first_broken
from facts.store import add_race, append, blank, race_by_slug, races, revisions, since
from facts.store.writer import Writer
from tests.factories import GUN


def draft(name: str = "a", **changes: object) -> Draft:
    return replace(Draft(name, "punch", GUN, GUN, "team:1", "1", "31", {"proof": "qr"}), **changes)  # type: ignore[arg-type]


@pytest.fixture
def race(engine: Engine) -> Race:
    with writing(engine) as connection:
        return add_race(connection, "lianxi", bytes(32))


def log_of(engine: Engine, race: Race) -> list[Fact]:
    with reading(engine) as connection:
        return list(since(connection, race.id))


def is_whole(facts: list[Fact]) -> bool:
    return [fact.revision for fact in facts] == list(range(1, len(facts) + 1)) and first_broken(facts) is None


def test_revisions_count_from_one_without_gaps_in_each_race(engine: Engine, race: Race) -> None:
    with writing(engine) as connection:
        other = add_race(connection, "other", bytes(32))
        append(connection, race.id, [draft("a"), draft("b")])
        append(connection, other.id, [draft("a")])
        append(connection, race.id, [draft("c")])
    assert [(fact.revision, fact.id) for fact in log_of(engine, race)] == [(1, "a"), (2, "b"), (3, "c")]
    with reading(engine) as connection:
        assert revisions(connection) == {race.id: 3, other.id: 1}
        assert [fact.id for fact in since(connection, race.id, 2)] == ["c"]


def test_a_fact_comes_back_as_it_went_in(engine: Engine, race: Race) -> None:
    body = {"text": "第三点的“牌子”掉了\n🦆", "nested": {"b": [1, None, True], "a": 0.1}}
    with writing(engine) as connection:
        append(connection, race.id, [draft(kind="message", entry=None, checkpoint=None, body=body)])
    [fact] = log_of(engine, race)
    assert (fact.kind, fact.entry, fact.checkpoint, fact.body) == ("message", None, None, body)
    assert (fact.log, fact.at, fact.received_at, fact.by) == ("set-up", GUN, GUN, "team:1")


def test_the_same_id_with_the_same_content_is_one_fact(engine: Engine, race: Race) -> None:
    with writing(engine) as connection:
        [first] = append(connection, race.id, [draft()])
        [again] = append(connection, race.id, [draft()])
        assert (first.fresh, again.fresh, again.conflict) == (True, False, False)
        assert again.fact == first.fact
    assert len(log_of(engine, race)) == 1


def test_the_same_id_twice_in_one_request_is_one_fact(engine: Engine, race: Race) -> None:
    with writing(engine) as connection:
        results = append(connection, race.id, [draft(), draft(), draft(checkpoint="32")])
    assert [(item.fresh, item.conflict) for item in results] == [(True, False), (False, False), (False, True)]
    assert is_whole(log_of(engine, race))


def test_a_record_fixed_anew_when_it_is_sent_again_is_still_the_same(engine: Engine, race: Race) -> None:
    with writing(engine) as connection:
        append(connection, race.id, [draft()])
        [again] = append(connection, race.id, [draft(at=GUN + 5, received_at=GUN + 9)])
    assert not again.conflict
    assert again.fact.at == GUN


def test_a_record_sent_again_by_a_phone_that_joined_anew_is_still_the_same(engine: Engine, race: Race) -> None:
    with writing(engine) as connection:
        append(connection, race.id, [draft(body={"proof": "qr", "device": "one"})])
        [again] = append(connection, race.id, [draft(body={"proof": "qr", "device": "two"})])
    assert not again.conflict


@pytest.mark.parametrize(
    "other",
    [draft(kind="finish"), draft(entry="2"), draft(checkpoint="32"), draft(body={"proof": "code"}), draft(body={})],
)
def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(
    engine: Engine, race: Race, other: Draft
) -> None:
    with writing(engine) as connection:
        append(connection, race.id, [draft()])
        [item] = append(connection, race.id, [other])
    assert item.conflict
    assert not item.fresh
    assert [fact.body for fact in log_of(engine, race)] == [{"proof": "qr"}]


def test_what_is_not_committed_leaves_no_gap(engine: Engine, race: Race) -> None:
    with pytest.raises(ValueError, match="JSON"), writing(engine) as connection:
        append(connection, race.id, [draft("a"), draft("b"), draft("bad", body={"a": float("nan")})])
    with writing(engine) as connection:
        append(connection, race.id, [draft("c")])
    assert [(fact.revision, fact.id) for fact in log_of(engine, race)] == [(1, "c")]
    assert is_whole(log_of(engine, race))


def test_more_ids_than_one_query_takes_are_all_known(engine: Engine, race: Race) -> None:
    drafts = [draft(f"f{number}") for number in range(1200)]
    with writing(engine) as connection:
        append(connection, race.id, drafts)
        assert not any(item.fresh for item in append(connection, race.id, drafts))


def test_races_are_found_by_their_slug(engine: Engine, race: Race) -> None:
    with reading(engine) as connection:
        assert race_by_slug(connection, "lianxi") == race
        assert race_by_slug(connection, "nowhere") is None
        assert races(connection) == [race]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_is_durable_and_patient(engine: Engine, pragma: str, value: object) -> None:
    for kind in (reading, writing):
        with kind(engine) as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_fact_of_no_race_is_refused(engine: Engine) -> None:
    writer = Writer(engine)
    with pytest.raises(Exception, match="No row was found"):
        writer.append(77, [draft()])
    writer.close()


def together(number: int, work: Callable[[int], None]) -> None:
    """Run `work` in so many threads that begin at once."""
    barrier = threading.Barrier(number)

    def one(which: int) -> None:
        barrier.wait()
        work(which)

    threads = [threading.Thread(target=one, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_threads_share_one_writer_and_every_fact_is_there_once(engine: Engine, race: Race) -> None:
    heard: list[Fact] = []
    writer = Writer(engine, lambda _race, facts: heard.extend(facts))
    answered: list[Fact] = []

    def work(which: int) -> None:
        for number in range(20):
            [item] = writer.append(race.id, [draft(f"{which}-{number}", entry=str(which))])
            answered.append(item.fact)

    together(8, work)
    writer.close()
    facts = log_of(engine, race)
    assert is_whole(facts)
    assert len(facts) == 160
    assert sorted(answered, key=lambda fact: fact.revision) == facts
    assert heard == facts


class Gate:
    """Lets the first commit through only when told, so that others gather behind it."""

    def __init__(self, writer: Writer, waiting: int) -> None:
        self._writer = writer
        self._waiting = waiting
        self.commits = 0

    def __call__(self, work: Callable[[], None]) -> None:
        self.commits += 1
        if self.commits == 1:
            while len(self._writer._waiting) < self._waiting:
                threading.Event().wait(0.001)
        work()


def gathered(engine: Engine, race: Race, drafts: list[Draft]) -> tuple[Gate, dict[str, object]]:
    """Append each draft in a thread of its own, all but the first in one batch; return what each was answered."""
    writer = Writer(engine)
    gate = Gate(writer, len(drafts) - 1)
    writer._outside = gate
    answers: dict[str, object] = {}

    def work(which: int) -> None:
        try:
            answers[drafts[which].id] = writer.append(race.id, [drafts[which]])
        except Exception as error:
            answers[drafts[which].id] = error

    together(len(drafts), work)
    writer.close()
    return gate, answers


def test_requests_that_come_during_a_commit_share_the_next_one(engine: Engine, race: Race) -> None:
    synced = []
    event.listen(engine, "commit", lambda _connection: synced.append(1))
    gate, answers = gathered(engine, race, [draft(f"f{number}") for number in range(12)])
    assert len(answers) == 12
    assert gate.commits == 2
    assert len(synced) == 2
    assert is_whole(log_of(engine, race))


def test_one_bad_request_sinks_no_other_in_its_batch(engine: Engine, race: Race) -> None:
    bad = draft("bad", body={"answers": {"q1": float("nan")}})
    _, answers = gathered(engine, race, [*(draft(f"f{number}") for number in range(6)), bad])
    assert isinstance(answers["bad"], ValueError)
    assert all(isinstance(answers[f"f{number}"], list) for number in range(6))
    facts = log_of(engine, race)
    assert {fact.id for fact in facts} == {f"f{number}" for number in range(6)}
    assert is_whole(facts)


def test_whoever_finds_the_queue_full_is_asked_to_come_again_and_the_others_are_served(
    engine: Engine, race: Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facts.store.writer.MOST_WAITING", 3)
    refused = threading.Event()

    def commit_once_somebody_was_refused(work: Callable[[], None]) -> None:
        assert refused.wait(5)
        work()

    writer = Writer(engine, outside=commit_once_somebody_was_refused)
    answers: list[object] = []

    def work(which: int) -> None:
        try:
            answers.append(writer.append(race.id, [draft(f"f{which}")]))
        except Problem as problem:
            answers.append(problem)
            refused.set()

    together(6, work)
    writer.close()
    problems = [answer for answer in answers if isinstance(answer, Problem)]
    assert {(problem.status, problem.code) for problem in problems} == {(503, "busy")}
    assert all(problem.retry_after_s for problem in problems)
    facts = log_of(engine, race)
    assert len(facts) == 6 - len(problems)
    assert is_whole(facts)


def test_two_processes_writing_beside_each_other_leave_no_gap(engine: Engine, race: Race) -> None:
    other = open_engine(str(engine.url))
    writers = [Writer(engine), Writer(other)]

    def work(which: int) -> None:
        for number in range(40):
            writers[which].append(race.id, [draft(f"{which}-{number}")])

    together(2, work)
    for writer in writers:
        writer.close()
    other.dispose()
    facts = log_of(engine, race)
    assert len(facts) == 80
    assert is_whole(facts)


def test_a_full_disk_acknowledges_nothing_that_is_not_there_and_works_again_afterwards(
    engine: Engine, race: Race
) -> None:
    heard: list[str] = []
    writer = Writer(engine, lambda _race, facts: heard.extend(fact.id for fact in facts))
    writer.append(race.id, [draft("before")])
    connection = writer._connection
    assert connection is not None
    driver = connection.connection.driver_connection
    assert driver is not None
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count={pages}")
    acknowledged: list[str] = []

    def fill() -> None:
        for number in range(40):
            writer.append(race.id, [draft(f"f{number}", body={"text": "字" * 400})])
            acknowledged.append(f"f{number}")

    with pytest.raises(OperationalError, match="full"):
        fill()
    assert [fact.id for fact in log_of(engine, race)] == ["before", *acknowledged] == heard
    driver.execute("PRAGMA max_page_count=1000000")
    writer.append(race.id, [draft("after")])
    writer.close()
    assert log_of(engine, race)[-1].id == "after"
    assert is_whole(log_of(engine, race))


def test_an_empty_request_asks_nothing_of_the_disk(engine: Engine, race: Race) -> None:
    writer = Writer(engine)
    assert writer.append(race.id, []) == []
    assert writer._connection is None


def test_a_blanked_body_leaves_the_chain_whole_and_a_forged_one_breaks_it(engine: Engine, race_row: Race) -> None:
    drafts = [Draft(f"m{number}", "message", 1, 1, "t", body={"text": f"张三{number}"}) for number in range(3)]
    with writing(engine) as connection:
        last = append(connection, race_row.id, drafts)[-1].fact.revision
        blank(connection, race_row.id, {last - 1: {"text": ""}})
        blank(connection, race_row.id, {last - 1: {"text": ""}})
        facts = list(since(connection, race_row.id))
    assert first_broken(facts) is None, "blanked twice it is still sealed by what it was first"
    assert [fact.body["text"] for fact in facts[-3:]] == ["张三0", "", "张三2"]
    forged = [replace(fact, body={"text": "李四"}) if fact.revision == last else fact for fact in facts]
    assert first_broken(forged) == last
