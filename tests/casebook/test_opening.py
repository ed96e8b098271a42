"""What may be wrong with the file: each is told with its mend, and leaves the file byte for byte as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from communique.casebook import Casebook, EventFilter, default_path
from communique.errors import CasebookError, UsageError
from tests.casebook.made import files_in, reading


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everywhere; for these tests it becomes nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def fill(path: Path) -> Path:
    with Casebook.open(path) as casebook:
        casebook.add([reading("paper-1"), reading("paper-2")])
    return path


def foreign_database(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE prices (day DATE, price DOUBLE)")


def half(path: Path) -> None:
    whole = fill(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def tail_gone(path: Path) -> None:
    whole = fill(path).read_bytes()
    path.write_bytes(whole[:-4096])


def head_spoilt(path: Path) -> None:
    whole = fill(path).read_bytes()
    path.write_bytes(whole[:4096] + bytes(8192) + whole[12288:])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.write_bytes(b""), "is empty or no DuckDB file"),
        (lambda path: path.write_bytes(b"report_id,text\n" * 2_000), "no DuckDB file"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(20_000)), "no DuckDB file"),
        (lambda path: path.write_bytes(b'{"id": 1}\n'), "no DuckDB file"),
        (foreign_database, "is a DuckDB file, but no casebook; name another file"),
        (half, "is damaged .*put a backup in its place"),
        (tail_gone, "is damaged .*put a backup in its place"),
        (head_spoilt, "is damaged|no casebook"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_sound_casebook_is_told_and_left_alone(
    place: Path, spoil: object, says: str, read_only: bool
) -> None:
    spoil(place)  # type: ignore[operator]
    before = place.read_bytes()
    with pytest.raises(CasebookError, match=says) as caught:
        Casebook.open(place, read_only=read_only)
    assert str(place) in str(caught.value)
    assert place.read_bytes() == before
    assert files_in(place.parent) == [place.name]


def test_a_folder_is_no_casebook(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="is a folder; name a file"):
        Casebook.open(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match=r"there is no folder .*gone; make it"):
        Casebook.open(tmp_path / "gone" / "casebook.duckdb")


def test_reading_makes_no_casebook(place: Path) -> None:
    with pytest.raises(CasebookError, match="there is no casebook; `communique add` makes one"):
        Casebook.open(place, read_only=True)
    assert not place.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "says"), [(0o444, 0o777, "the file"), (0o666, 0o555, "its folder")]
)
def test_what_may_not_be_written_may_still_be_read(tmp_path: Path, file_mode: int, folder_mode: int, says: str) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    inner = tmp_path / "inner"
    inner.mkdir()
    place = fill(inner / "casebook.duckdb")
    place.chmod(file_mode)
    inner.chmod(folder_mode)
    before = place.read_bytes()
    try:
        with without_rights():
            with pytest.raises(CasebookError, match=f"{says} may not be written to; change its permissions"):
                Casebook.open(place)
            with Casebook.open(place, read_only=True) as casebook:
                assert casebook.contents().reports == 2
    finally:
        inner.chmod(0o755)
    assert place.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_folder_that_takes_no_new_file(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    inner = tmp_path / "inner"
    inner.mkdir()
    inner.chmod(0o555)
    with without_rights(), pytest.raises(CasebookError, match=r"Permission denied|may not be written"):
        Casebook.open(inner / "casebook.duckdb")
    inner.chmod(0o755)
    assert list(inner.iterdir()) == []


def test_the_place_is_named_by_the_variable_or_lies_in_the_users_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_CASEBOOK", str(tmp_path / "mine.duckdb"))
    assert default_path() == tmp_path / "mine.duckdb"
    monkeypatch.delenv("COMMUNIQUE_CASEBOOK")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_path().name == "casebook.duckdb"
    assert default_path().parent.name == "communique"


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder is moved by XDG_DATA_HOME")
def test_the_users_data_folder_is_made_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMUNIQUE_CASEBOOK", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Casebook.open() as casebook:
        assert casebook.path == tmp_path / "data" / "communique" / "casebook.duckdb"
    assert files_in(casebook.path.parent) == ["casebook.duckdb"]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "rows.parquet"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_table_of_rows_is_no_casebook(tmp_path: Path, name: str, read_only: bool) -> None:
    place = tmp_path / name
    place.write_bytes(b'{"id": 1, "text": "Envoys met."}\n')
    with pytest.raises(CasebookError, match="so no casebook; name another file"):
        Casebook.open(place, read_only=read_only)
    assert place.read_bytes() == b'{"id": 1, "text": "Envoys met."}\n'


@pytest.mark.parametrize("name", [":memory:", "md:wires", "wires.json", "les \u00e9v\u00e9nements.duckdb"])
def test_any_name_is_a_name_of_a_file(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fill(Path(name))
    with Casebook.open(name, read_only=True) as casebook:
        assert casebook.contents().reports == 2
    assert (tmp_path / name).is_file()


def test_a_link_that_leads_nowhere_yet_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(tmp_path / "real.duckdb")
    fill(link)
    assert link.is_symlink()
    assert (tmp_path / "real.duckdb").is_file()


def test_links_in_a_circle(tmp_path: Path) -> None:
    one, two = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(CasebookError, match="name another place"):
        Casebook.open(one)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CasebookError, match="is a pipe or a device; name a file"):
        Casebook.open(tmp_path / "pipe", read_only=True)


def test_the_variable_may_name_no_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_CASEBOOK", "~no-such-user-here/casebook.duckdb")
    with pytest.raises(UsageError, match="write the whole path"):
        default_path()


def test_a_disk_that_is_full_while_a_casebook_is_made_leaves_none(tmp_path: Path) -> None:
    """Else what is left would be taken for a foreign database ever after."""
    command = "import sys; from communique.casebook import Casebook; Casebook.open(sys.argv[1])"
    limited = ["bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "-", sys.executable, "-c", command]
    done = subprocess.run([*limited, str(tmp_path / "c.duckdb")], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "no room is left" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_no_table_holds_is_no_fault_of_the_casebook(place: Path) -> None:
    with Casebook.open(fill(place), read_only=True) as casebook:
        with pytest.raises(UsageError, match="a value that was given"):
            casebook.events(EventFilter(text="\udcff"))
        with pytest.raises(UsageError, match=r"limit 1[0]*, offset 0: give numbers from 0"):
            casebook.events(EventFilter(limit=10**20))
