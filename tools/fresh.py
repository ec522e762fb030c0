"""Proves the two commands on a clean clone of HEAD: an empty HOME, no Node and no virtual environment on the path.

`make demo` runs until it answers and has printed its links, then `make test`. Exit status 0 only if both are well.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 900  # an install from a slow network
NODE = {"node", "nodejs", "npm", "npx", "corepack"}
# What a machine says about itself, its network and its certificates; all else of the caller's environment stays out.
KEPT = re.compile(
    r"PIP_.*|SSL_.*|.*_CA_.*|.*CERTS?(_.*)?|.*_CAINFO|CURL_.*|https?_proxy|no_proxy|LANG|LC_.*|TERM|TMPDIR|TZ|CI",
    re.IGNORECASE,
)


def path_without_node(folder: Path) -> str:
    """The caller's path, less virtual environments; a folder that holds Node is replaced by links to all else in it."""
    kept = []
    for number, entry in enumerate(os.environ.get("PATH", os.defpath).split(os.pathsep)):
        place = Path(entry)
        if not place.is_dir() or (place.parent / "pyvenv.cfg").is_file():
            continue
        names = {program.name for program in place.iterdir()}
        if not names & NODE:
            kept.append(entry)
            continue
        shadow = folder / str(number)
        shadow.mkdir(parents=True)
        for name in names - NODE:
            (shadow / name).symlink_to(place / name)
        kept.append(str(shadow))
    return os.pathsep.join(kept)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a GET is answered by 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - always this machine over http
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def demo_works(clone: Path, environment: dict[str, str]) -> bool:
    """Starts `make demo`, waits until it answers and has printed links, and stops it by its own process group."""
    port = free_port()
    output = clone.parent / "demo.log"
    began = time.monotonic()
    with output.open("w", encoding="utf-8") as log:
        demo = subprocess.Popen(
            ["make", "demo", f"PORT={port}"],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            ready = False
            while not ready and demo.poll() is None and time.monotonic() - began < PATIENCE_S:
                time.sleep(0.5)
                links = re.findall(r"https?://\S+/[TM]/\S+", output.read_text(encoding="utf-8"))
                ready = bool(links) and answers(f"http://127.0.0.1:{port}/healthz")
            took = time.monotonic() - began
        finally:
            stopped = stop(demo)
    print(output.read_text(encoding="utf-8"))
    print(f"make demo: {'answered and printed its links' if ready else 'DID NOT ANSWER'} after {took:.0f} s")
    if not stopped:
        print("make demo: DID NOT STOP when asked to")
    return ready and stopped


def stop(process: subprocess.Popen[bytes]) -> bool:
    """Asks a process group to end, as Ctrl-C does; kills what is left after 15 s and returns False."""
    try:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=15)
    except ProcessLookupError:
        return True
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


def main() -> int:
    """Clones, runs both commands, and cleans up; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="waypost-fresh-") as name:
        folder = Path(name)
        clone, home = folder / "waypost", folder / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        environment = {key: value for key, value in os.environ.items() if KEPT.fullmatch(key)}
        environment |= {"HOME": str(home), "PATH": path_without_node(folder / "path")}
        if shutil.which("node", path=environment["PATH"]):
            print("A node is still on the path.")
            return 1
        if not demo_works(clone, environment):
            return 1
        return subprocess.run(["make", "test"], cwd=clone, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
