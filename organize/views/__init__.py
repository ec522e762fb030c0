"""The organizer's pages, one file each."""

from organize.views.basics import blueprint as basics
from organize.views.control import blueprint as control
from organize.views.park import blueprint as park
from organize.views.points import blueprint as points
from organize.views.points_file import blueprint as points_file
from organize.views.prints import blueprint as prints
from organize.views.races import blueprint as races

BLUEPRINTS = (
    races,
    basics,
    park,
    points,
    points_file,
    control,
    prints,
)
