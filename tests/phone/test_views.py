"""The shell of the phone app and what makes it open without signal."""

import json
import re

from flask.testing import FlaskClient


def test_every_file_the_service_worker_keeps_is_there_to_be_kept(client: FlaskClient) -> None:
    """One that is missing would keep all the others off the phone."""
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache", "an update is noticed at the next look"
    listed = re.match(r"const FILES = (\[.*?\]), VERSION = ", answer.text)
    assert listed
    files = json.loads(listed[1])
    assert any(name.endswith(".wasm") for name in files), "the scanner is among them"
    assert {name: client.get(name).status_code for name in files} == dict.fromkeys(files, 200)
    shell = client.get("/play").text
    for asked in re.findall(r'(?:src|href)="(/static/[^"]+)"', shell):
        assert asked in files


def test_only_the_phones_pages_may_compile_a_scanner(client: FlaskClient) -> None:
    assert "'wasm-unsafe-eval'" in client.get("/play").headers["Content-Security-Policy"]
    assert "wasm" not in client.get("/").headers["Content-Security-Policy"]
