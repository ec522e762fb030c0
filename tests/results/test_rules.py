from race.rules.standing import rank
from results.rules import news_of, row_of, splits_of
from tests.factories import GUN, Log, race


def test_a_row_says_what_the_contract_promises() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    log.finish("1", 500)
    log.heads("1", 510)
    row = row_of(race(), log.standings()[0])
    assert row == {
        "entry": "1",
        "bib": "1",
        "team": "白鹭",
        "club": "湿地工会",
        "class": "open",
        "place": 1,
        "status": "OK",
        "provisional": True,
        "checkpoints": 1,
        "passed": ["31"],
        "points": 0,
        "time_s": 500,
        "elapsed_s": 500,
        "credit_s": 0,
        "penalty_s": 0,
        "late_s": 0,
        "behind_s": 0,
        "heads_confirmed": True,
        "last_at": GUN + 500_000,
    }


def test_who_has_not_started_has_no_time() -> None:
    log = Log()
    log.gun(0)
    row = row_of(race(), log.standings()[0])
    assert (row["place"], row["time_s"], row["elapsed_s"]) == (None, None, None)


def test_splits_run_from_the_start_and_legs_from_the_last_checkpoint() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "33", 100)
    log.punch("1", "31", 250)
    splits = splits_of(race(), log.run())
    assert [(item["checkpoint"], item["split_s"], item["leg_s"]) for item in splits] == [
        ("33", 100, 100),
        ("31", 250, 150),
        ("32", None, None),
        ("34", None, None),
    ]
    assert [(item["state"], item["task"]) for item in splits] == [
        ("OK", "failed"),
        ("OK", "none"),
        ("Missing", "none"),
        ("Missing", "none"),
    ]


def test_a_passed_task_stands_with_its_split() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "33", 100)
    log.game("1", "33", 200)
    assert splits_of(race(), log.run())[0]["task"] == "passed"


def test_news_tell_what_was_passed_who_finished_and_whose_heads_were_counted() -> None:
    def standings(log: Log) -> dict[str, object]:
        return {item.run.entry: item for item in rank(race(), [log.run(e) for e in "123"], live=True)}

    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    before = standings(log)
    log.punch("2", "31", 150)
    log.finish("1", 200)
    log.heads("1", 210)
    news = news_of(race(), before, standings(log), GUN + 220_000)  # type: ignore[arg-type]
    assert [(item["what"], item["bib"], item["checkpoint"]) for item in news] == [
        ("finished", "1", None),
        ("heads", "1", None),
        ("passed", "2", "31"),
    ]
    assert news_of(race(), before, before, GUN) == []  # type: ignore[arg-type]
