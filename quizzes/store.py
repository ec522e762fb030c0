"""Quizzes and banks as set-up items."""

from base.items import items_table

quiz_table = items_table("quiz")
bank_table = items_table("bank")
