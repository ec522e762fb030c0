"""Markdown as the lines of a question sheet: lists get their numbers and letters, a ticked box is the answer."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from quizzes.exchange.paper.letters import any_option
from quizzes.exchange.paper.model import Block, Line, Style, Table
from quizzes.exchange.paper.sheet import read_sheet_of
from quizzes.exchange.paper.signs import field_of, narrow, numbered
from quizzes.exchange.pictures import Files
from quizzes.exchange.reading import Reading, label_of
from quizzes.exchange.shown import Shown, shown

MOST_DEPTH = 12
# A run of underscores is the place for an answer, never the beginning of bold type.
_BLANK = re.compile(r"_{2,}")
_PICTURE = "\0"  # a sign that no Markdown text holds
_BOX = re.compile(r"\s*\[([ xX√✓])\]\s*")
# How Obsidian shows a picture, with its width or its title: `![[图/a.png|300]]`. Any other is a note.
_EMBEDDED = re.compile(r"!\[\[([^\[\]|#\n]+\.(?:png|jpe?g|gif|webp|svg|bmp))\s*(?:[|#][^\[\]\n]*)?\]\]", re.IGNORECASE)
_SIGNS = re.compile(r"^\s*[-*+] \[[xX]\] |^\s*>?\s*\*\*(?:正确|参考)?(?:答案|answer)", re.MULTILINE | re.IGNORECASE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def is_markdown(name: str, text: str) -> bool:
    """Tell whether a text is Markdown."""
    return name.lower().endswith((".md", ".markdown")) or bool(_SIGNS.search(text))


def read_markdown(name: str, text: str, files: Files | None = None, within: str = "") -> Reading | None:
    """Return the questions of a Markdown text, or None if it is none: its name, boxes or bold answers tell.

    `files` are the pictures beside it by their names, `within` its own folder among them.
    """
    if not is_markdown(name, text):
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if front := _FRONT.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    escaped = _BLANK.sub(lambda found: "\\_" * len(found[0]), text)
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_DEPTH}).enable("table")
    parser.inline.ruler.before("image", "embedded", _embedded)
    tree = SyntaxTreeNode(parser.parse(escaped))
    return read_sheet_of(list(_blocks(tree.children, 0)), files, within)


def _blocks(nodes: Sequence[SyntaxTreeNode], at: int) -> Iterator[Block]:
    for node in nodes:
        at = node.map[0] + 1 if node.map else at
        if node.type in ("paragraph", "heading"):
            yield from _lines(node, at, "")
        elif node.type in ("bullet_list", "ordered_list"):
            yield from _list(node, at)
        elif node.type == "table":
            yield _table(node, at)
        elif node.type in ("code_block", "fence", "html_block"):
            found = shown(node.content) if node.type == "html_block" else Shown(node.content)
            for place, line in enumerate(found.text.split("\n")):
                if line.strip():
                    yield Line(at + place, line, wraps=place > 0)
            if found.pictures:
                yield Line(at, "", pictures=tuple((0, _unescaped(source)) for source in found.pictures))
        else:
            yield from _blocks(node.children, at)


def _list(node: SyntaxTreeNode, at: int) -> Iterator[Block]:
    """Yield the items of a list: numbered as they show, or as options where they stand below a question."""
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    within = node.parent is not None and node.parent.type == "list_item"
    firsts = [_first_text(item) for item in node.children]
    boxed = [bool(_BOX.match(first)) for first in firsts]
    plain = [_BOX.sub("", first, count=1) for first in firsts]
    fields = any(field_of(first) for first in plain)
    lettered = all(any_option(first) for first in plain)
    options = (all(boxed) or (within and not fields)) and len(firsts) > 1
    for place, item in enumerate(node.children):
        line = item.map[0] + 1 if item.map else at
        if options:
            yield from _item(item, line, "" if lettered else f"{label_of(place + 1)}. ")
        elif start is not None and not numbered(firsts[place]):
            yield from _item(item, line, f"{start + place}. ")
        else:
            yield from _item(item, line, "")


def _item(item: SyntaxTreeNode, at: int, head: str) -> Iterator[Block]:
    first = True
    for child in item.children:
        at = child.map[0] + 1 if child.map else at
        if first and child.type == "paragraph":
            yield from _lines(child, at, head)
        elif first:
            yield Line(at, head)
            yield from _blocks([child], at)
        else:
            yield from _blocks([child], at)
        first = False


def _first_text(item: SyntaxTreeNode) -> str:
    for child in item.children[:1]:
        if child.type == "paragraph":
            return "".join(text for text, _ in _pieces(child.children) if text[:1] != _PICTURE)
    return ""


def _lines(node: SyntaxTreeNode, at: int, head: str) -> Iterator[Line]:
    """Yield a paragraph's lines with what is bold; a ticked box becomes the tick behind its option."""
    texts: list[str] = [head]
    styles: list[list[Style]] = [[frozenset()] * len(head)]
    pictures: list[tuple[int, int, str]] = []  # (line, after how many signs, its address)
    for text, style in _pieces(node.children):
        if text[:1] == _PICTURE:
            pictures.append((len(texts) - 1, len(texts[-1]), text[1:]))
            continue
        for place, part in enumerate(text.split("\n")):
            if place:
                texts.append("")
                styles.append([])
            texts[-1] += part
            styles[-1] += [style] * len(part)
    if found := _BOX.match(texts[0][len(head) :]):
        begin, end = len(head), len(head) + found.end()
        texts[0] = head + texts[0][end:] + (" √" if found[1].strip() else "")
        styles[0][begin:end] = []
        styles[0] += [frozenset()] * (len(texts[0]) - len(styles[0]))
    for place, (line, marks) in enumerate(zip(texts, styles, strict=True)):
        held = tuple((min(behind, len(line)), source) for of, behind, source in pictures if of == place)
        if line.strip() or held:
            wraps = place > 0 and not _begins(line)
            yield Line(at + place, line, tuple(marks) if any(marks) else (), wraps, not place, pictures=held)


def _embedded(state: StateInline, silent: bool) -> bool:
    """Take `![[a.png]]` as `![](a.png)`."""
    found = _EMBEDDED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": _unescaped(found[1].strip())}
        token.children = []
    state.pos = found.end()
    return True


def _begins(text: str) -> bool:
    return bool(numbered(text) or any_option(text) or field_of(narrow(text)))


def _pieces(nodes: Sequence[SyntaxTreeNode], style: Style = frozenset()) -> Iterator[tuple[str, Style]]:
    """Yield the text of a line with how it is marked; behind `_PICTURE` stands the address of a picture."""
    for node in nodes:
        if node.type in ("text", "code_inline"):
            yield node.content, style
        elif node.type in ("softbreak", "hardbreak"):
            yield "\n", style
        elif node.type == "image":
            yield f"{_PICTURE}{node.attrs.get('src', '')}", style
        elif node.type == "html_inline" and (sources := shown(node.content).pictures):
            yield f"{_PICTURE}{_unescaped(sources[0])}", style
        elif node.type == "html_inline":
            yield ("\n" if node.content.lower().startswith("<br") else ""), style
        else:
            yield from _pieces(node.children, style | {"bold"} if node.type == "strong" else style)


def _unescaped(source: str) -> str:
    """Return an address in HTML as it was written: there an escaped underscore is not undone."""
    return source.replace("\\_", "_")


def _table(node: SyntaxTreeNode, at: int) -> Table:
    table = Table(at)
    for part in node.children:
        for row in part.children:
            line = row.map[0] + 1 if row.map else at
            table.rows.append([list(_lines(cell, line, "")) for cell in row.children])
    return table
