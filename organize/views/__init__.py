"""The organizer's pages, one file each."""

from organize.views.basics import blueprint as basics
from organize.views.clock import blueprint as clock
from organize.views.control import blueprint as control
from organize.views.messages import blueprint as messages
from organize.views.races import blueprint as races
from organize.views.team_day import blueprint as team_day
from organize.views.trial import blueprint as trial

BLUEPRINTS = (
    races,
    basics,
    trial,
    control,
    clock,
    messages,
    team_day,
)
