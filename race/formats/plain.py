"""Courses whose checkpoints may be visited in any order."""

from base.languages import Words
from checkpoints.model import Course


def check_plain_list(course: Course) -> list[Words]:
    """Name what is wrong with a course that must be a plain list of different codes."""
    words: list[Words] = []
    if any(not isinstance(item, str) for item in course.checkpoints):
        words.append(Words("Only a course in line has choices; here each checkpoint is a code."))
    elif len(set(course.checkpoints)) != len(course.checkpoints):
        words.append(Words("A checkpoint stands twice on a course that is free in its order."))
    return words
