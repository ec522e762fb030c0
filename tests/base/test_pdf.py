from pathlib import Path

import pypdfium2
import pytest

from base import fonts, pdf

PLAIN = '#import "common.typ": *\n#show: plain\n#data.words'


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small template beside a copy of what all templates share."""
    (tmp_path / "common.typ").write_text((pdf.TEMPLATES / "common.typ").read_text())
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    path = tmp_path / "small.typ"
    path.write_text(PLAIN)
    return path


def data(words: str) -> dict[str, object]:
    return {"title": "T", "languages": ["zh"], "words": words}


def text_of(made: bytes) -> str:
    return str(pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range())


def test_words_are_data_and_never_markup(template: Path) -> None:
    words = '#panic("x") $x$ *bold* \\ "quoted" <label> @ref 中文'
    assert text_of(pdf.compile(template, data(words))) == words


def test_the_print_dialogue_is_asked_to_keep_the_size(template: Path) -> None:
    made = pdf.compile(template, data("中文 and English"))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    assert b"/PrintScaling/None" in made[made.rfind(b"/Type/Catalog") :]
    # The file says itself where its table of addresses begins.
    start = int(made.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert made[start : start + 5] == b"xref\n"


def test_only_our_own_fonts_are_in_the_file(template: Path) -> None:
    made = pdf.compile(template, data("中文 and नमस्ते"))
    assert b"NotoSansSC-Regular" in made
    assert b"NotoSans-Regular" in made


def test_a_page_is_a4(template: Path) -> None:
    width, height = pypdfium2.PdfDocument(pdf.compile(template, data("x")))[0].get_size()
    assert (round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 1)) == (210.0, 297.0)


def test_a_template_reads_no_file_outside_its_folder(template: Path) -> None:
    template.write_text('#read("../secret")')
    (template.parent.parent / "secret").write_text("secret")
    with pytest.raises(pdf.PrintingFailed, match=r"small\.typ"):
        pdf.compile(template, data("x"))


def test_missing_fonts_are_said_with_what_to_do(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "PACKAGES", tmp_path)
    with pytest.raises(pdf.PrintingFailed, match="make install"):
        pdf.compile(template, data("x"))
