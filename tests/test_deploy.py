"""What stands in deploy/ is what the code is: each file by its own tool, and its ports, paths and limits by reading.

How Caddy serves people before a real server is in tests/server/test_proxy.py.
"""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from flask import Flask

import processes
from app import main
from base.commands import backup
from base.fonts import PACKAGES
from base.serving import ROOT, serve
from base.settings import MOST_UPLOAD
from tools.parts import CADDY, COMPOSE, caddy, compose

DEPLOY = ROOT / "deploy"
UNITS = ("waypost.service", "waypost-backup.service", "waypost-backup.timer")
NAME = re.compile(r"WAYPOST_[A-Z_]+")
# Names of the files among each other; the server does not read them.
OWN_NAMES = {"WAYPOST_SITE", "WAYPOST_UPSTREAM", "WAYPOST_WORKERS", "WAYPOST_DATABASE_PASSWORD"}


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def said_once(pattern: str, text: str) -> str:
    """What the one line that `pattern` matches says."""
    [found] = re.findall(pattern, text, re.MULTILINE)
    return str(found)


def number(pattern: str, text: str) -> int:
    return int(said_once(pattern, text))


def served_by(words: list[str]) -> click.Context:
    """Have the command's own parser read a command line, from `serve` on."""
    assert words[0] == "serve"
    return serve.make_context("serve", words[1:])


def listed(text: str) -> list[str]:
    """The words of a JSON-like list."""
    return re.findall(r'"([^"]*)"', text)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """They name no key it does not know, and no program that is not there after `make install`."""
    program = tmp_path / ".venv/bin/waypost"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    units = [tmp_path / name for name in UNITS]
    for unit in units:
        unit.write_text(text_of(unit.name).replace("/srv/waypost", str(tmp_path)), encoding="utf-8")
    for unit in units:
        done = subprocess.run(["systemd-analyze", "verify", unit], check=False, capture_output=True, text=True)
        assert (done.returncode, [line for line in done.stderr.splitlines() if unit.stem in line]) == (0, [])


