"""Lines of sixty items against three hundred punches: what a course may hold, and the worst that can be written."""

import random

from race.formats.matching import Item

Line = tuple[list[Item], list[str]]
ITEMS, PUNCHES = 60, 300


def plain(seed: int) -> Line:
    """Each item one code, with other punches between."""
    chance = random.Random(seed)
    line = [Item(frozenset({str(number)})) for number in range(ITEMS)]
    punches = [str(number) for number in range(ITEMS)]
    return line, _filled(punches, chance)


def free_groups(seed: int) -> Line:
    """Free groups and butterflies of two to eight, each followed by a checkpoint that all pass; some are missing."""
    chance = random.Random(seed)
    line: list[Item] = []
    punches: list[str] = []
    while len(line) < ITEMS:
        group = [f"{len(line)}-{number}" for number in range(chance.randint(2, 8))]
        needed = min(chance.randint(1, len(group)), ITEMS - len(line))
        line += [Item(frozenset(group), distinct=True)] * needed
        punches += chance.sample(group, needed - (chance.random() < 0.05))
        if len(line) < ITEMS:
            line.append(Item(frozenset({f"{len(line)}"})))
            punches.append(f"{len(line) - 1}")
    return line, _filled(punches, chance)


def any_code(seed: int) -> Line:
    """Any sixty codes, none twice, of which some runs have fewer."""
    chance = random.Random(seed)
    codes = [str(number) for number in range(chance.choice((50, 60, 80)))]
    return [Item(None, distinct=True)] * ITEMS, chance.choices(codes, k=PUNCHES)


def contradictory(seed: int) -> Line:
    """Choices that hang together like the clauses of a formula (docs/decisions/0008): what nobody can search."""
    chance = random.Random(seed)
    clauses = [[(name, chance.random() < 0.5) for name in chance.sample(range(6), 3)] for _ in range(13)]
    line, punches = [], []
    for name in range(6):
        true = [f"c{n}v{name}" for n, clause in enumerate(clauses) if (name, True) in clause]
        false = [f"c{n}v{name}" for n, clause in enumerate(clauses) if (name, False) in clause]
        first = [*true, *(f"a{name}-{n}" for n in range(len(false)))]
        second = [*(f"b{name}-{n}" for n in range(len(true))), *false]
        line += [Item(frozenset(pair), distinct=True) for pair in zip(first, second, strict=True)]
        punches += [*first, *second]
    for number, clause in enumerate(clauses):
        codes = [f"c{number}v{name}" for name, _ in clause]
        line.append(Item(frozenset(codes), distinct=True))
        punches += codes
    return line[:ITEMS], punches


def _filled(punches: list[str], chance: random.Random) -> list[str]:
    while len(punches) < PUNCHES:
        punches.insert(chance.randrange(len(punches)), chance.choice(punches))
    return punches


KINDS = {"plain": plain, "free_groups": free_groups, "any_code": any_code, "contradictory": contradictory}
