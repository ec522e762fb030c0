import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from base import commands, doctor, fonts
from base.database import open_engine, writing
from base.doctor import Finding, Grade
from base.migrating import migrate
from facts.model import Draft
from facts.store import add_race
from facts.store.writer import Writer

NOW = 1_777_597_200_000


def grades(findings: object) -> list[Grade]:
    assert hasattr(findings, "__iter__")
    return [finding.grade for finding in findings if isinstance(finding, Finding)]


def said(findings: object) -> str:
    assert hasattr(findings, "__iter__")
    return "\n".join(str(finding.words) for finding in findings if isinstance(finding, Finding))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "instance"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def url(folder: Path) -> str:
    """A sound database with one race and one fact."""
    url = f"sqlite:///{folder / 'waypost.db'}"
    engine = open_engine(url)
    migrate(engine)
    with writing(engine) as connection:
        add_race(connection, "nanyuan", bytes(32))
    writer = Writer(engine)
    writer.append(1, [Draft(id="f", kind="punch", at=NOW, received_at=NOW, by="t", entry="1")])
    writer.close()
    engine.dispose()
    return url


def database(url: str, now: int = NOW) -> list[Finding]:
    engine = open_engine(url)
    found = list(doctor.database_findings(engine, now))
    engine.dispose()
    return found


def test_a_private_folder_is_well_and_an_open_one_is_to_be_closed(folder: Path) -> None:
    assert grades(doctor.folder_findings(folder))[0] is Grade.WELL
    folder.chmod(0o755)
    found = list(doctor.folder_findings(folder))
    assert found[0].grade is Grade.MEND
    assert f"chmod 700 {folder}" in said(found)


def test_a_folder_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    assert Grade.MEND not in grades(doctor.folder_findings(tmp_path / "instance"))


def test_a_full_disk_is_said_before_it_stops_a_race(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 62)
    assert grades(doctor.folder_findings(folder))[1] is Grade.MEND
    monkeypatch.setattr(doctor, "LEAST_FREE", 0)
    monkeypatch.setattr(doctor, "GOOD_FREE", 1 << 62)
    assert grades(doctor.folder_findings(folder))[1] is Grade.NOTE


def test_a_secret_is_long_and_read_by_its_owner_only(folder: Path) -> None:
    path = folder / "secret"
    assert grades(doctor.secret_findings(folder, None)) == [Grade.NOTE]
    path.write_text("a" * 64)
    path.chmod(0o600)
    assert grades(doctor.secret_findings(folder, None)) == [Grade.WELL]
    path.chmod(0o644)
    assert f"chmod 600 {path}" in said(doctor.secret_findings(folder, None))
    path.chmod(0o600)
    path.write_text("")
    assert grades(doctor.secret_findings(folder, None)) == [Grade.MEND]
    assert grades(doctor.secret_findings(folder, "short")) == [Grade.MEND]
    assert grades(doctor.secret_findings(folder, "b" * 40)) == [Grade.WELL]


@pytest.mark.parametrize(
    ("address", "grade", "word"),
    [
        (None, Grade.NOTE, "not set"),
        ("https://race.example.com", Grade.WELL, "race.example.com"),
        ("http://race.example.com", Grade.NOTE, "not HTTPS"),
        ("http://localhost:8000", Grade.NOTE, "Only this machine"),
        ("https://127.0.0.1", Grade.NOTE, "Only this machine"),
        ("https://192.168.1.20", Grade.NOTE, "local network"),
        ("https://raspberrypi.local", Grade.NOTE, "local network"),
        ("https://race.example.com/waypost", Grade.MEND, "path"),
        ("race.example.com", Grade.MEND, "no web address"),
    ],
)
def test_the_public_address_must_be_one_that_phones_reach(address: str | None, grade: Grade, word: str) -> None:
    found = list(doctor.address_findings(address))
    assert grades(found) == [grade]
    assert word in said(found)


