from pathlib import Path

import pytest

from base import fonts


def test_every_font_for_paper_is_installed() -> None:
    assert fonts.absent() == []


def test_names_in_chinese_and_latin_letters_can_be_printed() -> None:
    assert fonts.missing(["清苇街道总工会 “一点不落”", "Zoë Müller, Đặng Thị", "龘㐂", "３７ 36"]) == []


def test_a_character_that_no_font_has_is_named_once() -> None:
    assert fonts.missing(["参赛队 🎉🎉", "བོད"]) == ["🎉", "བ", "ོ", "ད"]


def test_the_bold_cut_has_the_same_characters_as_the_checked_one() -> None:
    regular, bold = (fonts.PACKAGES / name for name in fonts.FILES[:2])
    assert fonts.characters(regular) == fonts.characters(bold)
    assert len(fonts.characters(regular)) > 30_000


def test_spaces_and_line_ends_need_no_font() -> None:
    assert fonts.missing(["\u3000\n\t\u200b"]) == []


def test_a_file_that_is_not_there_has_no_characters(tmp_path: Path) -> None:
    assert fonts.characters(tmp_path / "none.ttf") == frozenset()


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttf"
    path.write_bytes(bytes(64))
    with pytest.raises(ValueError, match="cmap"):
        fonts.characters(path)
