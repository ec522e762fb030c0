"""What is wrong with outside data: every fault with its place, all of them together."""

from dataclasses import dataclass

from base.languages import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file or form. `path` says where, as in `checkpoints[3].code` or `line 12`."""

    path: str
    words: Words

    def __str__(self) -> str:
        return f"{self.path}: {self.words}" if self.path else str(self.words)


class FaultyInput(Exception):  # noqa: N818  it is not an error of the program
    """Raised by forms with every fault found, so that one round of mending is enough."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
