"""Sorts the tests into tiers, fast ones first, and says where the time went and what was skipped for want of a part."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import settings

from tools.parts import CHROMIUM, chromium

HERE = Path(__file__).parent
TIERS = ("unit", "server", "browser")
# A file is one worker's, so the longest of the last tier begin it: at the end, when a worker has no file left, the
# others are busy with short ones.
LONGEST = ("test_every_page.py", "test_access.py", "test_evening_and_morning.py")

# The suite draws the same cases every time, so that it answers the same on the same code; --hypothesis-profile=search
# draws new ones (with --hypothesis-seed=N: ones that can be drawn again). No case is timed: that is for `make bench`.
settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, print_blob=True, deadline=None)
settings.load_profile("repeat")

# Shared fixtures: every tests/fixtures_*.py.
pytest_plugins = [f"tests.{path.stem}" for path in sorted(HERE.glob("fixtures_*.py"))]


def tier_of(path: Path) -> str:
    """The tier of a test file, by its folder or name."""
    folders = path.relative_to(HERE).parts[:-1]
    if "browser" in folders:
        return "browser"
    if "server" in folders or path.name.startswith("test_server"):
        return "server"
    return "unit"


def turn_of(path: Path) -> tuple[int, int]:
    """When the tests of a file have their turn."""
    return TIERS.index(tier_of(path)), LONGEST.index(path.name) if path.name in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test with its tier, puts them in order, and skips the browser's where there is none."""
    browser = chromium()
    for item in items:
        tier = tier_of(item.path)
        item.add_marker(tier)
        if tier == "browser" and browser is None:
            item.add_marker(pytest.mark.skip(reason=f"no {CHROMIUM.name}: {CHROMIUM.install_line}"))
    items.sort(key=lambda item: turn_of(item.path))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Seconds by tier, the slowest tests, and every skipped test with its reason."""
    seconds: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    by_test: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if not isinstance(report, pytest.TestReport):
                continue
            tier = tier_of(terminalreporter.config.rootpath / report.nodeid.partition("::")[0])
            seconds[tier] += report.duration
            counts[tier] += report.when == "call"
            by_test[report.nodeid] += report.duration
    say = terminalreporter.write_line
    if sum(by_test.values()) > 1:
        terminalreporter.write_sep("-", "where the time went")
        for tier in TIERS:
            say(f"{tier:8} {counts[tier]:5} tests {seconds[tier]:7.1f} s")
        for nodeid, took in sorted(by_test.items(), key=lambda item: -item[1])[:10]:
            if took > 1:
                say(f"{took:6.1f} s  {nodeid}")
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_sep("-", "skipped, and what would run them")
        for report in skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            say(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}")
