"""The organizer's pages, one file each."""

from organize.views.basics import blueprint as basics
from organize.views.control import blueprint as control
from organize.views.races import blueprint as races

BLUEPRINTS = (races, basics, control)
