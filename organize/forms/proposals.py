"""What was read from uploaded sheets, as JSON and back: a proposal outlives a reload, its sheets are not kept."""

from collections.abc import Sequence
from typing import Any

from base.faults import Fault
from base.languages import Words
from race.rules.entering import EntryFile


def files_to_json(files: Sequence[EntryFile]) -> list[dict[str, Any]]:
    """Return the files as JSON, their faults with words that can still be put into any language."""
    return [
        {
            "name": file.name,
            "entries": list(file.entries),
            "places": list(file.places),
            "refused": [{"path": fault.path, "words": fault.words.to_json()} for fault in file.refused],
        }
        for file in files
    ]


def read_files(data: Any) -> list[EntryFile]:
    """Return what `files_to_json` wrote."""
    return [
        EntryFile(
            file["name"],
            file["entries"],
            file["places"],
            [Fault(fault["path"], Words.from_json(fault["words"])) for fault in file["refused"]],
        )
        for file in data
    ]
