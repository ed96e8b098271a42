"""The file of the casebook: how it is found, made, checked, migrated and opened, and what may be wrong with it.

A file is looked at read-only first, so that one which is no casebook, newer or damaged is left byte for byte as it was.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import platformdirs

from communique.casebook.columns import first_row
from communique.casebook.migrations import Migration, Standing, migrate, shipped_migrations, standing_of
from communique.errors import CasebookError, UsageError
from communique.scale.program import program

VARIABLE = "COMMUNIQUE_CASEBOOK"
FILE_NAME = "casebook.duckdb"
# No statement may read or write a file, load code, or take a Python variable for a table.
SAFE_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
_LOCKED = re.compile("Could not set lock|Conflicting lock")
_OPEN_HERE = re.compile("different configuration")
# Bytes of the three headers that DuckDB writes before the first block.
_HEADERS = 3 * 4096


def default_path() -> Path:
    """Give the casebook's place: what COMMUNIQUE_CASEBOOK names, else a file in the user's data folder.

    Raises UsageError where it names the folder of a user that there is not.
    """
    named = os.environ.get(VARIABLE)
    if named:
        try:
            return Path(named).expanduser()
        except RuntimeError as error:
            raise UsageError(f"{VARIABLE}={named}: there is no such user's folder; write the whole path") from error
    return Path(platformdirs.user_data_dir("communique", appauthor=False)) / FILE_NAME


def now() -> datetime:
    """Give the time in UTC, without its zone, as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


class OlderCasebook(CasebookError):
    """A casebook of an older communique, that has to be migrated before it can be used; `reached` is its last step."""

    def __init__(self, path: Path, standing: Standing):
        self.reached = standing.number
        super().__init__(
            f"{path}: was written by {standing.program} and has to be migrated; `communique casebook --migrate` does it,"
            " and keeps a backup"
        )


def check_place(path: Path, *, read_only: bool) -> None:
    """Find the casebook at `path`, made where it is missing, and look at it without changing a byte of it.

    Raises CasebookError, with the file as it was: a folder, junk, no casebook, damaged, newer, not writable; OlderCasebook
    for one to be migrated. A file that is open elsewhere at this moment is not looked at.
    """
    with translated(path):
        if path.is_dir():
            raise CasebookError(f"{path}: is a folder; name a file for the casebook")
        if not path.exists():
            if read_only:
                raise CasebookError(f"{path}: there is no casebook; `communique add` makes one")
            _make(path, shipped_migrations())
        elif not path.is_file():
            # A pipe would be waited for without end.
            raise CasebookError(f"{path}: is a pipe or a device; name a file for the casebook")
        older = None
        try:
            _connected(path, read_only=True, path=path).close()
        except OlderCasebook as error:
            older = error
        except duckdb.Error as error:
            if not is_held_elsewhere(error):
                raise
        if not read_only:
            _check_writable(path)
        if older is not None:
            raise older


def connect(real: Path, path: Path, *, writing: bool) -> duckdb.DuckDBPyConnection:
    """Open the file of a casebook, called `path` in messages; its door calls this, with the file reserved.

    For writing one that is older is migrated, after a backup `FILE.before-<n+1>.bak` of a casebook that stands at
    step n, named by the first step applied to it. Raises CasebookError, OlderCasebook, or what DuckDB raises.
    """
    if not real.is_file():
        # DuckDB would make an empty file.
        raise CasebookError(f"{path}: there is no casebook any more; put it back, or open it again to make one")
    try:
        connection = _connected(real, read_only=not writing, path=path)
    except OlderCasebook as older:
        if not writing:
            raise
        _back_up(real, older.reached + 1)
        connection = _connected(real, read_only=False, path=path, migrating=True)
    return connection


