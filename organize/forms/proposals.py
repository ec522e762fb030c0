"""What was read from uploaded sheets, as JSON and back: a proposal outlives a reload, its sheets are not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from base.faults import Fault
from base.languages import Words
from race.rules.entering import EntryFile

_SAID = Words("")


def files_to_json(files: Sequence[EntryFile]) -> list[dict[str, Any]]:
    """Return the files as JSON, their faults with words that can still be put into any language."""
    return [
        {
            "name": file.name,
            "entries": list(file.entries),
            "places": list(file.places),
            "refused": [{"path": fault.path, "words": _words_to_json(fault.words)} for fault in file.refused],
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
            [Fault(fault["path"], _read_words(fault["words"])) for fault in file["refused"]],
        )
        for file in data
    ]


def _words_to_json(words: Words) -> dict[str, Any]:
    arguments = {
        name: {"words": _words_to_json(value)} if isinstance(value, Words) else {"value": value}
        for name, value in words.arguments.items()
    }
    return {"message": words.message, "arguments": arguments}


def _read_words(data: Mapping[str, Any]) -> Words:
    arguments = {
        name: _read_words(value["words"]) if "words" in value else value["value"]
        for name, value in data["arguments"].items()
    }
    # Said once before, when the sheet was read: the catalogues know it.
    return replace(_SAID, message=data["message"], arguments=arguments)
