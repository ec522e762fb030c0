"""The organizer's pages, one file each."""

from organize.views.basics import blueprint as basics
from organize.views.bringing import blueprint as bringing
from organize.views.checkin import blueprint as checkin
from organize.views.club import blueprint as club
from organize.views.control import blueprint as control
from organize.views.dealing import blueprint as dealing
from organize.views.races import blueprint as races
from organize.views.signup import blueprint as signup
from organize.views.teams import blueprint as teams

BLUEPRINTS = (
    races,
    basics,
    teams,
    bringing,
    dealing,
    signup,
    club,
    checkin,
    control,
)
