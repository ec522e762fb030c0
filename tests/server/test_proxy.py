"""deploy/Caddyfile before a real server: what people get through it, and what it does not write down."""

import contextlib
import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from base.serving import ROOT
from bench.house import free_port
from tests.factories import SLUG
from tests.phones import HOST, Desk, OverHttp
from tests.serving import START_S, STOP_S, Served, Watcher
from tools.parts import CADDY, caddy

pytestmark = pytest.mark.skipif(caddy() is None, reason=f"no {CADDY.name}: {CADDY.install_line}")


@contextmanager
def caddy_before(upstream: int, folder: Path) -> Iterator[tuple[int, Path]]:
    """Run it, without the certificate, and give its port and its log."""
    port, log = free_port(), folder / "caddy.log"
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "CADDY_ADMIN": f"{HOST}:{free_port()}",
        "WAYPOST_SITE": f"http://{HOST}:{port}",
        "WAYPOST_UPSTREAM": f"{HOST}:{upstream}",
    }
    line = [str(caddy()), "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    with log.open("wb") as said:
        process = subprocess.Popen(line, env=surroundings, cwd=folder, stdout=said, stderr=said)
    try:
        until = time.monotonic() + START_S
        while True:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            with contextlib.suppress(OSError):
                socket.create_connection((HOST, port), 1).close()
                break
            assert time.monotonic() < until
            time.sleep(0.02)
        yield port, log
    finally:
        process.terminate()
        process.wait(STOP_S)


@pytest.mark.parametrize("url", ["one process on SQLite"], indirect=True)
def test_boards_come_through_as_they_change_and_a_restart_is_waited_out(
    url: str, served: Served, far_desk: Desk, tmp_path: Path
) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    with caddy_before(served.port, tmp_path) as (port, _):
        page = OverHttp(port).ask("GET", f"/r/{SLUG}")
        assert page.status == 200
        assert page.headers["strict-transport-security"].startswith("max-age=")
        assert page.headers["content-security-policy"]
        with Watcher(port, SLUG) as watcher:
            assert watcher.next()[1]["full"]
            began = time.monotonic()
            phone.punch("31")
            _, change = watcher.next()
            assert [row["entry"] for row in change["classes"][0]["results"]] == ["1"]
            assert time.monotonic() - began < 2
        served.stop()
        again: list[int] = []
        asking = threading.Thread(target=lambda: again.append(OverHttp(port).ask("GET", f"/r/{SLUG}").status))
        asking.start()
        back = Served(url, tmp_path, port=served.port)
        asking.join()
        back.stop()
    assert again == [200]


def test_no_key_is_written_down_even_where_something_fails(tmp_path: Path) -> None:
    """What stands behind it hangs up on each request: Caddy tells that it did, and not what was asked."""
    with socket.create_server((HOST, 0)) as upstream:

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                upstream.accept()[0].close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with caddy_before(upstream.getsockname()[1], tmp_path) as (port, log):
            connection = http.client.HTTPConnection(HOST, port, timeout=START_S)
            headers = {"Authorization": "Bearer SECRET-TOKEN", "Referer": "http://x/T/SECRET-REFERER"}
            connection.request("POST", "/T/SECRET-KEY?key=SECRET-QUERY", b"SECRET-BODY", headers)
            assert connection.getresponse().status == 502
            connection.close()
        thread.join()
        written = log.read_text(encoding="utf-8")
    assert '"status":502' in written
    assert "SECRET" not in written
