"""The folder of a run that may be stopped: one shard a block, each there whole or not at all, and a manifest.

A shard holds the outcomes of one block as JSON lines. It grows under another name and is renamed when it is
on disk, so a run that is killed leaves only whole shards; the same run started again writes the others. The
manifest says what the shards were made of: another input, program or option is refused, never mixed in.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from communique.errors import UnreadableInput, UsageError
from communique.records import DateBasis, DatePrecision, DroppedReport, Event, Reading, Status
from communique.scale.chunks import Outcome

MANIFEST = "manifest.json"
_LOCK = "lock"
_GROWING = ".part"
_MEND = "add --restart to read everything anew, or name another output with -o"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the shards of a folder were made of; two runs share shards only where all of it is the same."""

    program: str
    input_sha256: str
    blocks: int
    options: dict[str, str | None]

    def differences(self, other: Manifest) -> list[str]:
        """Name what is not the same in another manifest, in words for the user."""
        found = []
        if self.program != other.program:
            found.append(f"the program ({self.program}, now {other.program})")
        if (self.input_sha256, self.blocks) != (other.input_sha256, other.blocks):
            found.append("the input (its files or what is in them)")
        names = [
            name for name in {**self.options, **other.options} if self.options.get(name) != other.options.get(name)
        ]
        found.extend(
            f"the option {name} ({self.options.get(name)!r}, now {other.options.get(name)!r})" for name in names
        )
        return found


def shard_folder(output: Path) -> Path:
    """Give the folder of the shards for an output: beside it, hidden, so that no folder of reports shows it."""
    target = Path(os.path.realpath(output))
    return target.with_name(f".{target.name}.shards")


class Shards:
    """The shards of one run in their folder."""

    def __init__(self, folder: Path, blocks: int) -> None:
        self.folder = folder
        self.blocks = blocks

    def missing(self) -> list[int]:
        """Give the numbers of the blocks that have no shard yet, in order."""
        there = {name for name in os.listdir(self.folder) if name.endswith(".jsonl")}
        return [number for number in range(self.blocks) if shard_name(number) not in there]

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcomes of all blocks in the order of the input.

        Raises UnreadableInput where a shard holds what no run of ours has written.
        """
        for number in range(self.blocks):
            path = self.folder / shard_name(number)
            with open(path, encoding="utf-8", newline="\n") as lines:
                for line in lines:
                    try:
                        outcome = outcome_from(json.loads(line))
                    except (ValueError, LookupError, TypeError) as error:
                        raise UnreadableInput(f"{path}: the shard is broken ({error}); {_MEND}") from error
                    yield outcome

    def remove(self) -> None:
        """Take the folder away, once the output is written."""
        shutil.rmtree(self.folder, ignore_errors=True)


def shard_name(number: int) -> str:
    """Give the file name of the shard of one block."""
    return f"{number:08d}.jsonl"


class Step(NamedTuple):
    """What one more shard has brought: how many outcomes, of reports read or dropped, and how many events."""

    outcomes: int
    events: int


def write_shard(folder: str | os.PathLike[str], number: int, outcomes: Iterable[Outcome]) -> Step:
    """Write the shard of one block, whole or not at all, and say what is in it."""
    path = Path(folder, shard_name(number))
    written = events = 0
    with _whole(path) as file:
        for outcome in outcomes:
            file.write(json.dumps(row_of(outcome), ensure_ascii=True) + "\n")
            written += 1
            events += len(outcome.events) if isinstance(outcome, Reading) else 0
    return Step(written, events)


@contextmanager
def open_shards(folder: Path, manifest: Manifest, *, restart: bool = False) -> Iterator[Shards]:
    """Open the folder of a run for one process: as it was left, or new; `restart` throws away what is in it.

    Raises UsageError where its shards were made of something else, where another process is at work in
    it, and where it cannot be written.
    """
    with ExitStack() as opened:
        try:
            folder.mkdir(exist_ok=True)
            lock = opened.enter_context(open(folder / _LOCK, "a", encoding="utf-8"))
        except OSError as error:
            raise UsageError(
                f"{folder}: cannot be written: {error.strerror}; name an output in a folder that is there and that"
                f" you may write to"
            ) from error
        _take(lock, folder)
        for path in folder.iterdir():
            if path.name.endswith(_GROWING) or (restart and path.name != _LOCK):
                path.unlink()
        _check(folder / MANIFEST, manifest)
        try:
            yield Shards(folder, manifest.blocks)
        finally:
            if not list(folder.glob("*.jsonl")):
                # Nothing is done that the next run could use.
                shutil.rmtree(folder, ignore_errors=True)


def _take(lock: Any, folder: Path) -> None:
    """Hold the lock until the file is closed; a process that is killed lets go of it by itself."""
    try:
        import fcntl
    except ImportError:
        # Windows has none, and there the rename alone keeps shards whole.
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(
            f"{folder}: another run is writing this output; wait for it, or name another with -o"
        ) from error
    except OSError:
        # A file system that knows no locks.
        return


def _check(path: Path, manifest: Manifest) -> None:
    """Write the manifest where there are no shards yet, and refuse one that tells of something else."""
    shards = list(path.parent.glob("*.jsonl"))
    if not shards or not path.exists():
        # Shards without it are left from a restart that was stopped: nobody knows what they were made of.
        for shard in shards:
            shard.unlink()
        with _whole(path) as file:
            json.dump(asdict(manifest), file, indent=1)
        return
    try:
        there = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        differences = there.differences(manifest)
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: is no manifest of ours ({error}); {_MEND}") from error
    if differences:
        raise UsageError(
            f"{path.parent}: the run that was stopped had another state of {' and of '.join(differences)}; {_MEND}"
        )


@contextmanager
def _whole(path: Path) -> Iterator[Any]:
    """Open a text file that takes its place when the block ends well, and is gone when it does not."""
    growing = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_GROWING}")
    try:
        with open(growing, "x", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(growing, path)
    except BaseException:
        with suppress(OSError):
            growing.unlink()
        raise


def row_of(outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as plain values, which JSON holds; outcome_from takes them back."""
    if isinstance(outcome, DroppedReport):
        return {"dropped": asdict(outcome)}
    events = [event.as_row() for event in outcome.events]
    return {"id": outcome.report_id, "english": outcome.english, "events": events}


def outcome_from(row: dict[str, Any]) -> Outcome:
    """Give the outcome that row_of wrote."""
    if "dropped" in row:
        return DroppedReport(**row["dropped"])
    return Reading(row["id"], tuple(event_from(event) for event in row["events"]), row["english"])


def event_from(row: dict[str, Any]) -> Event:
    """Give the event that Event.as_row wrote."""
    precision, basis = row["date_precision"], row["date_basis"]
    return Event(
        **{
            **row,
            "source": tuple(row["source"]),
            "target": tuple(row["target"]),
            "context": tuple(row["context"]),
            "anchors": tuple((sentence, start, end) for sentence, start, end in row["anchors"]),
            "status": Status(row["status"]),
            "date_precision": None if precision is None else DatePrecision(precision),
            "date_basis": None if basis is None else DateBasis(basis),
        }
    )
