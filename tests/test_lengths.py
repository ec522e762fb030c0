"""A file that outgrows a screenful of screenfuls becomes two."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 400
WRITTEN_BY_HAND = {".py", ".ts", ".tsx", ".css", ".html", ".typ", ".xml"}
NOT_OURS = {"node_modules", "build", "instance", "data", "vectors"}


def sources() -> list[Path]:
    """The project's own source files."""
    tops = [path for path in ROOT.iterdir() if path.name not in NOT_OURS and not path.name.startswith(".")]
    files = [file for top in tops if top.is_dir() for file in top.rglob("*")] + [top for top in tops if top.is_file()]
    return [
        file
        for file in files
        if file.suffix in WRITTEN_BY_HAND and not NOT_OURS & set(file.relative_to(ROOT).parts) and file.is_file()
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in sources()}
    assert len(lengths) > 10
    assert {str(file.relative_to(ROOT)): lines for file, lines in lengths.items() if lines > LONGEST} == {}
