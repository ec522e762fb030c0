"""What every page and answer shares, so that no view repeats it. The one room below the views that knows Flask."""

from base.web.frame import HEADERS, POLICY, set_up
from base.web.parts import Outside, in_this_request, of_app, part_of, provide, write
from base.web.reader import body_json, client_address, language, takes_gzip, tell, wants_json
from base.web.shown import asset, clock, day_time, duration, etag_of, unchanged

__all__ = [
    "HEADERS",
    "POLICY",
    "Outside",
    "asset",
    "body_json",
    "client_address",
    "clock",
    "day_time",
    "duration",
    "etag_of",
    "in_this_request",
    "language",
    "of_app",
    "part_of",
    "provide",
    "set_up",
    "takes_gzip",
    "tell",
    "unchanged",
    "wants_json",
    "write",
]
