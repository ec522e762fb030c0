"""The report as a document for Word, so that who sends it up can add a paragraph and photographs of their own."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from base.languages import Words
from base.translate import Said, put
from checkpoints.printing import PRODUCT, show_day
from race.model import Setup
from race.printing.tables import Cell, ListPaper
from results.printing.certificates import USUAL
from results.printing.report import Report, chart_png

INK = RGBColor(0x10, 0x20, 0x1A)
SECOND = RGBColor(0x41, 0x50, 0x4A)
RULE = "CBD3CB"
# Fonts that every Word on a Chinese desk has.
LATIN, CHINESE = "Arial", "微软雅黑"
SIZES = {"Normal": 10.5, "Title": 24, "Heading 1": 15}
TEXT_MM = 170


def report_docx(report: Report, setup: Setup, day: date | None, language: str) -> bytes:
    """Return the report as a .docx in one language."""
    paper = Document()
    _set_up(paper, language)
    about = setup.about
    paper.core_properties.title = f"{put(about.name, language)} {put(Words('Report'), language)}"
    paper.core_properties.author = PRODUCT
    # The library would put its own template's day of birth here.
    moment = datetime.combine(day, datetime.min.time(), UTC) if day else datetime(2026, 1, 1, tzinfo=UTC)
    paper.core_properties.created = paper.core_properties.modified = moment
    _line(paper, put(about.name, language), size=13)
    paper.add_paragraph(put(Words("Report"), language), style="Title")
    for host in about.hosts:
        _line(paper, f"{put(USUAL.get(host.role, host.role), language)}\u3000{host.name}", second=True)
    _line(paper, "\u3000".join(filter(None, (put(about.venue, language), show_day(day, language)))), second=True)
    _line(paper, put(report.summary, language), size=12)
    _facts(paper, report, language)
    for chart in report.charts:
        paper.add_heading(put(chart.title, language), 1)
        paper.add_picture(io.BytesIO(chart_png(chart, language)), width=Mm(TEXT_MM))
    if report.awards:
        paper.add_heading(put(Words("Awards"), language), 1)
        for name, names in report.awards:
            _award(paper, put(name, language), names)
    paper.add_heading(put(report.results.title, language), 1)
    _results(paper, report.results, language)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _set_up(paper: Paper, language: str) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - TEXT_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(18)
    for name, size in SIZES.items():
        style = paper.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), INK
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)
        fonts.set(qn("w:eastAsia"), CHINESE)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), "en-GB")
        spoken.set(qn("w:eastAsia"), "zh-CN")
        style.element.get_or_add_rPr().append(spoken)
    _page_numbers(section.footer.paragraphs[0], language)


def _page_numbers(foot: Paragraph, language: str) -> None:
    """Put `Page x of y` at the foot, counted by Word itself."""
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    text = put(Words("Page %(page)s of %(pages)s", {"page": "#", "pages": "##"}), language)
    before, _, rest = text.partition("#")
    middle, _, after = rest.partition("##")
    foot.add_run(before)
    _field(foot, "PAGE")
    foot.add_run(middle)
    _field(foot, "NUMPAGES")
    foot.add_run(after)


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001  the library has no call for a field
    paragraph._p.append(field)  # noqa: SLF001


def _line(paper: Paper, text: str, *, size: float = 10.5, second: bool = False) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if second:
        run.font.color.rgb = SECOND


def _facts(paper: Paper, report: Report, language: str) -> None:
    table = _table(paper, len(report.facts), (TEXT_MM // 2, TEXT_MM // 2))
    for row, (name, value) in zip(table.rows, report.facts, strict=True):
        left, right = row.cells
        left.width = right.width = Mm(TEXT_MM // 2)
        _write(left, name, language)
        _write(right, value, language, bold=True)
        right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _award(paper: Paper, name: str, names: Sequence[str]) -> None:
    paragraph = paper.add_paragraph()
    paragraph.add_run(f"{name}\u3000").bold = True
    paragraph.add_run("\u3000".join(names))


def _results(paper: Paper, listed: ListPaper, language: str) -> None:
    for said in (listed.mark, *listed.notes):
        if text := put(said, language):
            _line(paper, text, second=True)
    groups = [group for group in listed.groups if group.rows]
    if not groups:
        _line(paper, put(listed.empty, language))
    shared = [column.width_mm for column in listed.columns]
    widths = [width or TEXT_MM - sum(shared) for width in shared]
    heads: list[Cell] = [column.head for column in listed.columns]
    for group in groups:
        _line(paper, " · ".join(filter(None, (put(part, language) for part in group.name))), size=12)
        table = _table(paper, len(group.rows) + 1, widths)
        for number, (row, cells) in enumerate(zip(table.rows, [heads, *group.rows], strict=True)):
            _mark(row, "w:cantSplit" if number else "w:tblHeader")
            for cell, cell_words, column, width in zip(row.cells, cells, listed.columns, widths, strict=True):
                _write(cell, cell_words, language, bold=number == 0)
                cell.width = Mm(width)
                cell.paragraphs[0].alignment = SIDES[column.align]


SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def _table(paper: Paper, rows: int, widths_mm: Sequence[int]) -> Table:
    """Return an empty table with thin lines between its rows."""
    table: Table = paper.add_table(rows, len(widths_mm))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001  the library has no call for borders
    return table


def _write(cell: _Cell, said: Cell, language: str, *, bold: bool = False) -> None:
    """Write the lines of a cell, the first as it stands, others smaller."""
    parts: tuple[Said, ...] = said if isinstance(said, tuple) else (said,)
    lines = [text for part in parts if (text := put(part, language))]
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for number, text in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        run = paragraph.add_run(text)
        run.bold = bold
        if number:
            run.font.size, run.font.color.rgb = Pt(9), SECOND


def _mark(row: _Row, name: str) -> None:
    """Let a row return as the head of each page, or stay whole at the end of one."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  the library has no call for it