@pytest.mark.skipif(caddy() is None, reason=f"no {CADDY.name}: {CADDY.install_line}")
def test_caddy_understands_its_file(tmp_path: Path) -> None:
    program, file = str(caddy()), str(DEPLOY / "Caddyfile")
    home = {"HOME": str(tmp_path)}
    line = [program, "validate", "--adapter", "caddyfile", "--config", file]
    done = subprocess.run(line, env=home, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    neat = subprocess.run([program, "fmt", file], env=home, check=True, capture_output=True, text=True)
    assert neat.stdout == text_of("Caddyfile")


@pytest.mark.skipif(compose() is None, reason=f"no {COMPOSE.name}: {COMPOSE.install_line}")
def test_compose_understands_its_file_and_starts_nothing_without_a_password(tmp_path: Path) -> None:
    line = [str(compose()), "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    known = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "WAYPOST_SITE": "race.example.com"}
    without = subprocess.run(line, env=known, check=False, capture_output=True, text=True)
    assert without.returncode != 0
    assert "WAYPOST_DATABASE_PASSWORD" in without.stderr
    known["WAYPOST_DATABASE_PASSWORD"] = "secret"
    done = subprocess.run(line, env=known, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_lines_are_waypost_s_own() -> None:
    """Each is read by the command's parser, and Caddy passes on to the port that each listens on."""
    upstream = number(r"\{\$WAYPOST_UPSTREAM:127\.0\.0\.1:(\d+)\}", text_of("Caddyfile"))
    unit = text_of("waypost.service")
    workers = said_once(r"^Environment=.*WAYPOST_WORKERS=(\d+)", unit)
    line = said_once(r"^ExecStart=(.*)", unit).replace("${WAYPOST_WORKERS}", workers).split()
    on_systemd = served_by(line[1:]).params
    assert line[0] == "/srv/waypost/.venv/bin/waypost"
    assert on_systemd == {"host": "127.0.0.1", "port": upstream, "workers": 1}

    composed = text_of("compose.yaml")
    command = re.sub(r"\$\{WAYPOST_WORKERS:-(\d+)\}", r"\1", said_once(r'^    command: (\["serve".*)', composed))
    assert served_by(listed(command)).params == {"host": "0.0.0.0", "port": upstream, "workers": 2}
    assert said_once(r"WAYPOST_UPSTREAM: (.*)", composed) == f"waypost:{upstream}"
    alone = served_by(listed(said_once(r"^CMD (.*)", text_of("Dockerfile"))))
    assert alone.params["port"] == upstream == number(r"^EXPOSE (\d+)", text_of("Dockerfile"))

    kept_by = said_once(r"exec /srv/waypost/\.venv/bin/waypost (.*)'", text_of("waypost-backup.service"))
    kept = re.sub(r"\$\(date \+%%H%%M\)", "0930", kept_by).split()
    assert main.commands[kept[0]] is backup
    assert backup.make_context("backup", kept[1:]).params == {"file": Path("/var/lib/waypost/backups/0930.db")}


def test_the_checks_of_health_ask_what_answers(app: Flask) -> None:
    asked = said_once(r"urlopen\('http://127\.0\.0\.1:8000(/\w+)'", text_of("compose.yaml"))
    assert app.test_client().get(asked).status_code == 200


def test_every_setting_they_name_is_one() -> None:
    code = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "base").glob("*.py"))
    read_by_code = set(NAME.findall(code))
    for path in DEPLOY.iterdir():
        assert set(NAME.findall(path.read_text(encoding="utf-8"))) <= read_by_code | OWN_NAMES, path.name


def test_the_limits_are_those_of_the_code() -> None:
    unit, composed, proxy = text_of("waypost.service"), text_of("compose.yaml"), text_of("Caddyfile")
    # Whoever sends too much is told so by Waypost, whose limit comes first.
    assert MOST_UPLOAD < number(r"max_size (\d+)MiB", proxy) * 1024 * 1024 < 2 * MOST_UPLOAD
    # Time to stop by itself, in one process (server.py) and in several.
    stop_s = number(r"^STOP_S = (\d+)", (ROOT / "server.py").read_text(encoding="utf-8"))
    longest = max(stop_s, processes.graceful_timeout)
    assert number(r"^TimeoutStopSec=(\d+)", unit) >= 2 * longest
    assert min(int(found) for found in re.findall(r"stop_grace_period: (\d+)s", composed)) >= 2 * longest
    # A socket for each phone and watcher that a process takes, and files beside them.
    files = [number(r"^LimitNOFILE=(\d+)", unit), *map(int, re.findall(r"nofile: (\d+)", composed))]
    assert min(files) > processes.worker_connections
    assert len(files) == 3
    # A health check gives a large log its time.
    assert number(r"start_period: (1\d\d)s", composed) >= processes.timeout


def test_the_places_are_the_same_in_all_files() -> None:
    kept = "/var/lib/waypost"
    for name in ("waypost.service", "waypost-backup.service"):
        assert f"WAYPOST_INSTANCE={kept} " in text_of(name)
        assert said_once(r"^StateDirectory=(\S+)", text_of(name)) == "waypost"
        assert "EnvironmentFile=-/etc/waypost/waypost.env" in text_of(name)
    assert f"WAYPOST_INSTANCE={kept}\n" in text_of("Dockerfile")
    assert f"- instance:{kept}\n" in text_of("compose.yaml")
    known_as = said_once(r"WAYPOST_PROXIES: (.*)", text_of("compose.yaml"))
    assert said_once(r"ipv4_address: (.*)", text_of("compose.yaml")) == known_as


def test_no_secret_stands_in_them_and_versions_are_pinned() -> None:
    composed = text_of("compose.yaml")
    for line in composed.splitlines():
        if "PASSWORD" in line and not line.startswith("#"):
            assert "${WAYPOST_DATABASE_PASSWORD:?" in line
    for image in re.findall(r"image: (.*)", composed):
        assert image == "waypost" or re.search(r":\d+", image), image
    assert not re.search(r"^WAYPOST_\w*(PASSWORD|SECRET|DATABASE)", text_of("waypost.env"), re.MULTILINE)
    ignored = text_of("Dockerfile.dockerignore").split()
    assert {"**/.env", "instance", "*.db"} <= set(ignored)
    assert "/deploy/.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_container_is_made_in_one_stage_and_runs_in_another_not_as_root() -> None:
    stages = text_of("Dockerfile").split("FROM ")[1:]
    base = [stage.split()[0] for stage in stages]
    assert len(stages) == 2
    assert base[0] == base[1]  # the environment made in one is used in the other
    assert "RUN make install" in stages[0]
    assert "make" not in re.findall(r"^RUN (\w+)", stages[1], re.MULTILINE)
    assert f"! -name {PACKAGES.name} " in stages[0]  # all else that npm brought is removed
    assert stages[1].index("USER waypost") < stages[1].index("ENTRYPOINT")
