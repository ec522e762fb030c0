"""What the organizer is told before the race of pictures and sounds that phones without signal will not show."""

from base.languages import Words
from base.web import of_app, tell
from facts.model import Stage
from race.live.race import LiveRace
from race.live.referee import Referee
from race.rules.media import MOST_MEDIA, too_much
from race.rules.sealing import log_of_race


def too_much_told(live: LiveRace) -> str:
    """Return in how many teams' sealed questions pictures or sounds are left out and what to do, or "" if in none.

    Once the race counts the banks are fixed, and nothing is to be done any more.
    """
    if live.race.stage not in (Stage.SETUP, Stage.TRIAL):
        return ""
    found = too_much(live.setup, live.race.secret, log_of_race(live.race), of_app(Referee).orders)
    if found is None:
        return ""
    figures = {"teams": found.teams, "of": found.of, "most": _megabytes(found.most), "kept": _megabytes(MOST_MEDIA)}
    return tell(
        Words(
            "Without signal not every picture and sound will be there: a phone keeps %(kept)s MB of them, and "
            "%(teams)s of %(of)s teams have more to ask, up to %(most)s MB. At a team's last checkpoints the "
            "questions then come without them until there is signal. Put in smaller pictures (640 pixels wide are "
            "enough for a phone) and shorter sounds, or fewer of them.",
            figures,
        )
    )


def _megabytes(size: int) -> str:
    """Return megabytes to a tenth, more rather than less: never the limit itself where it is passed."""
    return f"{-(-size // 100_000) / 10:.1f}"
