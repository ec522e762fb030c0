"""The optional parts that some tests need, found on this machine, and installed where apt and root allow it.

python tools/parts.py      # says what is there, installs what is not, never fails
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, slots=True)
class Part:
    """An optional part: what it is called, which tests want it, the Debian packages that bring it."""

    name: str
    wanted_by: str
    packages: tuple[str, ...]
    # Whether what its packages recommend stays out: here a whole container engine that no test starts.
    bare: bool = False

    @property
    def install_line(self) -> str:
        """What a person types to get it."""
        if distribution() == "ubuntu":
            return "install Google Chrome's .deb and set WAYPOST_CHROMIUM to its path (Ubuntu's apt chromium is a snap)"
        return f"apt-get install -y {' '.join(self.wanted)}"

    @property
    def wanted(self) -> tuple[str, ...]:
        """What apt-get is asked for."""
        return (*(("--no-install-recommends",) if self.bare else ()), *self.packages)


CHROMIUM = Part("Chromium", "the browser tests", ("chromium", "fonts-noto-cjk"))
# The same Chromium without the program around its pages. No test is skipped for want of it.
PAGES_ONLY = Part("Chromium's headless shell", "quicker browser tests", ("chromium-headless-shell",))
POSTGRES = Part("PostgreSQL", "the server tests on it", ("postgresql",))
REDIS = Part("Redis", "the server tests with several processes", ("redis-server",))
CADDY = Part("Caddy", "the tests of HTTPS before the server", ("caddy",), bare=True)
COMPOSE = Part("docker-compose", "the check of deploy/compose.yaml", ("docker-compose",), bare=True)


def chromium() -> Path | None:
    """The browser that tests drive: `WAYPOST_CHROMIUM`, or the first one on the path that is not a snap."""
    named = os.environ.get("WAYPOST_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in BROWSERS:
        found = shutil.which(name)
        if found and not is_snap(Path(found)):
            return Path(found)
    return None


def pages_only() -> Path | None:
    """Chromium without the program around its pages; none where `WAYPOST_CHROMIUM` names the browser to drive."""
    found = None if os.environ.get("WAYPOST_CHROMIUM") else shutil.which("chromium-headless-shell")
    return Path(found) if found else None


def postgres_programs() -> Path | None:
    """The folder with PostgreSQL's own programs, the newest version's. Debian does not put it on the path."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def redis_server() -> Path | None:
    """Redis' server on the path."""
    named = shutil.which("redis-server")
    return Path(named) if named else None


def caddy() -> Path | None:
    """Caddy on the path."""
    named = shutil.which("caddy")
    return Path(named) if named else None


def compose() -> Path | None:
    """docker-compose on the path; it checks a file without an engine."""
    named = shutil.which("docker-compose")
    return Path(named) if named else None


FINDERS = (
    (CHROMIUM, chromium),
    (POSTGRES, postgres_programs),
    (REDIS, redis_server),
    (CADDY, caddy),
    (COMPOSE, compose),
)


def is_snap(program: Path) -> bool:
    """Whether a program is a snap or the script that leads to one; such a browser cannot be driven from a test."""
    if "snap" in program.resolve().parts or program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"/snap/" in head


def distribution() -> str:
    """The `ID` in /etc/os-release: `debian`, `ubuntu`, …; empty where there is none."""
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.is_file() else []
    return next((line.removeprefix("ID=").strip('"') for line in lines if line.startswith("ID=")), "")


def can_install() -> bool:
    """Whether this machine and user can ask apt."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0 and distribution() != "ubuntu"


def install(part: Part) -> bool:
    """Asks apt for a part; False if this machine or user cannot, or apt did not manage."""
    if not can_install():
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for line in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *part.wanted]):
        done = subprocess.run(line, env=quiet, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(f"{' '.join(line)} failed:\n{done.stdout[-1000:]}")
            return False
    return True


def main() -> None:
    """Looks for each part, tries to install what is missing, and says what will be skipped without it."""
    named = os.environ.get("WAYPOST_CHROMIUM")
    if named and chromium() is None:
        print(f"WAYPOST_CHROMIUM names no file ({named}); {CHROMIUM.wanted_by} are skipped.")
    for part, find in FINDERS:
        if find() or (part is CHROMIUM and named):
            continue
        print(f"{part.name} is missing; trying to install it.", flush=True)
        install(part)
        if find() is None:
            print(f"Without {part.name}, {part.wanted_by} are skipped. To have them: {part.install_line}")
    if not named and can_install() and pages_only() is None:
        print(
            f"{PAGES_ONLY.name} is missing, which makes for {PAGES_ONLY.wanted_by}; trying to install it.", flush=True
        )
        install(PAGES_ONLY)


if __name__ == "__main__":
    main()
