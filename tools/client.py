"""Builds the TypeScript of `client/` into `static/build/`, and runs its tests.

    python tools/client.py build

Entry points are listed in package.json under "waypost"; their names stay (`phone.js`), shared chunks carry a hash.
Each file gets a .gz beside it, so the server never compresses while it answers. Leaflet's own stylesheet and
pictures are copied as they are. `phone.json` lists what a phone must keep to open without signal; the service worker
(`sw.js`) is a script of its own. A first load of the phone above its limit stops the build.
"""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, Python looks beside this file only

from tools.node import command, environment  # noqa: E402 - after the line above

BUILT = ROOT / "static" / "build"
# The web views inside chat apps on older phones are the oldest that teams bring: Chromium 78 and later.
TARGET = "es2019"
COMPRESSIBLE = {".js", ".css", ".svg", ".json", ".wasm"}
PHONE = "client/phone.tsx"
# What a phone loads before its first page stands, compressed: a weak signal brings this in a few seconds.
FIRST_LOAD_KB = 60


def esbuild(*arguments: str) -> list[str]:
    """The command line of the esbuild that npm installed."""
    return command(["node", str(ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"), *arguments])


def entries() -> list[str]:
    """The entry points that exist, relative to the project; package.json names them without their ending."""
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["waypost"]["entries"]
    return [
        entry + ending for entry in listed for ending in (".tsx", ".ts", ".css") if (ROOT / (entry + ending)).is_file()
    ]


def build() -> None:
    """Fills a new folder and puts it in the place of `static/build`, so no half-built client is ever served."""
    new = BUILT.with_name("build.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    meta = new / "meta.json"
    if found := entries():
        line = esbuild(
            *found,
            "--bundle",
            "--splitting",
            "--format=esm",
            "--minify",
            "--legal-comments=none",
            "--charset=utf8",
            "--jsx=automatic",
            "--jsx-import-source=preact",
            f"--target={TARGET}",
            "--entry-names=[name]",
            "--chunk-names=chunk-[hash]",
            "--asset-names=[name]-[hash]",
            "--loader:.wasm=file",
            "--supported:import-meta=true",  # wherever there are modules at all
            f"--metafile={meta}",
            f"--outdir={new}",
            "--log-level=warning",
        )
        subprocess.run(line, cwd=ROOT, env=environment(), check=True)
        worker = ["--bundle", "--format=iife", "--minify", f"--target={TARGET}", f"--outfile={new / 'sw.js'}"]
        line = esbuild("client/sw.ts", *worker, "--log-level=warning")
        subprocess.run(line, cwd=ROOT, env=environment(), check=True)
        outputs = json.loads(meta.read_text(encoding="utf-8"))["outputs"]
        meta.unlink()
        (new / "phone.json").write_text(json.dumps(for_a_phone(outputs)), encoding="utf-8")
    leaflet = ROOT / "node_modules" / "leaflet" / "dist"
    (new / "leaflet").mkdir()
    shutil.copy(leaflet / "leaflet.css", new / "leaflet")
    shutil.copytree(leaflet / "images", new / "leaflet" / "images")
    for path in sorted(new.rglob("*")):
        if path.suffix in COMPRESSIBLE:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    first = sum(len(gzip.compress((new / name).read_bytes(), 9)) for name in for_a_phone(outputs)["first"]) / 1024
    if first > FIRST_LOAD_KB:
        sys.exit(f"The phone's first load is {first:.1f} KB gzip, over {FIRST_LOAD_KB}: what can wait comes later.")
    shutil.rmtree(BUILT, ignore_errors=True)
    new.rename(BUILT)
    print(f"first load of the phone: {first:.1f} KB gzip")
    for entry in found:
        name = Path(entry).name if entry.endswith(".css") else Path(entry).with_suffix(".js").name
        print(f"{name}: {(BUILT / (name + '.gz')).stat().st_size / 1024:.1f} KB gzip")


def for_a_phone(outputs: dict[str, Any]) -> dict[str, list[str]]:
    """What the phone's page needs, by esbuild's list of its outputs: `first` at once, `later` when it is asked for."""
    start = next(name for name, output in outputs.items() if output.get("entryPoint") == PHONE)
    first, every = _reached(outputs, start, {"import-statement"}), _reached(outputs, start, None)
    if style := outputs[start].get("cssBundle"):
        first.add(style)
    return {
        "first": sorted(Path(name).name for name in first),
        "later": sorted(Path(name).name for name in every - first),
    }


def _reached(outputs: dict[str, Any], start: str, kinds: set[str] | None) -> set[str]:
    """The outputs reached from `start` by imports of these kinds, or by any."""
    reached, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in outputs:
            continue
        reached.add(name)
        waiting += [each["path"] for each in outputs[name]["imports"] if kinds is None or each["kind"] in kinds]
    return reached


def test(source: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Bundles one test file into `folder` and runs it with Node's own test runner; the result holds its output."""
    bundle = folder / f"{source.stem}.mjs"
    line = esbuild(
        str(source),
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--jsx=automatic",
        "--jsx-import-source=preact",
        "--sourcemap=inline",
        "--loader:.wasm=empty",
        f"--outfile={bundle}",
        "--log-level=warning",
    )
    subprocess.run(line, cwd=ROOT, env=environment(), check=True)
    run = command(["node", "--enable-source-maps", "--test", "--test-force-exit", "--test-reporter=spec", str(bundle)])
    return subprocess.run(run, cwd=ROOT, env=environment(), check=False, capture_output=True, text=True)


if __name__ == "__main__":
    if sys.argv[1:] != ["build"]:
        sys.exit("usage: python tools/client.py build")
    try:
        build()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)  # esbuild has said why
