"""Compiles requirements*.in and package.json into lock files that hold no registry address and no path of this machine.

pip's own configuration is left aside: a wheel rebuilt on this machine must not stand in for the published files.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--strip-extras",
    "--allow-unsafe",
)


def main() -> None:
    """Runs pip-compile twice, then npm; what is locked already stays unless `--upgrade` is given."""
    plain = {name: value for name, value in os.environ.items() if name not in {"PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"}}
    plain |= {"PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "make locks"}
    for name in ("requirements", "requirements-dev"):
        line = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *sys.argv[1:], "-o", f"{name}.txt", f"{name}.in"]
        subprocess.run(line, cwd=ROOT, env=plain, check=True)
    line = [sys.executable, "tools/node.py", "npm", "install", "--package-lock-only", "--silent"]
    subprocess.run(line, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
