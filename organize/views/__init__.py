"""The organizer's pages, one file each."""

from organize.views.basics import blueprint as basics
from organize.views.control import blueprint as control
from organize.views.jury import blueprint as jury
from organize.views.jury_team import blueprint as jury_team
from organize.views.prints import blueprint as prints
from organize.views.races import blueprint as races

BLUEPRINTS = (races, basics, control, jury, jury_team, prints)
