"""Checkpoints and courses as set-up items."""

from base.items import items_table

checkpoint_table = items_table("checkpoint")
course_table = items_table("course")
