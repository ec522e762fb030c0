"""The log on disk: its tables, appending to it, and reading it back.

One row is one fact. Revisions are given under the race's row, which holds the last revision and the last chain value;
on SQLite the single writer makes that row lock implicit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    literal,
    select,
    update,
)

from base import canonical
from base.database import metadata
from facts.model import Draft, Fact, Race, Stage
from facts.rules import FIRST_CHAIN, seal

race_table = Table(
    "race",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(64), nullable=False, unique=True),
    Column("stage", String(16), nullable=False),
    Column("log", String(32), nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
)

fact_table = Table(
    "fact",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("log", String(32), nullable=False),
    Column("id", String(80), nullable=False),
    Column("entry", String(64)),
    Column("kind", String(16), nullable=False),
    Column("checkpoint", String(64)),
    Column("at", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("by", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    Column("digest", String(64)),
    UniqueConstraint("race", "id"),
)

_INSERT = insert(fact_table)
_HEAD = (
    select(race_table.c.log, race_table.c.revision, race_table.c.chain)
    .where(race_table.c.id == bindparam("race"))
    .with_for_update()
)
_MOVE_HEAD = update(race_table).where(race_table.c.id == bindparam("race_id"))
_KNOWN = select(fact_table).where(
    fact_table.c.race == bindparam("race"), fact_table.c.id.in_(bindparam("ids", expanding=True))
)
_UNSEALED = [literal(b"").label("chain") if column.name == "chain" else column for column in fact_table.c]
ID_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of a draft: `fact` is what the log holds under its id; `fresh` if it is new.

    `conflict` says that the log held other content under that id, so the draft was left out.
    """

    fact: Fact
    fresh: bool
    conflict: bool = False


def append(connection: Connection, race: int, drafts: Sequence[Draft]) -> list[Appended]:
    """Append `drafts` to a race's log inside the caller's write transaction; the same id twice is one fact."""
    head = connection.execute(_HEAD, {"race": race}).one()
    known = {fact.id: fact for fact in _known(connection, race, [draft.id for draft in drafts])}
    results, rows = [], []
    revision, chain = head.revision, head.chain
    for draft in drafts:
        if earlier := known.get(draft.id):
            results.append(Appended(earlier, fresh=False, conflict=not _same(earlier, draft)))
            continue
        revision += 1
        body = canonical.encode(dict(draft.body))
        sealed = (head.log, revision, draft.id, draft.entry, draft.kind, draft.checkpoint, draft.at, draft.received_at)
        chain = seal(chain, (*sealed, draft.by), body)
        fact = Fact(
            id=draft.id,
            kind=draft.kind,
            at=draft.at,
            received_at=draft.received_at,
            by=draft.by,
            entry=draft.entry,
            checkpoint=draft.checkpoint,
            body=draft.body,
            log=head.log,
            revision=revision,
            chain=chain,
        )
        known[fact.id] = fact
        results.append(Appended(fact, fresh=True))
        rows.append(_to_row(race, fact, body))
    if rows:
        connection.execute(_INSERT, rows)
        connection.execute(_MOVE_HEAD, {"race_id": race, "revision": revision, "chain": chain})
    return results


def _same(fact: Fact, draft: Draft) -> bool:
    # The times may differ: a record sent again is fixed anew from the same phone time, which its body holds. So may the
    # device: a phone that had to join again between two tries has a new name, and its receipts a chain of their own.
    return (fact.kind, fact.entry, fact.checkpoint) == (draft.kind, draft.entry, draft.checkpoint) and (
        _said(fact.body) == _said(draft.body)
    )


def _said(body: Mapping[str, Any]) -> str:
    return canonical.encode({name: value for name, value in body.items() if name not in ("device", "receipt")})


def _known(connection: Connection, race: int, ids: Sequence[str]) -> Iterator[Fact]:
    for start in range(0, len(ids), ID_CHUNK):
        for row in connection.execute(_KNOWN, {"race": race, "ids": ids[start : start + ID_CHUNK]}):
            yield _to_fact(row)


def _to_row(race: int, fact: Fact, body: str) -> dict[str, object]:
    return {
        "race": race,
        "revision": fact.revision,
        "log": fact.log,
        "id": fact.id,
        "entry": fact.entry,
        "kind": fact.kind,
        "checkpoint": fact.checkpoint,
        "at": fact.at,
        "received_at": fact.received_at,
        "by": fact.by,
        "body": body,
        "chain": fact.chain,
    }


