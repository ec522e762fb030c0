"""The race over HTTP: joining, records, the phone's and the station's state."""

from race.views.api import blueprint as api
from race.views.openapi import blueprint as openapi
from race.views.play import blueprint as play
from race.views.station import blueprint as station

BLUEPRINTS = (api, play, station, openapi)
