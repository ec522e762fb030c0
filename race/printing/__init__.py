"""What a race prints before anybody starts: signs, cards, the start list and the check-in list."""

from base.languages import Words
from checkpoints.printing import signs_pdf
from race.printing.cards import CardPage, MarshalPage, card_pages, cards_pdf, marshal_cards_pdf, marshal_pages
from race.printing.days import day_of
from race.printing.lists import checkin_list_pdf, start_list_pdf
from race.printing.prints import LANGS, ORDERS, Choices, Job, Print, unprintable
from race.printing.proof import proof_pdf
from race.printing.signs import hosts_line, sign_pages

__all__ = [
    "LANGS", "ORDERS", "RACE_PRINTS", "CardPage", "Choices", "Job", "MarshalPage", "Print", "card_pages",
    "cards_pdf", "checkin_list_pdf", "day_of", "hosts_line", "marshal_cards_pdf", "marshal_pages", "sign_pages",
    "start_list_pdf", "unprintable",
]  # fmt: skip


def _signs(job: Job) -> bytes:
    day = day_of(job.setup, job.scored.whole)
    return signs_pdf(sign_pages(job.setup, job.secret, job.public_url, day), job.lang)


def _cards(job: Job) -> bytes:
    return cards_pdf(card_pages(job.setup, job.secret, job.public_url), job.lang)


def _marshals(job: Job) -> bytes:
    return marshal_cards_pdf(marshal_pages(job.setup, job.secret, job.public_url), job.lang)


def _starts(job: Job) -> bytes:
    return start_list_pdf(job.setup, day_of(job.setup, job.scored.whole), job.languages, job.choices.by or "start")


def _checkin(job: Job) -> bytes:
    return checkin_list_pdf(job.setup, day_of(job.setup, job.scored.whole), job.languages, job.choices.by or "bib")


def _proof(job: Job) -> bytes:
    return proof_pdf(job.setup, job.choices.bank, job.digests, job.languages, job.choices.part)


RACE_PRINTS = {
    "posters": Print(Words("Signs for the checkpoints"), _signs, has_address=True),
    "cards": Print(Words("Team cards"), _cards, has_address=True),
    "marshals": Print(Words("Marshals' cards"), _marshals, has_address=True),
    "starts": Print(Words("Start list"), _starts),
    "checkin": Print(Words("Check-in list"), _checkin),
    "proof": Print(Words("Proof of the questions"), _proof, has_answers=True),
}
