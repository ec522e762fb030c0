"""The search for a line with distinct items. Sets of codes are integers, a bit a code.

To tell whether such a line is there is NP-complete, so both searches stop after `MOST_STEPS`; where they did, the
answer is not sure. What keeps them short on real courses:

- Only codes that a later item could still take matter. A butterfly that is behind costs nothing any more.
- Of a code only its first place is tried, and no later place than one whose code nobody else wants.
- Each distinct item keeps a code of its own to fall back on (a matching of items to codes, order aside). A choice that
  leaves one without is dropped at once.
- What failed is remembered: to have used more codes, or to be further on, fails as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from race.formats.punches import Item, Match, Punches, earliest_places

# About 20 ms of search: a free choice in a hard case, thousands of times what a course of a race needs.
MOST_STEPS = 1000
STEPS_TO_LOOK, STEPS_TO_LENGTHEN = 1200, 15_000
MOST_KEPT = 12

# A chain of (item, punch, the chain before it): what a part of the line took.
Chain = tuple[int, int, "Chain"] | None


@dataclass(slots=True)
class Codes:
    """The codes that distinct items could take, as bits.

    `open_to` are those of each item, `wanted` those of any item from this one on, `ahead` those punched after a place
    (the last of the list: after -1).
    """

    bits: dict[str, int]
    open_to: list[int]
    wanted: list[int]
    ahead: list[int]

    def matter(self, number: int, after: int, used: int) -> int:
        """Return which of the codes used an item from `number` on could still want."""
        return used & self.wanted[number] & self.ahead[after]


def codes_of(items: Sequence[Item], punches: Punches, windows: Sequence[tuple[int, int]]) -> Codes:
    """Lay out which codes each distinct item could take within its window (after, last]."""
    bits: dict[str, int] = {}
    open_to = []
    for item, (after, last) in zip(items, windows, strict=True):
        found = 0
        for _, code in punches.choices(item, after, last) if item.distinct else ():
            found |= bits.setdefault(code, 1 << len(bits))
        open_to.append(found)
    wanted = [0] * (len(items) + 1)
    for number in range(len(items) - 1, -1, -1):
        wanted[number] = wanted[number + 1] | open_to[number]
    ahead = [0] * (len(punches.codes) + 1)
    for place in range(len(punches.codes) - 1, -1, -1):
        ahead[place - 1] = ahead[place] | bits.get(punches.codes[place], 0)
    return Codes(bits, open_to, wanted, ahead)


def find_whole(items: Sequence[Item], punches: Punches, latest: Sequence[int]) -> tuple[tuple[int, ...] | None, bool]:
    """Return a place for every item, or None if there is no such line, and whether that None is sure.

    `latest` is the last place of each item, distinct or not. Depth first, the earliest place first.
    """
    earliest = earliest_places(items, punches)
    codes = codes_of(items, punches, [(place - 1, last) for place, last in zip(earliest, latest, strict=True)])
    own = _own_codes(codes.open_to)
    if not all(code for code, options in zip(own, codes.open_to, strict=True) if options):
        return None, True
    count, steps = len(items), 0
    failed: list[list[tuple[int, int]]] = [[] for _ in items]
    chosen, used, kept = [-1] * (count + 1), [0] * (count + 1), [own] * (count + 1)
    tries: list[Iterator[tuple[int, int]]] = []
    while len(tries) < count:
        number = len(tries)
        tries.append(_options(items, punches, latest, codes, failed, number, chosen[number], used[number]))
        while tries:
            number = len(tries) - 1
            choice = next(tries[-1], None)
            if choice is None:
                tries.pop()
                _remember(failed[number], codes.matter(number, chosen[number], used[number]), chosen[number])
                continue
            steps += 1
            place, bit = choice
            still = _with_code(kept[number], number, bit, codes.open_to, used[number] | bit) if bit else kept[number]
            if still is not None:
                chosen[number + 1], used[number + 1], kept[number + 1] = place, used[number] | bit, still
                break
        if not tries:
            return None, True
        if steps > MOST_STEPS:
            return None, False
    return tuple(chosen[1:]), True


def _options(
    items: Sequence[Item],
    punches: Punches,
    latest: Sequence[int],
    codes: Codes,
    failed: Sequence[Sequence[tuple[int, int]]],
    number: int,
    after: int,
    used: int,
) -> Iterator[tuple[int, int]]:
    """Return where the item could be taken: places, each with the bit of its code (0 for a plain item)."""
    item, mattering = items[number], codes.matter(number, after, used)
    if any(after >= place and mattering & taken == taken for taken, place in failed[number]):
        return iter(())
    if not item.distinct:
        # A plain item takes its first place: a later one opens nothing.
        place = punches.following(item, after)
        return iter([(place, 0)] if place is not None and place <= latest[number] else [])
    options = []
    for place, code in punches.choices(item, after, latest[number]):
        bit = codes.bits.get(code, 0)
        if bit & codes.open_to[number] & ~used:
            options.append((place, bit))
            if not codes.matter(number + 1, place, bit):
                break
    return iter(options)


def _remember(failed: list[tuple[int, int]], taken: int, place: int) -> None:
    failed.append((taken, place))
    if len(failed) > MOST_KEPT:
        del failed[0]


def _own_codes(open_to: Sequence[int]) -> list[int]:
    """Return a code for each distinct item, no two the same, order aside; 0 for those that must go without."""
    own = [0] * len(open_to)
    for number in range(len(open_to)):
        _give(number, own, open_to, 0)
    return own


def _with_code(own: list[int], number: int, bit: int, open_to: Sequence[int], used: int) -> list[int] | None:
    """Return each item's own code once `number` takes `bit`; None if a later one is then left without."""
    if own[number] == bit:
        return own
    own = own.copy()
    holder = own.index(bit) if bit in own else None
    own[number] = bit
    if holder is not None and holder > number:
        own[holder] = 0
        if not _give(holder, own, open_to, used):
            return None
    return own


