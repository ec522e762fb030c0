"""Certificates: one for each place that an award names, ties complete; those given by hand; one for each finisher."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from base import pdf
from base.languages import Text, Words
from base.translate import Said, put
from checkpoints.printing import in_each, show_day
from checkpoints.rules import pins
from race.model import About, Award, Entry, Recipient, RecipientKind, Setup, Status
from race.printing.lists import name_of
from race.rules.people import heads_of
from results.rules.lists import UNPOINTED, awarded
from results.rules.wording import checkpoints_in_words, counted, length_in_words

Row = Mapping[str, Any]

AWARD = Words("Certificate of Award")
FINISH = Words("Certificate of Completion")
CONGRATULATIONS = Words("With our warm congratulations.")
REMEMBRANCE = Words("To remember the day by.")
# What unions and associations write in these places; an organizer's own words stand in both languages as they are.
USUAL: Mapping[str, Text] = {
    "一等奖": {"zh": "一等奖", "en": "First Prize"},
    "二等奖": {"zh": "二等奖", "en": "Second Prize"},
    "三等奖": {"zh": "三等奖", "en": "Third Prize"},
    "特等奖": {"zh": "特等奖", "en": "Grand Prize"},
    "优胜奖": {"zh": "优胜奖", "en": "Merit Prize"},
    "优秀组织奖": {"zh": "优秀组织奖", "en": "Best Organization"},
    "道德风尚奖": {"zh": "道德风尚奖", "en": "Fair Play"},
    "主办": {"zh": "主办", "en": "Held by"},
    "承办": {"zh": "承办", "en": "Run by"},
    "协办": {"zh": "协办", "en": "With the help of"},
    "指导": {"zh": "指导", "en": "Under the guidance of"},
    "支持": {"zh": "支持", "en": "Supported by"},
}


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate. `under` stands below the award: the class and the place; `beside` beside the recipient.

    `codes` are the checkpoints that were passed, drawn as the marks of their pins. What has a default may be absent.
    """

    title: Words
    recipient: str
    text: tuple[Said, ...]
    award: Said = ""
    under: tuple[Said, ...] = ()
    beside: str = ""
    members: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def certificate_pages(
    setup: Setup,
    results: Mapping[str, Any],
    *,
    award: str = "",
    each: bool = False,
    heads: Mapping[str, int] | None = None,
) -> list[CertificatePage]:
    """Return the certificates of all awards of a result list in the terms of the contract, in the awards' order.

    `award` names the only one that is wanted; `each` gives every member one; `heads` is how many came, by entry.
    """
    pages: list[CertificatePage] = []
    for one in setup.about.awards:
        if award in ("", one.name):
            pages += [_placed(setup, one, row, heads or {}) for row in awarded(one, results)]
            pages += [_given(setup, one, recipient) for recipient in one.to]
    return [own for page in pages for own in _for_each(page)] if each else pages


def finisher_pages(
    setup: Setup, results: Mapping[str, Any], *, each: bool = False, heads: Mapping[str, int] | None = None
) -> list[CertificatePage]:
    """Return a certificate for every team that finished well, in the order of the list, without any place."""
    well = [
        {**row, "class": in_class["id"]}
        for in_class in results["classes"]
        for row in in_class["results"]
        if row["status"] == Status.OK
    ]
    pages = [
        CertificatePage(
            FINISH,
            row["team"] or row["bib"],
            (_did(setup, row, heads or {}), REMEMBRANCE),
            under=_class(setup, row),
            beside=row["club"],
            members=_members(setup, row),
            codes=_codes(row),
        )
        for row in well
    ]
    return [own for page in pages for own in _for_each(page)] if each else pages


def own_pages(
    setup: Setup, results: Mapping[str, Any], entry: str, heads: Mapping[str, int] | None = None
) -> list[CertificatePage]:
    """Return what one team is given: its awards, else that it came through; nothing if neither."""
    classes = [
        {**in_class, "results": [row for row in in_class["results"] if row["entry"] == entry]}
        for in_class in results["classes"]
    ]
    mine = Recipient(RecipientKind.ENTRY, entry)
    awards = tuple(replace(award, to=tuple(to for to in award.to if to == mine)) for award in setup.about.awards)
    own, theirs = {**results, "classes": classes}, replace(setup, about=replace(setup.about, awards=awards))
    return certificate_pages(theirs, own, heads=heads) or finisher_pages(theirs, own, heads=heads)


def _placed(setup: Setup, award: Award, row: Row, heads: Mapping[str, int]) -> CertificatePage:
    place = {"zh": f"第 {row['place']} 名", "en": f"Place {row['place']}"}
    return CertificatePage(
        AWARD,
        row["team"] or row["bib"],
        (_did(setup, row, heads), CONGRATULATIONS),
        award=USUAL.get(award.name, award.name),
        under=(*_class(setup, row), place),
        beside=row["club"],
        members=_members(setup, row),
        codes=_codes(row),
    )


