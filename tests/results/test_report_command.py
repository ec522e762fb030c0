from pathlib import Path

import pytest
from click.testing import CliRunner

from facts.model import Race
from results.commands import report
from tests.factories import SLUG


@pytest.fixture
def place(race_row: Race, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write into; the small race lies in the database that commands open."""
    monkeypatch.setenv("WAYPOST_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


@pytest.mark.parametrize(("name", "begins"), [("report.pdf", b"%PDF-"), ("report.docx", b"PK"), ("REPORT.DOCX", b"PK")])
def test_the_ending_says_what_it_becomes(place: Path, name: str, begins: bytes) -> None:
    done = CliRunner().invoke(report, [SLUG, "-o", str(place / name), "--lang", "en"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert (place / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(("slug", "name", "word"), [(SLUG, "r.odt", ".docx or .pdf"), ("nowhere", "r.pdf", "no race")])
def test_what_cannot_be_written_is_said_and_leaves_no_file(place: Path, slug: str, name: str, word: str) -> None:
    done = CliRunner().invoke(report, [slug, "-o", str(place / name)])
    assert done.exit_code == 1
    assert word in done.stderr
    assert not (place / name).exists()