def _give(number: int, own: list[int], open_to: Sequence[int], used: int) -> bool:
    """Give the item a code that is not used, moving others to another of theirs where need be (Kuhn's matching)."""
    holders = {code: holder for holder, code in enumerate(own) if code}
    seen = used
    came: dict[int, tuple[int, int]] = {}
    ahead = [number]
    while ahead:
        item = ahead.pop()
        options = open_to[item] & ~seen
        while options:
            bit = options & -options
            options ^= bit
            seen |= bit
            came[bit] = (item, own[item])
            if bit not in holders:
                while bit:
                    item, before = came[bit]
                    own[item], bit = bit, before
                return True
            ahead.append(holders[bit])
    return False


def longest_part(items: Sequence[Item], punches: Punches, most: int) -> Match:
    """Return the longest part of the line that is there, of which no more than `most` items can be taken.

    Without distinct items that is the longest common subsequence. Its length bounds every other case, and so does how
    many items can have a code each. A quick look mostly finds a part as long as that; else one item less is tried for
    at a time, each try within its steps.
    """
    codes = codes_of(items, punches, [(-1, len(punches.codes))] * len(items))
    [best], _ = _parts([Item(item.codes) for item in items], punches, codes, 0, 0)
    if not any(item.distinct for item in items):
        return _told(items, best, sure=True)
    with_code = sum(code > 0 or not item.distinct for code, item in zip(_own_codes(codes.open_to), items, strict=True))
    most, sure = min(most, len(best) - 1, with_code), True
    best = _longest(_parts(items, punches, codes, STEPS_TO_LOOK, 0)[0])
    for wanted in range(most, len(best) - 1, -1):
        states, sure = _parts(items, punches, codes, STEPS_TO_LENGTHEN, wanted)
        if states and len(found := _longest(states)) > wanted:
            return _told(items, found, sure=True)
        if not sure:
            break
    return _told(items, best, sure=sure)


Ends = list[tuple[int, Chain]]


def _longest(states: Sequence[Ends]) -> Ends:
    return max(states, key=lambda ends: (len(ends), -ends[-1][0]))


def _told(items: Sequence[Item], ends: Ends, *, sure: bool) -> Match:
    taken: list[int | None] = [None] * len(items)
    chain = ends[-1][1]
    while chain is not None:
        number, place, chain = chain
        taken[number] = place
    return Match(tuple(taken), sure)


def _parts(items: Sequence[Item], punches: Punches, codes: Codes, steps: int, wanted: int) -> tuple[list[Ends], bool]:
    """Return the parts of the line that are there, by the codes they used, and whether all were followed.

    For each set of codes that still matter, `ends[k]` is the earliest place at which k items can have been taken. What
    can no longer come to the `wanted` number of items is dropped.
    """
    states: dict[int, Ends] = {0: [(-1, None)]}
    sure = True
    for number, item in enumerate(items):
        least = max(0, wanted - len(items) + number)
        needed = max(0, wanted - len(items) + number + 1)
        if not item.distinct:
            for ends in states.values():
                _lengthen(ends, number, item, punches)
            states = {used: ends for used, ends in states.items() if len(ends) > needed}
            continue
        grown: dict[int, Ends] = {}
        spent = 0
        for used, ends in states.items():
            nearest = min(place for place, _ in ends[least:])
            _merge(grown.setdefault(codes.matter(number + 1, nearest, used), []), ends, needed, punches)
            spent += len(ends) - least
            for count in range(least, len(ends)):
                after, chain = ends[count]
                for place, code in punches.choices(item, after, len(punches.codes) - 1):
                    bit = codes.bits[code]
                    if used & bit:
                        continue
                    spent += 1
                    now = codes.matter(number + 1, nearest, used | bit)
                    _put(grown.setdefault(now, []), count + 1, (place, (number, place, chain)), punches)
                    if not codes.matter(number + 1, place, bit):
                        break
        steps -= spent
        widest = max(1, len(states) * steps // max(1, spent * (len(items) - number)))
        able = {used: ends for used, ends in grown.items() if len(ends) > needed}
        if len(able) > widest:
            ranked = sorted(able.items(), key=lambda pair: (-len(pair[1]), pair[1][-1][0], pair[0]))
            able, sure = dict(ranked[:widest]), False
        states = able
    return list(states.values()), sure


def _lengthen(ends: Ends, number: int, item: Item, punches: Punches) -> None:
    for count in range(len(ends) - 1, -1, -1):
        after, chain = ends[count]
        place = punches.following(item, after)
        if place is not None:
            _put(ends, count + 1, (place, (number, place, chain)), punches)


def _merge(ends: Ends, others: Ends, least: int, punches: Punches) -> None:
    for count in range(least, len(others)):
        _put(ends, count, others[count], punches)


def _put(ends: Ends, count: int, end: tuple[int, Chain], punches: Punches) -> None:
    """Note an end, if it is the earliest of its count; counts that nobody reached end after all punches."""
    while len(ends) <= count:
        ends.append((len(punches.codes), None))
    if end[0] < ends[count][0]:
        ends[count] = end
