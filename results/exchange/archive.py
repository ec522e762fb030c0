"""A whole race as one file: what another installation reads back, and what anybody can open in ten years."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any

from base.clock import format_instant
from facts.model import Fact
from maps.model import Picture
from race.exchange.facts import fact_to_json
from race.forms.file import setup_to_json
from race.model import Setup
from results.exchange.table import results_csv
from results.model import Packing

Part = tuple[str, Iterable[bytes]]
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "image/svg+xml": "svg"}

READ_ME = """\
Waypost · 一场比赛的全部资料 / everything of one race

race.json          比赛文件：设置、打卡点、题目、队伍。导回：waypost import race.json（地图图片放在同一文件夹）
                   the race file: set-up, checkpoints, questions, teams. Read back with: waypost import race.json
facts.jsonl        正式比赛的全部记录，一行一条。重新计算成绩：waypost score race.json facts.jsonl
                   all that happened in the race, one fact a line. Score again with: waypost score race.json facts.jsonl
log.jsonl          完整日志：包括设置的修改和试跑，每条带校验链
                   the whole log, changes of set-up and trials too, each fact with its seal
results/           公布过的各版成绩（JSON、CSV）；now 是打包时按记录算出的成绩
                   each published version of the list as JSON and CSV; "now" is what the facts came to when packed

里面有参赛人员的姓名和电话（除非已经清除）：请像名单一样保管，到期删除。没有打卡点、队伍卡的密钥，也没有账号。
It holds people's names and telephone numbers, unless they were erased: keep it as you keep entry lists, and delete it
in time. It holds no keys of signs and cards and no accounts.
"""


def parts_of(packing: Packing) -> Iterator[Part]:
    """Yield every part of an archive: its name, and its bytes in pieces."""
    timezone = packing.setup.about.timezone
    yield "README.txt", [READ_ME.encode()]
    yield from _race(packing.setup, packing.picture)
    if packing.logo:
        yield f"logo.{ENDINGS.get(packing.logo.media_type, 'bin')}", [packing.logo.data]
    yield from _list("results/now", packing.now)
    for one in packing.versions:
        about = {"version": one.version, "published_at": format_instant(one.at, timezone), "reason": one.reason}
        yield from _list(f"results/version-{one.version}", {**about, **one.body})
    yield "facts.jsonl", _fact_lines(packing.facts(), packing.log, timezone)
    yield "log.jsonl", _log_lines(packing.facts(), timezone)


def _race(setup: Setup, picture: Picture | None) -> Iterator[Part]:
    """Yield the race file and the map's picture, under the name by which the race file calls it."""
    data = setup_to_json(setup)
    park = {key: value for key, value in data.get("map", {}).items() if key != "image"}
    if picture:
        given = PurePosixPath(str(data.get("map", {}).get("image") or "")).name
        park["image"] = given or f"map.{ENDINGS.get(picture.media_type, 'bin')}"
        yield park["image"], [picture.data]
    data["map"] = park
    yield "race.json", [_json({key: value for key, value in data.items() if value})]


def _list(name: str, results: Mapping[str, Any]) -> Iterator[Part]:
    yield f"{name}.json", [_json(results)]
    # Spreadsheets take a file for UTF-8 only if it begins with the mark.
    yield f"{name}.csv", [("\ufeff" + results_csv(results["classes"])).encode()]


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _fact_lines(facts: Iterable[Fact], log: str, timezone: str) -> Iterator[bytes]:
    """Yield the facts that count, one a line, as a fact file has them."""
    for fact in facts:
        if fact.log == log and fact.kind != "setup":
            yield (json.dumps(fact_to_json(fact, timezone), ensure_ascii=False) + "\n").encode()


def _log_lines(facts: Iterable[Fact], timezone: str) -> Iterator[bytes]:
    """Yield every fact of the log, with its place in it and its seal."""
    for fact in facts:
        seal = {"log": fact.log, "revision": fact.revision, "chain": fact.chain.hex(), "blanked": fact.digest}
        yield (json.dumps({**fact_to_json(fact, timezone), **seal}, ensure_ascii=False) + "\n").encode()


def write_archive(target: IO[bytes], parts: Iterable[Part]) -> None:
    """Write the parts into one zip file, piece by piece: a long log never stands in memory as a whole."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts:
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
