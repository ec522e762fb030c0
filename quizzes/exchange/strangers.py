"""Files that people have questions in and that are not read, known by their bytes: what each is, and what to do."""

import io
import zipfile

from base.languages import Words
from quizzes.exchange.archive import BROKEN

# By their first bytes.
_SIGNS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"Rar!": "RAR", b"7z\xbc\xaf": "7z"}
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Old Office and WPS keep parts under these names; a document with a password is one part in such a file.
_LOCKED, _DOCUMENT, _SLIDES = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "PowerPoint Document")
)
_OPEN = {"text": "ODT", "spreadsheet": "ODS", "presentation": "ODP"}
_HELD = (".docx", ".xlsx", ".doc", ".xls", ".txt", ".csv", ".json", ".gift", ".md", ".pdf", ".wps")


def what_to_do(name: str, data: bytes) -> Words | None:
    """Return what a file is that is not read and how to save it instead, or None: it may be one that is."""
    if kind := next((kind for sign, kind in _SIGNS.items() if data.startswith(sign)), ""):
        return _not_read(kind)
    if data.startswith(_OLE):
        return _old(name, data)
    return _zipped(name, data) if data.startswith(_ZIP) else None


def _not_read(kind: str) -> Words:
    return Words("A file of the kind %(kind)s is not read. Save the questions as .docx, .xlsx or .txt.", {"kind": kind})


def _old(name: str, data: bytes) -> Words | None:
    if _LOCKED in data:
        return Words("This file is locked by a password. Open it, take the password away, and save it again.")
    if _DOCUMENT in data and name.lower().endswith((".wps", ".wpt")):
        return Words("This is a WPS document (.wps). Open it in WPS and save it as .docx.")
    if _DOCUMENT in data:
        return Words("This is an old Word document (.doc). Open it in Word or WPS and save it as .docx.")
    return _not_read("PPT") if _SLIDES in data else None


def _zipped(name: str, data: bytes) -> Words | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            declared = archive.open("mimetype").read(200) if "mimetype" in names and not parts[0].flag_bits & 1 else b""
    except BROKEN:
        return None
    if any(part.flag_bits & 1 for part in parts):
        return Words("This zip is locked by a password. Take out what is in it, and choose those files.")
    if kind := next((kind for word, kind in _OPEN.items() if f"opendocument.{word}".encode() in declared), ""):
        return _not_read(kind)
    if "ppt/presentation.xml" in names:
        return _not_read("PPTX")
    if any(part.startswith("Index/") and part.endswith(".iwa") for part in names) or "index.xml.gz" in names:
        return _not_read(name.rsplit(".", 1)[-1][:10].upper() if "." in name else "Pages")
    whole = any(part.lower() == "[content_types].xml" for part in names)
    held = [part.rsplit("/", 1)[-1] for part in names if part.lower().endswith(_HELD)]
    if not whole and held and not any(part.lower().endswith((".xml", ".qti", ".dat")) for part in names):
        return Words(
            "This zip holds files. Unpack it and choose them one by one: %(files)s.", {"files": ", ".join(held[:5])}
        )
    return None
