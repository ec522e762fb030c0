from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner

from base import fonts
from base.database import open_engine
from base.migrating import migrate
from race.commands.store_race import lay_down
from results.commands import print_command
from tests.factories import SLUG, race_file


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to print into, beside a database with the small race and with a public address."""
    url = f"sqlite:///{tmp_path / 'waypost.db'}"
    engine = open_engine(url)
    migrate(engine)
    lay_down(engine, SLUG, race_file(), None, "test")
    engine.dispose()
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path))
    monkeypatch.setenv("WAYPOST_DATABASE_URL", url)
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "https://race.example.org")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


@pytest.mark.parametrize(("what", "letter"), [("posters", "C"), ("cards", "T"), ("marshals", "M")])
def test_each_print_holds_symbols_of_its_own_addresses(place: Path, what: str, letter: str) -> None:
    target = place / "out.pdf"
    done = CliRunner().invoke(print_command, [SLUG, "--what", what, "--lang", "zh+en", "-o", str(target)])
    assert (done.exit_code, done.stderr) == (0, "")
    found = zxingcpp.read_barcodes(pypdfium2.PdfDocument(target)[0].render(scale=2).to_pil())
    assert found
    assert all(symbol.text.startswith(f"HTTPS://RACE.EXAMPLE.ORG/{letter}/") for symbol in found)


def test_an_address_that_phones_do_not_reach_is_said_before_paper_is_spent(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "http://192.168.1.20:8000")
    done = CliRunner().invoke(print_command, [SLUG, "--what", "cards", "-o", str(place / "out.pdf")])
    assert done.exit_code == 0
    assert "local network" in done.stderr


@pytest.mark.parametrize(("what", "word"), [("starts", "集体出发"), ("checkin", "实到")])
def test_lists_hold_no_address_so_nothing_is_said_of_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, what: str, word: str
) -> None:
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "http://localhost:8000")
    target = place / "out.pdf"
    done = CliRunner().invoke(print_command, [SLUG, "--what", what, "-o", str(target)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert word in pypdfium2.PdfDocument(target)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("what", ["map", "descriptions", "bibs"])
def test_what_comes_later_is_said_clearly(place: Path, what: str) -> None:
    done = CliRunner().invoke(print_command, [SLUG, "--what", what, "-o", str(place / "out.pdf")])
    assert done.exit_code == 1
    assert what in done.stderr
    assert not (place / "out.pdf").exists()


def test_what_cannot_be_printed_leaves_no_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "out.pdf"
    absent = CliRunner().invoke(print_command, ["nowhere", "--what", "cards", "-o", str(target)])
    monkeypatch.setattr(fonts, "PACKAGES", place)
    bare = CliRunner().invoke(print_command, [SLUG, "--what", "cards", "-o", str(target)])
    for failed in (absent, bare):
        assert failed.exit_code == 1
        assert "Traceback" not in failed.stderr
    assert "make install" in bare.stderr
    assert not target.exists()
