"""The race over HTTP: joining, records, the phone's and the station's state, and the organizer's desk."""

from race.views.api import blueprint as api
from race.views.desk import blueprint as desk
from race.views.home import blueprint as home
from race.views.openapi import blueprint as openapi
from race.views.station import blueprint as station

BLUEPRINTS = (api, station, home, desk, openapi)
