"""What people do with their fingers: answering a sheet, pressing, typing a number."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page

from base.languages import say
from quizzes.model import NumberAnswer, Question, QuestionKind
from race.model import Setup

BOUNCE_MS = 380  # a little more than in client/marshal/parts.tsx


def questions_of(setup: Setup) -> dict[str, Question]:
    """Every question of the race by its id."""
    return {question.id: question for bank in setup.banks.values() for question in bank.questions}


def answer_sheet(page: Page, setup: Setup, right: int) -> None:
    """Answer the sheet on the page, the first `right` questions rightly and the others wrongly, and hand it in."""
    known = questions_of(setup)
    page.wait_for_selector(".question-text")
    for number in range(page.locator(".step").count()):
        page.wait_for_selector(f".step:nth-child({number + 1})[aria-current=step]")
        answer(page, known[question_id(page)], right=number < right)
        press(page)


def question_id(page: Page) -> str:
    """Return which question the page shows."""
    return str(page.locator(".question-text").get_attribute("id")).removeprefix("q-")


def answer(page: Page, question: Question, right: bool, language: str = "zh") -> None:
    """Answer the question on the page."""
    wanted: Any = question.answer
    everything = range(len(question.choices))
    match question.kind:
        case QuestionKind.SINGLE:
            one = wanted if right else next(index for index in everything if index != wanted)
            _tap(page, [say(question.choices[one], language)])
        case QuestionKind.MULTIPLE:
            some = wanted if right else [index for index in everything if index not in wanted][:1] or wanted[:-1]
            _tap(page, [say(question.choices[index], language) for index in some])
        case QuestionKind.TRUE_FALSE:
            page.locator(".tile").nth(0 if wanted is right else 1).click()
        case QuestionKind.TEXT:
            page.fill(".answer-field", str(wanted[0]) if right else "想不起来")
        case QuestionKind.NUMBER:
            assert isinstance(wanted, NumberAnswer)
            page.fill(".answer-field", str(float(wanted.number)) if right else "-1")
        case QuestionKind.ORDER:
            texts = [say(question.choices[index], language) for index in wanted]
            _put_in_order(page, texts if right else [texts[-1], *texts[:-1]])
        case QuestionKind.MATCH:
            for place, index in enumerate(wanted):
                shown = say(question.matches[index if right else (index + 1) % len(wanted)], language)
                row = page.locator(".match", has=page.get_by_text(say(question.choices[place], language), exact=True))
                row.locator("select").select_option(label=shown)


def _tap(page: Page, texts: Iterable[str]) -> None:
    for text in texts:
        page.locator(".tile", has=page.get_by_text(text, exact=True)).first.click()


def _put_in_order(page: Page, texts: list[str]) -> None:
    for place, text in enumerate(texts):
        shown = page.locator(".order .tile-text").all_inner_texts()
        for _ in range(shown.index(text) - place):
            page.locator(".order", has=page.get_by_text(text, exact=True)).get_by_role("button").first.click()


def press(page: Page) -> None:
    """Press the one filled button of the page, or of the sheet over it."""
    page.locator(".action.filled:not([aria-disabled])").last.click()


def press_firmly(page: Page) -> None:
    """Press a marshal's button: so soon after the last press it would be taken for the bounce of a glove."""
    page.wait_for_timeout(BOUNCE_MS)
    press(page)


def says(page: Page, words: str) -> None:
    """Wait until the page says so."""
    page.get_by_text(words).first.wait_for()


def keys(page: Page, number: str) -> None:
    """Type a number on the marshal's keypad."""
    for digit in number:
        page.click(f".m-key:text-is('{digit}')")