def test_what_make_install_sets_up_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("")
    monkeypatch.setattr(fonts, "PACKAGES", tmp_path)
    assert grades(doctor.parts_findings(tmp_path)) == [Grade.MEND] * 3
    monkeypatch.undo()
    (tmp_path / "static" / "build").mkdir(parents=True)
    (tmp_path / "static" / "build" / "phone.js").write_text("")
    catalogue.with_suffix(".mo").write_text("")
    assert grades(doctor.parts_findings(tmp_path)) == [Grade.WELL] * 3
    os.utime(catalogue.with_suffix(".mo"), (0, 0))
    assert grades(doctor.parts_findings(tmp_path))[2] is Grade.MEND


def test_a_clock_that_stands_in_the_past_is_seen() -> None:
    assert grades(doctor.machine_findings(0, "Asia/Shanghai", open_files=65536)) == [Grade.MEND]
    assert grades(doctor.machine_findings(NOW, "Asia/Shanghai", open_files=65536)) == [Grade.WELL]
    assert grades(doctor.machine_findings(NOW, "Asia/Shanghai", open_files=1024)) == [Grade.WELL, Grade.NOTE]


def test_a_time_zone_must_be_one() -> None:
    assert "2026-05-01T09:00:00+08:00" in said(doctor.machine_findings(NOW, "Asia/Shanghai", open_files=65536))
    for odd in ("Beijing", "../etc", ""):
        assert grades(doctor.machine_findings(NOW, odd, open_files=65536)) == [Grade.MEND, Grade.WELL]


def test_a_sound_database_is_well(url: str) -> None:
    assert grades(database(url)) == [Grade.WELL, Grade.WELL]


def test_looking_changes_nothing(url: str, folder: Path) -> None:
    before = (folder / "waypost.db").read_bytes()
    database(url)
    assert (folder / "waypost.db").read_bytes() == before


def test_a_database_that_is_not_there_yet_is_not_made(folder: Path) -> None:
    assert grades(database(f"sqlite:///{folder / 'waypost.db'}")) == [Grade.NOTE]
    assert list(folder.iterdir()) == []


def test_a_damaged_database_asks_for_a_backup(url: str, folder: Path) -> None:
    path = folder / "waypost.db"
    path.write_bytes(path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096))
    assert Grade.MEND in grades(database(url))
    path.write_bytes(b"nothing of the kind")
    assert grades(database(url)) == [Grade.MEND]


def test_a_database_of_a_newer_version_is_not_for_this_one(url: str) -> None:
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "newer" in said(database(url))
    assert Grade.MEND in grades(database(url))


def test_a_database_of_an_older_version_is_no_fault(url: str) -> None:
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()
    assert grades(database(url)) == [Grade.WELL, Grade.NOTE]


def test_a_clock_behind_the_last_record_is_seen(url: str) -> None:
    assert grades(database(url, NOW - 3_600_000))[-1] is Grade.MEND


def test_a_redis_that_is_named_must_answer() -> None:
    assert list(doctor.sharing_findings(None)) == []
    assert [finding.grade for finding in doctor.sharing_findings("redis://127.0.0.1:1/0")] == [Grade.MEND]
    assert [finding.grade for finding in doctor.sharing_findings("no address")] == [Grade.MEND]


def test_the_command_ends_with_1_only_if_something_must_be_mended(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYPOST_INSTANCE", str(folder))
    monkeypatch.setenv("WAYPOST_DATABASE_URL", url)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "https://race.example.com/path")
    sick = CliRunner().invoke(commands.doctor_)
    assert sick.exit_code == 1
    assert "! WAYPOST_PUBLIC_URL 带了路径" in sick.output
    monkeypatch.setattr(doctor, "parts_findings", lambda root: [])
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "https://race.example.com")
    fit = CliRunner().invoke(commands.doctor_)
    assert fit.exit_code == 0
    assert "✓ 二维码指向 https://race.example.com" in fit.output
