"""The public page of practice, and what its script asks: sheets to practise on, and duels."""

from practice.views.duels import blueprint as duels
from practice.views.sheets import blueprint as sheets

BLUEPRINTS = (sheets, duels)

__all__ = ["BLUEPRINTS"]
