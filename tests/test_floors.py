"""The house as docs/architecture.md draws it: imports point down, rooms keep their promises."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS = {
    "base": 0,
    "facts": 1,
    "people": 2,
    "maps": 3,
    "quizzes": 3,
    "games": 3,
    "checkpoints": 4,
    "race": 5,
    "results": 6,
    "phone": 6,
    "practice": 6,
    "organize": 7,
    "demo": 7,  # plays over HTTP as phones do, and registers its command
    "app": 8,
    "server": 9,
}

# What each room may import, of its own package and of those below. Every room may import base.
ROOMS: dict[str, set[str]] = {
    "model": {"model"},
    "rules": {"model", "rules"},
    "forms": {"model", "rules", "forms"},
    "exchange": {"model", "rules", "forms", "exchange"},  # how a number or an answer is read is a rule
    "store": {"model", "store"},
    "live": {"model", "rules", "forms", "store", "live"},  # forms: set-up lies in the log as the race file spells it
    "printing": {"model", "rules", "printing"},
    "commands": {"model", "rules", "forms", "exchange", "store", "live", "printing", "commands"},
    "views": {"model", "rules", "forms", "exchange", "store", "live", "printing", "views"},
}
# Types of what others hand on to a store unopened; holding one is no SQL.
HANDED_ON = {"sqlalchemy.Connection", "sqlalchemy.Engine"}
# The log's chain is a rule, and only the writer of a row can compute it.
EXCEPTIONS = {("facts.store", "facts.rules")}
# Tables of like things, one file each, that are rules in all but name.
ROOMS_BY_OTHER_NAMES = {"formats": "rules", "templates": "model"}

PURE = {"model", "rules", "forms", "exchange", "printing"}
# The clock, chance, files, other processes, the network, the database.
IMPURE_MODULES = {
    "asyncio", "gevent", "http", "os", "requests", "secrets", "shutil", "socket", "subprocess", "tempfile", "threading",
    "time", "urllib.request", "base.database", "base.items",
}  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "uuid1", "uuid4", "read_text", "read_bytes", "write_text", "write_bytes"}


@dataclass(frozen=True, slots=True)
class Module:
    """A file: its dotted name, its package, its room (None in base, demo, app and a package's `__init__`)."""

    path: Path
    name: str
    package: str
    room: str | None

    def __str__(self) -> str:
        return self.name


def modules() -> list[Module]:
    """Every Python file that stands on a floor."""
    files = [path for name in FLOORS for path in sorted((ROOT / name).rglob("*.py"))]
    files += [ROOT / f"{name}.py" for name in FLOORS if (ROOT / f"{name}.py").is_file()]
    return [module_of(".".join(path.relative_to(ROOT).with_suffix("").parts), path) for path in files]


def module_of(name: str, path: Path = ROOT) -> Module:
    """Names the package and the room of a dotted name."""
    parts = name.removesuffix(".__init__").split(".")
    room = parts[1] if len(parts) > 1 and parts[0] not in {"base", "demo"} else None
    return Module(path, ".".join(parts), parts[0], ROOMS_BY_OTHER_NAMES.get(room, room) if room else None)


def test_what_is_installed_is_the_whole_house() -> None:
    """A package or a file that pyproject.toml forgets is there for tests, and missing for `waypost`."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {name for name in FLOORS if (ROOT / name).is_dir()}
    assert set(named["packages"]) == packages
    assert {f"{name}.py" for name in named["py-modules"]} == {path.name for path in ROOT.glob("*.py")}


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: Module) -> Iterator[str]:
    """Every dotted name a file imports, wherever in it; `from race import model` gives `race.model`."""
    for node in ast.walk(tree(module.path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = modules()


def faults_of(module: Module) -> Iterator[str]:
    """What a file's imports break, one sentence each."""
    for name in imports(module):
        other = module_of(name)
        if other.package not in FLOORS:
            continue
        if other.package != module.package and FLOORS[other.package] >= FLOORS[module.package]:
            yield f"{module} imports {name}, which is not below it"
        if (
            module.room in ROOMS
            and other.room in ROOMS
            and other.package != "base"
            and other.room not in ROOMS[module.room]
            and (f"{module.package}.{module.room}", f"{other.package}.{other.room}") not in EXCEPTIONS
        ):
            yield f"{module}, a {module.room} room, imports {name}, a {other.room} room"


def impurities_of(module: Module) -> Iterator[str]:
    """Where a pure room reads the clock, rolls dice, or touches the world outside."""
    for name in imports(module):
        if any(name == impure or name.startswith(impure + ".") for impure in IMPURE_MODULES):
            yield f"{module} imports {name}"
        if name.startswith("random.") and name != "random.Random":
            yield f"{module} imports {name}: take a random.Random as an argument"
    for node in ast.walk(tree(module.path)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "random" and node.attr != "Random":
            yield f"{module}:{node.lineno} uses random.{node.attr}: take a random.Random as an argument"
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in IMPURE_CALLS or (called == "open" and isinstance(node.func, ast.Name)):
                yield f"{module}:{node.lineno} calls {called}()"
            if called == "Random" and not node.args:
                yield f"{module}:{node.lineno} makes a Random without a seed"


def outsiders(prefixes: tuple[str, ...], allowed: set[str | None], also: tuple[str, ...]) -> list[str]:
    """Files that import a library which only some rooms, and the files named in `also`, may know."""
    return [
        f"{module} imports {name}"
        for module in MODULES
        if not (module.room is not None and module.room in allowed) and not module.name.startswith(also)
        for name in imports(module)
        if name.split(".")[0].startswith(prefixes) and name not in HANDED_ON
    ]


def test_there_is_a_house_to_look_at() -> None:
    assert {module.package for module in MODULES} >= {"base", "facts", "race", "app"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_down(module: Module) -> None:
    assert list(faults_of(module)) == []


def test_every_file_is_a_room() -> None:
    strangers = [str(module) for module in MODULES if module.room is not None and module.room not in ROOMS]
    assert strangers == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.room in PURE], ids=str)
def test_pure_rooms_know_no_clock_no_chance_and_no_world(module: Module) -> None:
    assert list(impurities_of(module)) == []


def test_only_views_know_flask() -> None:
    assert outsiders(("flask",), {"views"}, ("app", "base.web", "server")) == []


def test_only_stores_know_sql() -> None:
    assert (
        outsiders(
            ("sqlalchemy", "sqlite3", "alembic"),
            {"store"},
            ("base.backups", "base.database", "base.doctor", "base.items", "base.migrating"),
        )
        == []
    )


@pytest.mark.parametrize("module", [module for module in MODULES if module.path.name == "__init__.py"], ids=str)
def test_a_package_opens_with_its_promise(module: Module) -> None:
    assert ast.get_docstring(tree(module.path))


def test_no_file_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "services", "service", "manager", "managers", "common", "misc"}
    assert [str(module) for module in MODULES if vague & set(module.name.split("."))] == []


def test_a_broken_rule_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text(
        "import random\nimport time\nfrom datetime import datetime\n"
        "from results import model\nfrom facts import store\n"
        "dice = random.random()\nopened = datetime.now()\nlucky = random.Random()\n",
        encoding="utf-8",
    )
    rules = Module(path, "race.rules", "race", "rules")
    assert list(faults_of(rules)) == [
        "race.rules imports results.model, which is not below it",
        "race.rules, a rules room, imports facts.store, a store room",
    ]
    assert sorted(impurities_of(rules)) == [
        "race.rules imports time",
        "race.rules:6 uses random.random: take a random.Random as an argument",
        "race.rules:7 calls now()",
        "race.rules:8 makes a Random without a seed",
    ]
