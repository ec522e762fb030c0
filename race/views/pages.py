"""What pages show of a race."""

from dataclasses import dataclass

from base.languages import say
from base.web import language
from facts.model import Stage
from race.live.race import LiveRace
from race.views.picture import picture_address


@dataclass(frozen=True, slots=True)
class RacePage:
    """What every public page shows of a race, in the reader's language."""

    slug: str
    name: str
    theme: str
    venue: str
    hosts: list[tuple[str, str]]
    language: str
    timezone: str
    stage: str
    teams: int
    people: int
    emergency_phone: str
    planned: int | None
    gun: int | None
    closing: int | None
    closed: bool
    map: str | None
    logo: str | None
    practice: int | None


def race_page(live: LiveRace) -> RacePage:
    """Return a race for a page."""
    about, entries = live.setup.about, live.setup.entries.values()
    return RacePage(
        slug=live.race.slug,
        name=say(about.name, language()) or live.race.slug,
        theme=say(about.theme, language()),
        venue=say(about.venue, language()),
        hosts=[(host.role, host.name) for host in about.hosts],
        language=about.language,
        timezone=about.timezone,
        stage=live.race.stage.value,
        teams=len(entries),
        people=sum(len(entry.members) or live.setup.classes[entry.class_].team_size or 0 for entry in entries),
        emergency_phone=about.emergency_phone,
        planned=about.planned_at,
        gun=live.gun,
        closing=live.closing,
        closed=live.whole.closed_at is not None,
        map=picture_address(live),
        logo=f"/r/{live.race.slug}/logo?v={live.set_up_at}" if live.has_logo and about.logo else None,
        practice=about.practice.until if about.practice and live.race.stage is not Stage.RACE else None,
    )