def _given(setup: Setup, award: Award, recipient: Recipient) -> CertificatePage:
    entry = setup.entries.get(recipient.value) if recipient.kind is RecipientKind.ENTRY else None
    named = USUAL.get(award.name, award.name)
    did = Words("receives this award: %(award)s.", {"award": named})
    return CertificatePage(
        AWARD,
        (entry.team or entry.bib) if entry else recipient.value,
        (did, CONGRATULATIONS),
        award=named,
        beside=entry.club if entry else "",
        members=_names(entry) if entry else (),
    )


def _for_each(page: CertificatePage) -> Iterator[CertificatePage]:
    """Yield a certificate for each member of a team, the team's own where it has none."""
    if not page.members:
        yield page
    for name in page.members:
        yield replace(
            page, recipient=name, beside="\u3000".join(filter(None, (page.recipient, page.beside))), members=()
        )


def _did(setup: Setup, row: Row, heads: Mapping[str, int]) -> Words:
    """Return in one sentence what a team did."""
    entry, course = setup.entries.get(row["entry"]), setup.courses[setup.classes[row["class"]].course]
    together = heads.get(row["entry"]) or (heads_of(setup, entry) if entry else None) or 1
    numbers: dict[str, Any] = {
        "heads": counted(together),
        "passed": checkpoints_in_words(row["checkpoints"] or 0),
        "points": row["points"],
        "time": length_in_words(row["time_s"] or 0),
    }
    if course.format in ("score", "composite"):
        if together > 1:
            return Words("As a team of %(heads)s: %(points)s points in %(time)s.", numbers)
        return Words("%(points)s points in %(time)s.", numbers)
    if course.format in UNPOINTED or row["checkpoints"] == len(course.checkpoints):
        if together > 1:
            return Words("As a team of %(heads)s: all %(passed)s in %(time)s.", numbers)
        return Words("All %(passed)s in %(time)s.", numbers)
    if together > 1:
        return Words("As a team of %(heads)s: %(passed)s in %(time)s.", numbers)
    return Words("%(passed)s in %(time)s.", numbers)


def _class(setup: Setup, row: Row) -> tuple[Said, ...]:
    """Return the class's name where there is more than one, or where it has a name at all."""
    class_ = setup.classes[row["class"]]
    return (name_of(class_),) if class_.name or len(setup.classes) > 1 else ()


def _members(setup: Setup, row: Row) -> tuple[str, ...]:
    entry = setup.entries.get(row["entry"])
    return _names(entry) if entry else ()


def _names(entry: Entry) -> tuple[str, ...]:
    """Return the members' names as Chinese lists set them: two characters as wide as three."""
    names = (member.name for member in entry.members)
    return tuple(
        "\u3000".join(name) if len(name) == 2 and all("\u4e00" <= c <= "\u9fff" for c in name) else name
        for name in names
    )


def _codes(row: Row) -> tuple[str, ...]:
    passed = (
        s["checkpoint"] for s in row["splits"] if s["state"] == "OK" and s["task"] != "failed" and s["checkpoint"]
    )
    return tuple(dict.fromkeys(passed))


def certificates_pdf(
    pages: Sequence[CertificatePage], about: About, day: date | None, lang: str, logo: str = ""
) -> bytes:
    """Return the certificates, one A4 page across each, with the hosts' `logo` (see `Job.mark`) if there is one.

    `lang` is `zh`, `en` or both with the first larger: `zh+en`.
    """
    languages = lang.split("+")
    hosts = [
        {
            "name": host.name,
            "role": in_each(USUAL.get(host.role, host.role), languages),
            "main": host.role == about.hosts[0].role,
        }
        for host in about.hosts
    ]
    data = {
        "title": put(AWARD, languages[0]),
        "languages": languages,
        "race": in_each(about.name, languages),
        "hosts": hosts,
        "day": [show_day(day, language) for language in languages] if day else [],
        "logo": logo,
        "members_label": in_each(Words("Members"), languages),
        "pages": [_page(page, languages) for page in pages],
    }
    return pdf.compile(pdf.TEMPLATES / "certificates.typ", data)


def _page(page: CertificatePage, languages: Sequence[str]) -> dict[str, Any]:
    joins = {"zh": "\u3000", "en": ", "}
    return {
        "title": in_each(page.title, languages),
        "award": in_each(page.award, languages),
        "under": [joins[language].join(put(part, language) for part in page.under) for language in languages],
        "recipient": page.recipient,
        "beside": page.beside,
        "text": [[put(line, language) for line in page.text] for language in languages],
        "members": page.members,
        "cells": [{"code": code, "pins": pins(code)} for code in page.codes],
    }
