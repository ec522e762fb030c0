"""`make bench`: measures everything, prints the table, and writes `bench/last.json`. Ends by itself.

A machine that does something else at the same time measures that too: read the ratios first.
"""

import time

from bench.boards import boards
from bench.figures import Figure, keep, table
from bench.house import allow_many_sockets
from bench.questions import importing
from bench.quizzes import drawing, marking
from bench.rules import deciding, matching, scoring
from bench.serving import growth, serving, slow_disk
from bench.several import appending, several
from bench.starting import starting

BENCHES = (
    serving, appending, several, slow_disk, boards, growth, starting,
    scoring, deciding, matching, drawing, marking, importing,
)  # fmt: skip


def main() -> None:
    allow_many_sockets()
    figures: list[Figure] = []
    began = time.monotonic()
    for bench in BENCHES:
        for figure in bench():
            print(f"{figure.name}: {figure.value:g} {figure.unit}", flush=True)
            figures.append(figure)
        print(f"    {bench.__name__}: done {time.monotonic() - began:.0f} s after the start", flush=True)
    keep(figures)
    print(f"\n{table(figures)}")


if __name__ == "__main__":
    main()
