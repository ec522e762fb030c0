"""Lengths of time as people say them."""

from base.languages import Words


def length(seconds: int) -> Words:
    """Return a length in whole seconds as hours, minutes and seconds, of which what is zero is left out."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if left == 0 and minutes == 0 and hours:
        return Words("%(hours)s h", {"hours": hours})
    if seconds < 120:
        return Words("%(seconds)s s", {"seconds": seconds})
    if left == 0:
        return Words("%(minutes)s min", {"minutes": seconds // 60})
    return Words("%(minutes)s min %(seconds)s s", {"minutes": seconds // 60, "seconds": left})
