"""A program that has imported the server and copies itself for each order: `tests/copied.py` gives them.

An order is a line of JSON, and so is the answer: the number of the process that was made, or how it ended.
"""

import server  # it patches the world, so it comes first

# ruff: noqa: I001
import gc
import json
import os
import posix
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from base import sealing


def become(env: Mapping[str, str], log: str) -> None:
    """Take on what a process is started with."""
    os.environ.clear()
    os.environ.update(env)
    for number, path, flags in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)):
        opened = os.open(path, flags, 0o666)
        os.dup2(opened, number)
        os.close(opened)
    os.dup2(1, 2)


def kept(make: Callable[..., sealing.Lock], folder: Path) -> Callable[..., sealing.Lock]:
    """Return what makes a typed code's lock and keeps it for the next servers, whose copied race has the same codes."""

    def lock_of_code(code: str, salt: bytes, iterations: int) -> sealing.Lock:
        path = folder / f"{code}-{salt.hex()}-{iterations}"
        with suppress(FileNotFoundError):
            name, key = path.read_text(encoding="utf-8").split()
            return sealing.Lock(name, bytes.fromhex(key))
        lock = make(code, salt, iterations)
        whole = path.with_suffix(f".{os.getpid()}")
        whole.write_text(f"{lock.id} {lock.key.hex()}", encoding="utf-8")
        whole.replace(path)
        return lock

    return lock_of_code


def main() -> None:
    """Copy this process for each order, until there are no more."""
    sealing.lock_of_code = kept(sealing.lock_of_code, Path(sys.argv[1]))
    gc.freeze()  # what was imported is shared with the copies as long as nobody writes to it
    living = set()
    # `posix`, since gevent has put its own in the place of `os.fork` and `os.waitpid`, and would begin to work here.
    for line in sys.stdin:
        order = json.loads(line)
        if "ended" in order:
            pid, status = posix.waitpid(order["ended"], os.WNOHANG)
            living.discard(pid)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif answer := posix.fork():
            os.setpgid(answer, answer)
            living.add(answer)
        else:
            become(order["env"], order["log"])
            server.main(order["host"], order["port"])
            return
        print(json.dumps(answer), flush=True)  # noqa: T201  whoever gives the orders reads this
    for pid in living:  # whoever gave the orders is gone without having ended them
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
