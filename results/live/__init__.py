"""What one process keeps of results for everybody who looks: boards, and what was published."""

from results.live.board import EVERY_MS, GATHER_MS, KEPT_CHUNKS, MOVED_FOR_MS, Board, Boards
from results.live.packing import pack
from results.live.pages import Page, Pages
from results.live.publications import PUBLISHED, Publications
from results.live.streams import Stream

__all__ = [
    "EVERY_MS",
    "GATHER_MS",
    "KEPT_CHUNKS",
    "MOVED_FOR_MS",
    "PUBLISHED",
    "Board",
    "Boards",
    "Page",
    "Pages",
    "Publications",
    "Stream",
    "pack",
]
