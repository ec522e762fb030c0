import gzip
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from results.live import Page, Pages
from results.live.pages import MOST_PAGES, QUICK_S, SHARE


def here(work: Callable[[], Any]) -> Any:
    return work()


class Writer:
    """Writes a page as slowly as it is told, and counts how often."""

    def __init__(self, takes_s: float = 0.0) -> None:
        self.takes_s = takes_s
        self.written = 0

    def __call__(self) -> Callable[[], str]:
        return self.write

    def write(self) -> str:
        self.written += 1
        time.sleep(self.takes_s)
        return f"成绩第 {self.written} 稿"


def words(page: Page) -> str:
    return gzip.decompress(page.packed).decode()


def test_a_page_is_made_once_for_all_who_open_it_at_the_same_moment() -> None:
    pages, writer, seen = Pages(here), Writer(takes_s=0.1), []
    crowd = [threading.Thread(target=lambda: seen.append(words(pages.of("a", 1, writer)))) for _ in range(30)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    assert seen == ["成绩第 1 稿"] * 30


def test_a_quick_page_shows_what_has_moved_at_once_and_keeps_its_tag_where_nothing_has() -> None:
    pages, writer = Pages(here), Writer()
    first = pages.of("a", 1, writer)
    assert pages.of("a", 1, writer) is first
    assert words(pages.of("a", 2, writer)) == "成绩第 2 稿"
    assert pages.of("b", 2, lambda: lambda: words(first)).tag == first.tag


def test_a_slow_page_serves_a_while_longer_so_that_making_it_takes_a_small_share_of_the_time() -> None:
    took = 2 * QUICK_S
    pages, writer = Pages(here), Writer(takes_s=took)
    pages.of("a", 1, writer)
    made = time.monotonic()
    while words(pages.of("a", 2, writer)) == "成绩第 1 稿":
        time.sleep(0.005)
    assert time.monotonic() - made >= SHARE * (took - QUICK_S) * 0.9


def test_whoever_reads_while_a_page_is_made_anew_gets_the_one_before() -> None:
    pages, begun, goes_on = Pages(here), threading.Event(), threading.Event()
    pages.of("a", 1, lambda: lambda: "早先的")

    def slowly() -> str:
        begun.set()
        assert goes_on.wait(10)
        return "新的"

    maker = threading.Thread(target=lambda: pages.of("a", 2, lambda: slowly))
    maker.start()
    assert begun.wait(10)
    assert words(pages.of("a", 2, lambda: slowly)) == "早先的"
    goes_on.set()
    maker.join()
    assert words(pages.of("a", 2, lambda: slowly)) == "新的"


def test_a_page_that_cannot_be_made_is_tried_again_and_holds_nobody_up() -> None:
    pages, writer = Pages(here), Writer()

    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pages.of("a", 1, lambda: broken)
    assert words(pages.of("a", 1, writer)) == "成绩第 1 稿"


def test_only_so_many_pages_are_kept_and_those_that_are_read_stay() -> None:
    pages, writer = Pages(here), Writer()
    pages.of("read", 1, writer)
    for number in range(2 * MOST_PAGES):
        pages.of(number, 1, writer)
        pages.of("read", 1, writer)
    assert writer.written == 1 + 2 * MOST_PAGES
