"""Reading that can be stopped and goes on: every block of the input becomes a shard, by whichever engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from communique.errors import UsageError, WorkerLost
from communique.reports import Block, Columns, cut_input, read_block
from communique.scale.chunks import Manner, Outcome, ReadFully, read_chunks
from communique.scale.cluster import check_installed, on_ray
from communique.scale.local import check_workers, in_order
from communique.scale.program import program
from communique.scale.shards import Manifest, Shards, Step, open_shards, shard_folder, write_shard


class Engine(StrEnum):
    """Where reports are read."""

    local = "local"
    ray = "ray"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read where to, and by whom; `workers` None is one, or all CPUs of a Ray cluster."""

    paths: Sequence[str]
    output: Path
    columns: Columns
    published: date | None = None
    engine: Engine = Engine.local
    workers: int | None = None
    address: str | None = None
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how it goes: of `begin` shards there and wanted, and of each `step`."""

    begin: Callable[[int, int], None] = lambda there, wanted: None
    step: Callable[[Step], None] = lambda step: None


@contextmanager
def resumable(read: ReadFully, request: Request, watch: Watch) -> Iterator[Iterator[Outcome]]:
    """Read what is missing of a request and give all outcomes in input order, from its shards.

    The shards go when the block ends well, for then the output is written; else they stay for the next run.

    Raises MissingInput, UsageError for a request that cannot be or shards of something else, and WorkerLost.
    """
    if request.workers is not None:
        check_workers(request.workers)
    if os.path.exists(request.output) and not os.path.isfile(request.output):
        raise UsageError(
            f"{request.output}: is no file, so there is no place for shards beside it; name a file with -o"
        )
    if request.engine is Engine.ray:
        check_installed()
    found = cut_input(request.paths, columns=request.columns, leave_out=request.output)
    day = None if request.published is None else request.published.isoformat()
    options = {"--published": day} | {f"--{part}-column": name for part, name in asdict(request.columns).items()}
    manifest = Manifest(program(), found.sha256, len(found.blocks), options)
    folder = shard_folder(request.output)
    with open_shards(folder, manifest, restart=request.restart) as shards:
        missing = [found.blocks[number] for number in shards.missing()]
        watch.begin(len(found.blocks) - len(missing), len(found.blocks))
        task = Task(Manner(read), str(folder), request.published, request.columns)
        with closing(_run(task, missing, request)) as steps:
            for step in steps:
                watch.step(step)
        _check_whole(shards)
        yield shards.outcomes()
        shards.remove()


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all blocks of a run; sent to each worker once."""

    manner: Manner
    folder: str
    published: date | None
    columns: Columns


def write_block(task: Task, block: Block) -> Step:
    """Read one block and write its shard."""
    items = read_block(block, published=task.published, columns=task.columns)
    return write_shard(task.folder, block.number, read_chunks(task.manner, items))


def _run(task: Task, blocks: list[Block], request: Request) -> Generator[Step, None, None]:
    call = partial(write_block, task)
    if not blocks:
        return
    if request.engine is Engine.ray:
        yield from on_ray(call, blocks, workers=request.workers, address=request.address)
    elif request.workers is None or request.workers == 1:
        yield from map(call, blocks)
    else:
        yield from in_order(call, blocks, request.workers)


def _check_whole(shards: Shards) -> None:
    missing = shards.missing()
    if missing:
        raise WorkerLost(
            f"{shards.folder}: {len(missing)} of {shards.blocks} shards were not written, though no worker told why;"
            f" is the folder on a disk that all workers share? Run the same command again to go on"
        )
