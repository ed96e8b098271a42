"""What others wrote and we ship is what they published: by its hash, with its licence, and nothing besides."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "src/communique/desk/static/vendor", ROOT / "tests/browser/vendor")
LIBRARIES = [
    (folder, library)
    for folder in FOLDERS
    for library in tomllib.loads((folder / "vendored.toml").read_text("utf-8"))["library"]
]


@pytest.mark.parametrize(("folder", "library"), LIBRARIES, ids=[library["name"] for _, library in LIBRARIES])
def test_a_library_is_as_published(folder: Path, library: dict[str, str]) -> None:
    assert hashlib.sha256((folder / library["file"]).read_bytes()).hexdigest() == library["sha256"]
    assert (folder / f"{library['name']}.LICENSE").stat().st_size > 0
    assert set(library) == {"name", "version", "licence", "file", "sha256"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["desk", "tests"])
def test_nothing_else_lies_there(folder: Path) -> None:
    named = {library["file"] for of, library in LIBRARIES if of == folder}
    allowed = {"vendored.toml", *named}
    others = {each.name for each in folder.iterdir()} - allowed
    names = {library["name"] for of, library in LIBRARIES if of == folder}
    assert {name for name in others if name.rpartition(".")[0] not in names} == set()


def test_the_desk_ships_no_file_that_loads_from_elsewhere() -> None:
    pages = [*(ROOT / "src/communique/desk/templates").glob("*.html"), *FOLDERS[0].parent.glob("*.css")]
    assert pages
    for page in pages:
        words = page.read_text("utf-8")
        for begin in ('src="http', 'src="//', "url(http", "@import", 'rel="stylesheet" href="http'):
            assert begin not in words, page.name
