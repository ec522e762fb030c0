"""The application on a port of this machine, and Debian's Chromium looking at it: for tests of pages in a browser."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import ThreadedWSGIServer

from base.clock import now_ms
from base.web import part_of
from race.live.races import Live
from results.live import Boards
from tests.fixtures_app import NAME, PASSWORD
from tools.parts import chromium, pages_only

HOST = "127.0.0.1"
PLAIN = "plain.example"
# What the browser's camera sees; tests/browser/camera.py holds things in front of it.
CAMERA = Path(tempfile.mkdtemp(prefix="waypost-camera-")) / "camera.mjpeg"
BOARDS_S = 0.05
# A headless browser in a container: no sandbox of its own, and no request of its own to anybody.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # A host on plain HTTP that is not this machine by name: browsers give it no camera, no worker and no digests.
    f"--host-resolver-rules=MAP {PLAIN} {HOST}",
    # A camera that shows a file; only a page that a test gives the permission may look through it.
    "--use-fake-device-for-media-stream",
    f"--use-file-for-fake-video-capture={CAMERA}",
)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium_browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests; each test opens windows of its own.

    Where there is one that draws no window around its pages, it is that: the same pages for half the work.
    """
    browser = playwright.chromium.launch(executable_path=str(pages_only() or chromium()), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the application, served by threads of this process, its boards kept fresh as in production."""
    server = ThreadedWSGIServer(HOST, 0, app)
    server.block_on_close = False  # a stream lasts as long as its watcher
    ended = threading.Event()

    def refresh() -> None:
        while not ended.wait(BOARDS_S):
            part_of(app, Boards).refresh(part_of(app, Live), now_ms())

    threads = [threading.Thread(target=work, daemon=True) for work in (server.serve_forever, refresh)]
    for thread in threads:
        thread.start()
    yield f"http://{HOST}:{server.server_port}"
    ended.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium_browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens a page in a new window: `open_page("/r/lianxi/live", width=360)`. What a page throws fails the test."""
    contexts = []
    thrown: list[str] = []

    def open_one(path: str, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = chromium_browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, locale="zh-CN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: thrown.append(f"{path}: {error}"))
        page.on(
            "console", lambda said: thrown.append(f"{path}: {said.text}") if "Security Policy" in said.text else None
        )
        page.goto(path, wait_until="domcontentloaded")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert thrown == []


def sign_in(page: Page) -> None:
    """Sign the organizer of `fixtures_app` in, in this window."""
    page.goto("/organize/signin")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/organize/")