def _to_fact(row: Row[Any]) -> Fact:
    # Hundreds of thousands of these may live at once, and most of their words are the same few: each is kept once.
    _, revision, log, name, entry, kind, checkpoint, at, received_at, by, body, chain, digest = tuple(row)
    return Fact(
        name,
        intern(kind),
        at,
        received_at,
        intern(by),
        intern(entry) if entry is not None else None,
        intern(checkpoint) if checkpoint is not None else None,
        {intern(key): intern(value) if type(value) is str else value for key, value in canonical.decode(body).items()},
        intern(log),
        revision,
        chain,
        digest,
    )


def since(
    connection: Connection, race: int, revision: int = 0, *, sealed: bool = True, whole: bool = False
) -> Iterator[Fact]:
    """Yield a race's facts after `revision`, in the order of the log; without their chain where it need not be kept.

    A long log comes a thousand at a time; a few facts come faster as a `whole`.
    """
    after = (select(fact_table) if sealed else select(*_UNSEALED)).where(
        fact_table.c.race == race, fact_table.c.revision > revision
    )
    after = after.order_by(fact_table.c.revision)
    with connection.execute(after if whole else after.execution_options(yield_per=1000)) as rows:
        for row in rows:
            yield _to_fact(row)


def add_race(connection: Connection, slug: str, secret: bytes) -> Race:
    """Open a race in set-up, with an empty log."""
    key = connection.execute(
        insert(race_table).values(
            slug=slug, stage=Stage.SETUP, log=Stage.SETUP, secret=secret, revision=0, chain=FIRST_CHAIN
        )
    ).inserted_primary_key
    assert key is not None
    return Race(key[0], slug, Stage.SETUP, Stage.SETUP, secret)


def races(connection: Connection) -> list[Race]:
    """Return every race, oldest first."""
    return [_to_race(row) for row in connection.execute(select(race_table).order_by(race_table.c.id))]


def race_by_slug(connection: Connection, slug: str) -> Race | None:
    """Return one race, or None."""
    row = connection.execute(select(race_table).where(race_table.c.slug == slug)).one_or_none()
    return _to_race(row) if row else None


def race_by_id(connection: Connection, race: int) -> Race:
    """Return a race as it stands in this write transaction, and until its end: nothing comes into its log meanwhile."""
    return _to_race(connection.execute(select(race_table).where(race_table.c.id == race).with_for_update()).one())


def any_about(connection: Connection, race: Race, what: str, names: Sequence[str]) -> bool:
    """Tell whether the race's present log names any of `names` as a fact's `what`: "entry" or "checkpoint"."""
    mine = select(fact_table.c.id).where(fact_table.c.race == race.id, fact_table.c.log == race.log).limit(1)
    chunks = (names[start : start + ID_CHUNK] for start in range(0, len(names), ID_CHUNK))
    return any(connection.execute(mine.where(fact_table.c[what].in_(chunk))).first() for chunk in chunks)


def _to_race(row: Row[tuple[object, ...]]) -> Race:
    return Race(row.id, row.slug, Stage(row.stage), row.log, row.secret)


def revisions(connection: Connection) -> dict[int, int]:
    """Return the last revision of every race: how one process hears of what another wrote."""
    return {row.id: row.revision for row in connection.execute(select(race_table.c.id, race_table.c.revision))}


def blank(connection: Connection, race: int, bodies: Mapping[int, Mapping[str, Any]]) -> None:
    """Put emptier bodies in the place of some facts', by revision. What was sealed stays as a digest: the chain holds.

    This is for erasing what people's names stand in, and for nothing else.
    """
    for revision, body in bodies.items():
        mine = (fact_table.c.race == race) & (fact_table.c.revision == revision)
        row = connection.execute(select(fact_table.c.body, fact_table.c.digest).where(mine)).one()
        digest = row.digest or canonical.sha256(row.body)
        connection.execute(update(fact_table).where(mine).values(body=canonical.encode(dict(body)), digest=digest))


def rename_race(connection: Connection, race: int, slug: str) -> None:
    """Give a race another short name; what was printed hangs on its secret and stays good."""
    connection.execute(update(race_table).where(race_table.c.id == race).values(slug=slug))


def move_stage(connection: Connection, race: int, stage: Stage, log: str) -> None:
    """Set a race's stage and the log its facts go to from now on. The caller appends the `setup` fact that says so."""
    connection.execute(update(race_table).where(race_table.c.id == race).values(stage=stage, log=log))
