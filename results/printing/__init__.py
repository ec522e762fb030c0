"""Paper of a race that was run: the result list, certificates, the report; and all prints in one table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from base.languages import Words
from base.pdf import NothingToPrint
from facts.model import Stage
from race.model import Run
from race.printing import RACE_PRINTS, Job, Print, day_of
from race.rules.fold import ground_of
from race.rules.item_figures import askings_of
from results.model import Publication
from results.printing.certificates import (
    CertificatePage,
    certificate_pages,
    certificates_pdf,
    finisher_pages,
    own_pages,
)
from results.printing.lists import provisional, results_pdf
from results.printing.report import Report, report_of, report_pdf
from results.rules.figures import figures_of
from results.rules.lists import result_list

__all__ = [
    "PRINTS", "CertificatePage", "Report", "certificate_pages", "certificates_pdf", "finisher_pages",
    "of_version", "own_certificate", "report_of", "report_pdf", "results_pdf",
]  # fmt: skip


def of_version(job: Job, versions: Sequence[Publication]) -> Job | None:
    """Return the job upon the published version that it asks for: the last one without asking, none before any.

    None where it asks for a version that there is not.
    """
    wanted = job.choices.version
    if wanted is None and not versions:
        return job
    found = versions[-1] if wanted is None else next((one for one in versions if one.version == wanted), None)
    if found is None:
        return None
    return replace(job, choices=replace(job.choices, version=found.version), published=found.body)


def _results(job: Job) -> bytes:
    return results_pdf(job.setup, _list(job), _day(job), job.languages, **_chosen(job))


def _certificates(job: Job) -> bytes:
    wanted, results = job.choices, _list(job)
    heads = {name: count for name, run in job.scored.runs.items() if (count := _heads(run))}
    if wanted.finishers:
        pages = finisher_pages(job.setup, results, each=wanted.each, heads=heads)
    else:
        pages = certificate_pages(job.setup, results, award=wanted.award, each=wanted.each, heads=heads)
    by_place = wanted.finishers or any(
        award.places for award in job.setup.about.awards if wanted.award in ("", award.name)
    )
    if by_place and job.published is None and provisional(results):
        raise NothingToPrint(
            Words("Places may still move: count all heads at the finish and close the race, then print certificates.")
        )
    if not pages:
        raise NothingToPrint(
            Words(
                "Nobody gets a certificate yet: set the awards down, say who gets those given by hand, or run the race."
            )
        )
    return certificates_pdf(pages, job.setup.about, _day(job), job.lang, job.mark)


def own_certificate(job: Job, entry: str) -> bytes:
    """Return the certificates of one team of a published race.

    Raises:
        NothingToPrint: it gets none.

    """
    run = job.scored.runs.get(entry)
    heads = {entry: count} if run and (count := _heads(run)) else None
    pages = own_pages(job.setup, _list(job), entry, heads)
    if not pages:
        raise NothingToPrint(Words("A certificate is for teams that came through or won an award."))
    return certificates_pdf(pages, job.setup.about, _day(job), job.lang)


def _heads(run: Run) -> int | None:
    """Return how many came in, else how many set out, as far as anybody counted."""
    if run.heads is not None:
        return run.heads
    return run.checkin.heads if run.checkin else None


def _report(job: Job) -> bytes:
    return report_pdf(_report_of(job), job.setup, _day(job), job.languages[0])


def _report_in_word(job: Job) -> bytes:
    from results.printing.word import report_docx

    return report_docx(_report_of(job), job.setup, _day(job), job.languages[0])


def _report_of(job: Job) -> Report:
    setup, scored = job.setup, job.scored
    askings = list(askings_of(ground_of(setup), scored.whole, scored.runs.values()))
    return report_of(setup, figures_of(setup, scored.runs), _list(job), askings, **_chosen(job))


def _chosen(job: Job) -> dict[str, Any]:
    wanted, published = job.choices, job.published or {}
    return {
        "first": wanted.first or published.get("placed"),
        "names": wanted.names or bool(published.get("members")),
        "version": wanted.version,
        "trial": job.stage is Stage.TRIAL,
        "logo": job.mark,
    }


def _day(job: Job) -> date | None:
    return day_of(job.setup, job.scored.whole)


def _list(job: Job) -> Mapping[str, Any]:
    if job.published is None:
        return result_list(job.setup, job.scored, job.at, job.slug)
    known = [in_class for in_class in job.published["classes"] if in_class["id"] in job.setup.classes]
    return {**job.published, "classes": known}


# By what `waypost print --what` and the organizer's addresses call them, in the order of a race.
PRINTS: Mapping[str, Print] = {
    **RACE_PRINTS,
    "results": Print(Words("Result list"), _results),
    "certificates": Print(Words("Certificates"), _certificates),
    "report": Print(Words("Report"), _report, word=_report_in_word),
}
