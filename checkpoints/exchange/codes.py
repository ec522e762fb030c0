"""What a point's name says: a start, a finish, or a control with a number."""

import re

from checkpoints.model import CheckpointKind

LONGEST = 20
_START = re.compile(r"(S|STA|START|起点|出发|出发点)[ _-]?\d{0,3}", re.IGNORECASE)
_FINISH = re.compile(r"(F|FIN|FINISH|Z|ZIEL|终点)[ _-]?\d{0,3}", re.IGNORECASE)
# "31", "K31", "CP 7", "No. 12", "31号", "31 观鸟台"
_NUMBERED = re.compile(r"((?:[A-Za-z]{1,4}\.?[ -]?)?\d{1,4}[A-Za-z]?)(?:[号#]?点?(?:[ ,:、：，_-]+(.+))?)?")


def kind_of(name: str) -> CheckpointKind:
    """Return the kind that a point's name stands for where nothing else tells it."""
    if _START.fullmatch(name):
        return CheckpointKind.START
    return CheckpointKind.FINISH if _FINISH.fullmatch(name) else CheckpointKind.CONTROL


def code_and_name(text: str) -> tuple[str, str]:
    """Return the printed code that a point's name holds, and what else it says; the code is "" if it holds none."""
    text = " ".join(text.split())
    if kind_of(text) is not CheckpointKind.CONTROL and len(text) <= LONGEST:
        return text, ""
    found = _NUMBERED.fullmatch(text)
    return (found[1], found[2] or "") if found else ("", text)