def _connected(real: Path, *, read_only: bool, path: Path, migrating: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the file and check it; with `migrating` bring it up to date."""
    steps = shipped_migrations()
    connection = _plain(real, read_only=read_only, locked=not migrating)
    try:
        standing = _standing(connection, real, path)
        if standing.number > steps[-1].number:
            raise CasebookError(
                f"{path}: was written by {standing.program}, which is newer than this; upgrade communique:"
                f" pip install --upgrade communique"
            )
        if standing.number < steps[-1].number:
            if not migrating:
                raise OlderCasebook(path, standing)
            migrate(connection, steps, standing.number, program(), now())
            connection.execute("SET lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection


def _plain(path: Path, *, read_only: bool, locked: bool) -> duckdb.DuckDBPyConnection:
    # A whole path, for DuckDB takes `:memory:` and `md:name` for no files.
    configuration = {**SAFE_CONFIGURATION, "lock_configuration": locked}
    return duckdb.connect(os.path.abspath(path), read_only=read_only, config=configuration)


def _make(path: Path, steps: tuple[Migration, ...]) -> None:
    """Make an empty casebook beside its place and link it there whole, or not at all."""
    if path.parent == default_path().parent:
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.is_dir():
        raise CasebookError(f"{path}: there is no folder {path.parent}; make it, or name another place")
    # Where a link leads nowhere yet, the file that it names is made.
    path = Path(os.path.realpath(path))
    growing = path.parent / f".{path.name}.{secrets.token_hex(8)}.part"
    try:
        connection = _plain(growing, read_only=False, locked=False)
        try:
            migrate(connection, steps, 0, program(), now())
            # Closing does it too, but keeps silent where the disk is full; the log is not linked.
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        _put(growing, path)
    finally:
        for left in (growing, growing.with_name(growing.name + ".wal")):
            left.unlink(missing_ok=True)


def _put(growing: Path, path: Path) -> None:
    """Give a new file its name, but not over one that another process made meanwhile."""
    try:
        os.link(growing, path)
    except FileExistsError:
        return
    except OSError:
        # A disk without hard links.
        if not path.exists():
            os.replace(growing, path)


def _standing(connection: duckdb.DuckDBPyConnection, real: Path, path: Path) -> Standing:
    """Tell how far the file was brought, and whether it is whole.

    The file is never opened but by DuckDB: closing a handle of our own would drop the lock that this
    process may hold on it.
    """
    size = first_row(connection, "SELECT block_size * used_blocks FROM pragma_database_size()")
    if size is None or real.stat().st_size < size[0] + _HEADERS:
        raise _damaged(path, "it is shorter than it was written")
    standing = standing_of(connection)
    if standing is None:
        raise CasebookError(f"{path}: is a DuckDB file, but no casebook; name another file")
    return standing


def _check_writable(path: Path) -> None:
    effective = os.access in os.supports_effective_ids
    for place, kind in ((path, "the file"), (path.parent, "its folder")):
        if not os.access(place, os.W_OK, effective_ids=effective):
            raise CasebookError(
                f"{path}: {kind} may not be written to; change its permissions, or work on a copy of the casebook"
            )


def _back_up(path: Path, before: int) -> None:
    """Copy the file, and what its log holds beyond it, before the step `before` is applied."""
    for suffix in (".wal", ""):
        original = path.with_name(path.name + suffix)
        if original.exists():
            shutil.copy2(original, path.with_name(f"{path.name}.before-{before}.bak{suffix}"))


def _damaged(path: Path, what: str) -> CasebookError:
    return CasebookError(
        f"{path}: is damaged ({what}); put a backup in its place, or make a new casebook and add the reports again"
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what DuckDB and the disk raise into CasebookError, with the mend; UsageError for a value it cannot take."""
    try:
        yield
    except duckdb.Error as error:
        raise _meaning(path, error) from error
    except OSError as error:
        raise CasebookError(
            f"{path}: {error.strerror or error}; free the disk, change the permissions or name another place"
        ) from error


def is_held_elsewhere(error: duckdb.Error) -> bool:
    """Tell whether an error of DuckDB says that the file is open: in another process, or in this one by another way."""
    words = str(error)
    return bool(_LOCKED.search(words) or _OPEN_HERE.search(words))


def _meaning(path: Path, error: duckdb.Error) -> CasebookError | UsageError:
    words = " ".join(str(error).split())
    if re.search("surrogate|Type INT128 with value", words):
        return UsageError(
            f"a value that was given cannot be looked for ({words}); give Unicode text, or a smaller number"
        )
    if _LOCKED.search(words):
        holder = re.search(r"\(PID (\d+)\)", words)
        named = f"process {holder[1]}" if holder else "another process"
        return CasebookError(f"{path}: is in use by {named}; wait until it is done, or end it")
    # For a file of SQLite DuckDB wants to load an extension, which it may not.
    # And a table of rows (CSV, JSON, Parquet) it takes for a database in memory.
    if re.search("not a valid DuckDB database|external extensions is disabled|existing extension|in-memory", words):
        return CasebookError(f"{path}: is empty or no DuckDB file, so no casebook; name another file, or delete it")
    if re.search("database does not exist|levels of symbolic links", words):
        return CasebookError(f"{path}: is a link that leads to no file; delete it, or name another place")
    if _OPEN_HERE.search(words):
        return CasebookError(f"{path}: is open in this process by another way; close it there, and drop its results")
    if isinstance(error, duckdb.TransactionException) and "onflict" in words:
        return CasebookError(f"{path}: two writers changed the same rows at once; do it again")
    if re.search(r"can only read version|newer version|storage version", words):
        return CasebookError(f"{path}: was written by a newer DuckDB; upgrade: pip install --upgrade communique duckdb")
    if re.search(r"not enough space|No space left|File too large|Out of Memory|out of memory", words):
        return CasebookError(f"{path}: no room is left on the disk or in memory ({words}); free some and do it again")
    if re.search(r"Permission denied|Read-only|read-only", words):
        return CasebookError(f"{path}: may not be written to ({words}); change its permissions, or work on a copy")
    broken = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalError, duckdb.FatalException)
    if isinstance(error, broken) or re.search("[Cc]orrupt|checksum", words):
        return _damaged(path, words)
    return CasebookError(f"{path}: DuckDB could not do it ({words}); if it happens again, please report it")


def quiet_rollback(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo a transaction that failed; where DuckDB has done so itself there is nothing left to undo."""
    with suppress(duckdb.Error):
        connection.execute("ROLLBACK")
