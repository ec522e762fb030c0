"""A real server process on a database of its own, and windows of a real browser on it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from sqlalchemy import Engine

from base.database import open_engine, reading, writing
from base.migrating import migrate
from bench.house import free_port
from facts.model import Race
from facts.store import race_by_slug
from maps.model import Picture
from people.live import new_personal_token
from people.model import Role
from people.store.accounts import add_account
from people.store.unions import first_union, name_union
from race.commands.store_race import lay_down
from race.forms.file import read_race_file
from race.store import load_setup
from tests.fixtures_app import NAME, UNION, hashed
from tests.phones import HOST, Desk, Keys, OverHttp
from tests.serving import ROOT, Served

PHONE = (360, 740)
LAPTOP = (1280, 800)
BIG_SCREEN = (1920, 1080)
# A server that is away is said so by the browser in the console; the page's own words are what the test looks at.
AWAY = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED_ENCODING")
SETTLED_MS = 15_000
# What was laid down before: the database, and the token of the organizer's program.
_LAID: dict[tuple[str, str, Picture | None], tuple[bytes, str]] = {}


class House:
    """The server, who may do what there, and what its pages did wrong: `faults` must be empty when a test ends."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.folder = folder
        self.database_file = folder / "waypost.db"
        self.port = free_port()
        self.base = f"http://{HOST}:{self.port}"
        self.browser = browser
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WAYPOST_")},
            "WAYPOST_DATABASE_URL": f"sqlite:///{self.database_file}",
            "LC_ALL": "C.UTF-8",
        }
        self.line = OverHttp(self.port)
        self.faults: list[str] = []
        self.desk: Desk
        self._served: Served | None = None
        self._contexts: list[BrowserContext] = []

    # The server

    def database(self) -> Engine:
        """The database, with its tables."""
        engine = open_engine(f"sqlite:///{self.database_file}")
        migrate(engine)
        return engine

    def lay(self, slug: str, data: Mapping[str, Any], picture: Picture | None = None) -> None:
        """Lay a race down before the server starts, with an organizer's account; the same race is only once worked on.

        Each house that has it begins with a copy, and so with the same secret.
        """
        assert not self.database_file.exists()
        name = (slug, json.dumps(data), picture)
        if name not in _LAID:
            _LAID[name] = self._laid(slug, data, picture)
        content, token = _LAID[name]
        self.database_file.write_bytes(content)
        self.know(slug, token)

    def _laid(self, slug: str, data: Mapping[str, Any], picture: Picture | None) -> tuple[bytes, str]:
        engine = self.database()
        lay_down(engine, slug, data, picture, "test")
        with writing(engine) as connection:
            union = name_union(connection, first_union(connection), UNION)
            account = add_account(connection, NAME, hashed(), union, Role.ORGANIZER, 0)
        token = new_personal_token(engine, account, 0)
        engine.dispose()  # the last to leave folds the write-ahead log in
        return self.database_file.read_bytes(), token

    def know(self, slug: str, token: str = "") -> None:
        """Take the race's printed cards and signs in hand."""
        with reading(self.database()) as connection:
            row = race_by_slug(connection, slug)
            assert isinstance(row, Race)
            setup = read_race_file(load_setup(connection, row.id))
        self.desk = Desk(self.line, row, token)
        self.desk.keys = Keys(row, setup)

    def setup(self) -> dict[str, Any]:
        """The race file as it stands in the database now."""
        engine = open_engine(f"sqlite:///{self.database_file}")
        with reading(engine) as connection:
            found = load_setup(connection, self.desk.keys.race.id)
        engine.dispose()
        return found

    def open(self, root: Path = ROOT) -> "House":
        """Start the server, or another copy of it, and wait until it answers."""
        url = f"sqlite:///{self.database_file}"
        self._served = Served(url, self.database_file.parent, port=self.port, root=root)
        self._served.wait_until_it_answers()
        return self

    def said(self) -> str:
        """What the server printed for its operator."""
        return self._served.said() if self._served else ""

    def next_release(self) -> Path:
        """Return a copy of the program in which the phone app is another build."""
        root = self.folder / "next"
        root.mkdir()
        for part in ROOT.iterdir():
            if part.is_dir() and part.name != "static":
                (root / part.name).symlink_to(part)
        for part in ROOT.glob("*.py"):
            shutil.copy(part, root)  # Python looks for the others beside these
        shutil.copytree(ROOT / "static", root / "static")
        for script in ("phone.js", "sw.js"):
            built = root / "static" / "build" / script
            built.write_text(f"{built.read_text(encoding='utf-8')}// next\n", encoding="utf-8")
        (root / "static" / "build" / "phone.js.gz").unlink()
        return root

    def frozen(self) -> AbstractContextManager[None]:
        """The server stands still meanwhile."""
        assert self._served
        return self._served.frozen()

    def cut_power(self) -> None:
        """Kill the server: what was acknowledged is on disk all the same."""
        if self._served:
            self._served.kill()
            self._served.stop()

    # Windows

    def window(self, path: str, size: tuple[int, int] = PHONE, forgive: tuple[str, ...] = (), **options: Any) -> Page:
        """Open an address in a browser of its own. `forgive` names console errors that the test provokes."""
        width, height = size
        context = self.browser.new_context(
            **{"base_url": self.base, "viewport": {"width": width, "height": height}, "locale": "zh-CN"} | options
        )
        context.set_default_timeout(SETTLED_MS)
        self._contexts.append(context)
        context.on("page", lambda page: self._watch(page, forgive))
        page = context.new_page()
        page.goto(path, wait_until="domcontentloaded")
        return page

    def _watch(self, page: Page, forgive: tuple[str, ...]) -> None:
        def fault(words: str) -> None:
            if not any(part in words for part in forgive):
                self.faults.append(words)

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                fault(f"{page.url} said: {message.text} {message.location.get('url', '')}")

        def asked(request: Request) -> None:
            if not request.url.startswith((self.base, "data:", "blob:")):
                fault(f"{page.url} asked another host: {request.url}")

        page.on("console", said)
        page.on("pageerror", lambda error: fault(f"{page.url} broke: {error}"))
        page.on("request", asked)

    def close(self) -> None:
        """Close every window and the server."""
        for context in self._contexts:
            context.close()
        self.cut_power()

    # Who stands in the park

    def phone(self, entry: str, **options: Any) -> Page:
        """A team's phone that has scanned its card."""
        page = self.window(f"/T/{self.desk.keys.card(entry)}", **options)
        page.wait_for_url("**/play")
        page.wait_for_selector(".head-team")
        return page

    def marshal(self, code: str, **options: Any) -> Page:
        """A marshal's phone at a station."""
        page = self.window(f"/M/{self.desk.keys.station(code)}", **options)
        page.wait_for_url("**/station")
        page.wait_for_selector(".m-head-sent")
        return page

    def board(self, size: tuple[int, int] = BIG_SCREEN, **options: Any) -> Page:
        """The live board."""
        page = self.window(f"/r/{self.desk.keys.race.slug}/live", size, **options)
        page.wait_for_selector("[role=row]")
        return page

    def scan(self, phone: Page, code: str) -> None:
        """Open a sign's address, as the camera does."""
        phone.goto(f"/C/{self.desk.keys.sign(code)}", wait_until="domcontentloaded")

    def waypost(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run the `waypost` command on this house's database."""
        line = [str(Path(sys.executable).parent / "waypost"), *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
