"""Files that are not read are called what they are, with what to do."""

import io
import zipfile

import pytest

from base.faults import FaultyInput
from quizzes.exchange import read_bank_file
from race.exchange.files import read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def locked(data: bytes) -> bytes:
    """Return a zip whose first entry says that it is encrypted."""
    at = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01\x00" + data[8 : at + 8] + b"\x01\x00" + data[at + 10 :]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("题.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        ("题.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        ("题.zip", locked(zipped({"题.txt": b"1"})), "zip is locked by a password"),
        ("题.doc", OLE + "WordDocument".encode("utf-16-le"), "old Word document (.doc)"),
        ("题.wps", OLE + "WordDocument".encode("utf-16-le"), "WPS document (.wps)"),
        ("题.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "kind PPT "),
        ("题.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "kind ODT "),
        ("题.ods", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "kind ODS "),
        ("题.pptx", zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}), "kind PPTX "),
        ("题.pages", zipped({"Index/Document.iwa": b"x"}), "kind PAGES "),
        ("题.zip", zipped({"一.docx": b"x", "二.txt": b"y"}), "choose them one by one: 一.docx, 二.txt"),
    ],
)
def test_a_stranger_is_named_whatever_it_is_called_by(name: str, data: bytes, why: str) -> None:
    """By the page of a bank and by `waypost read` alike."""
    for read in (read_bank_file, read_file):
        with pytest.raises(FaultyInput) as faulty:
            read(name, data)
        said = [fault.words.message % fault.words.arguments for fault in faulty.value.faults]
        assert why in said[-1]
