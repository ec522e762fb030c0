"""The client's own tests, one of Node's test files at a time, so that one closing line counts them all."""

from pathlib import Path

import pytest

from tools.client import test as run_with_node

FILES = sorted(Path(__file__).parent.rglob("*.test.ts*"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_the_client_keeps_its_word(file: Path, tmp_path: Path) -> None:
    done = run_with_node(file, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
