"""Games as set-up items."""

from base.items import items_table

game_table = items_table("game")
