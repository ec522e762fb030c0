"""Signing in, one's own account, and colleagues; and the guard that every organizers' address stands behind."""

from people.views.account import blueprint as account
from people.views.colleagues import blueprint as colleagues
from people.views.guards import allowed, csrf, own_races, signed_in
from people.views.signing import blueprint as signing

BLUEPRINTS = (signing, colleagues, account)

__all__ = ["BLUEPRINTS", "allowed", "csrf", "own_races", "signed_in"]
