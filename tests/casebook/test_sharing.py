"""One casebook, many processes and threads: nobody is locked out, nothing is lost, and nobody sees half a change."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from communique.casebook import Casebook, EventFilter, door
from communique.casebook.turnstile import Turnstile
from communique.errors import CasebookError, CommuniqueError, UsageError
from tests.casebook.made import event, files_in, reading

BATCHES, A_BATCH = 8, 5

WRITE = """
import sys
from communique.casebook import Casebook, writing
from tests.casebook.test_sharing import BATCHES, A_BATCH, one_of
writing.batches.__defaults__ = (A_BATCH,)
with Casebook.open(sys.argv[1]) as casebook:
    casebook.add(one_of(sys.argv[2], number) for number in range(BATCHES * A_BATCH))
"""
READ = """
import sys
from communique.casebook import Casebook
from tests.casebook.test_sharing import A_BATCH
seen = 0
with Casebook.open(sys.argv[1], read_only=True) as casebook:
    while seen < int(sys.argv[2]):
        there = casebook.contents()
        assert there.reports % A_BATCH == 0, there
        assert there.events == there.tellings == there.moves == 2 * there.reports, there
        assert there.reports >= seen, (there, seen)
        seen = there.reports
print("saw it grow")
"""
HOLD = """
import sys
from communique.casebook import Casebook
how = sys.argv[2]
with Casebook.open(sys.argv[1], read_only=how == "reading") as casebook:
    if how == "lingering":
        casebook.delete(casebook.events()[0].event.event_id, "ada")
    with casebook._writing() if how == "writing" else casebook._reading() as connection:
        if how == "writing":
            connection.execute("DELETE FROM reports")
        if how != "lingering":
            print("inside", flush=True)
            sys.stdin.read()
    if how == "lingering":
        print("inside", flush=True)
        sys.stdin.read()
"""


def one_of(writer: str, number: int) -> object:
    name = f"{writer}-{number}"
    return reading(name, event(f"{name}-a", name), event(f"{name}-b", name))


def run(program: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def held_elsewhere(place: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that is inside the casebook until the end of the block."""
    with run(HOLD, place, how) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n", process.stderr and process.stderr.read()
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def filled(place: Path) -> Path:
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1"), reading("paper-2")])
    return place


def test_two_writers_and_three_readers_at_once(place: Path) -> None:
    Casebook.open(place).close()
    whole = 2 * BATCHES * A_BATCH
    running = [run(WRITE, place, name) for name in ("north", "south")] + [run(READ, place, whole) for _ in range(3)]
    for process in running:
        told, wrong = process.communicate(timeout=120)
        assert (process.returncode, wrong) == (0, ""), told
    with Casebook.open(place, read_only=True) as casebook:
        assert casebook.contents().reports == whole
        assert len(casebook.events()) == 2 * whole


@pytest.mark.parametrize("how", ["reading", "writing"])
def test_patience_runs_out_with_the_name_of_the_process(filled: Path, how: str) -> None:
    with held_elsewhere(filled, how) as holder:
        says = f"is in use by process {holder.pid}; wait until it is done" if sys.platform == "linux" else "is in use"
        with pytest.raises(CasebookError, match=says), Casebook.open(filled, patience=0.2) as casebook:
            casebook.delete("paper-1:a", "ada")
    with Casebook.open(filled) as casebook:
        assert casebook.contents().reports == 2


def test_readers_of_two_processes_are_inside_at_once(filled: Path) -> None:
    with held_elsewhere(filled, "reading"), Casebook.open(filled, read_only=True, patience=0) as casebook:
        assert casebook.contents().reports == 2


def test_who_only_lingers_gives_way(filled: Path) -> None:
    """The other process has changed the casebook, is still running, and has it open."""
    with held_elsewhere(filled, "lingering"), Casebook.open(filled, patience=5) as casebook:
        assert len(casebook.events()) == 1
        casebook.add([reading("paper-3")])
        assert casebook.contents().reports == 3


def test_a_writer_that_waits_is_not_passed_by_new_readers(filled: Path) -> None:
    with held_elsewhere(filled, "reading"):
        waiting = run(WRITE, filled, "north")
        try:
            until = time.monotonic() + 30
            while not Turnstile(filled).somebody_waits() and time.monotonic() < until:
                time.sleep(0.05)
            with (
                pytest.raises(CasebookError, match="is in use"),
                Casebook.open(filled, read_only=True, patience=0.3) as casebook,
            ):
                casebook.contents()
        finally:
            waiting.kill()
            waiting.communicate()


@pytest.mark.parametrize("how", ["reading", "writing"])
def test_a_holder_that_is_killed_frees_the_casebook(filled: Path, how: str) -> None:
    with held_elsewhere(filled, how) as holder:
        holder.kill()
        holder.wait()
        with Casebook.open(filled, patience=5) as casebook:
            casebook.add([reading("paper-3")])
            assert (casebook.contents().reports, len(casebook.events())) == (3, 3)


def test_a_stream_holds_nobody_up(filled: Path) -> None:
    with Casebook.open(filled) as casebook:
        stream = casebook.stream()
        first = next(stream)
        writer = run(WRITE, filled, "north")
        assert writer.communicate(timeout=60)[1] == ""
        for kept in [first, *stream]:
            casebook.correct(kept.event.event_id, "condition", "if it rains", "ada")
        assert casebook.count() == 2 + 2 * BATCHES * A_BATCH
        assert casebook.count(EventFilter(corrected=True)) == 2


def test_a_long_stream_is_of_one_moment(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.casebook.unpacking.ROWS_AT_ONCE", 1)
    with Casebook.open(filled) as casebook:
        ids = [kept.event.event_id for kept in casebook.events()]
        stream = casebook.stream()
        seen = [next(stream).event.event_id]
        casebook.delete(ids[1], "ada")
        assert [*seen, *(kept.event.event_id for kept in stream)] == ids
        assert casebook.count() == 1


def test_two_casebooks_of_one_file_in_one_process(filled: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(filled)
    with Casebook.open(filled) as one, Casebook.open(link) as other, Casebook.open(filled, read_only=True) as reader:
        one.add([reading("paper-3")])
        other.add([reading("paper-4")])
        assert reader.contents() == one.contents() == other.contents()
        assert reader.contents().reports == 4
        with pytest.raises(CasebookError, match="reading only"):
            reader.delete("paper-1:a", "ada")
        one.close()
        assert other.contents().reports == 4


def test_threads_read_and_write_at_once(filled: Path) -> None:
    faults: list[BaseException] = []
    done = threading.Event()

    def write(name: str) -> None:
        for number in range(10):
            casebook.add([one_of(name, number)])  # type: ignore[list-item]

    def read() -> None:
        while not done.is_set():
            there = casebook.contents()
            assert there.events == there.tellings == there.moves

    def told(work: object, *words: str) -> None:
        try:
            work(*words)  # type: ignore[operator]
        except (AssertionError, CommuniqueError) as fault:
            faults.append(fault)

    with Casebook.open(filled) as casebook:
        writers = [threading.Thread(target=told, args=(write, name)) for name in ("north", "south")]
        readers = [threading.Thread(target=told, args=(read,)) for _ in range(3)]
        for thread in [*writers, *readers]:
            thread.start()
        for thread in writers:
            thread.join(60)
        done.set()
        for thread in readers:
            thread.join(60)
        assert faults == []
        assert casebook.contents().reports == 22


def test_a_writer_that_came_while_somebody_read_gets_in_when_the_reader_leaves(filled: Path) -> None:
    inside, may_leave, written = threading.Event(), threading.Event(), threading.Event()
    with Casebook.open(filled, patience=20) as casebook:

        def read() -> None:
            with casebook._reading():
                inside.set()
                may_leave.wait(20)

        def write() -> None:
            casebook.add([reading("paper-3")])
            written.set()

        reader, writer = threading.Thread(target=read), threading.Thread(target=write, daemon=True)
        reader.start()
        assert inside.wait(20)
        writer.start()
        until = time.monotonic() + 20
        while not casebook._door._upgrading and time.monotonic() < until:
            time.sleep(0.01)
        may_leave.set()
        reader.join()
        assert written.wait(20)
        assert casebook.contents().reports == 3


def test_a_thread_never_waits_for_itself(filled: Path) -> None:
    with Casebook.open(filled, patience=5) as casebook:
        with casebook._writing():
            assert casebook.contents().reports == 2
            with pytest.raises(CasebookError, match="by this very thread"):
                casebook.delete("paper-1:a", "ada")
        casebook.close()
    with Casebook.open(filled, patience=5) as casebook:
        with casebook._reading():
            assert casebook.contents().reports == 2
            with pytest.raises(CasebookError, match="this thread still reads in it"):
                casebook.delete("paper-1:a", "ada")
        casebook.delete("paper-1:a", "ada")
        assert casebook.count() == 1


def test_a_thread_that_writes_is_waited_for_and_told(filled: Path) -> None:
    inside, end = threading.Event(), threading.Event()

    def hold() -> None:
        with casebook._writing():
            inside.set()
            end.wait(30)

    with Casebook.open(filled, patience=0.1) as casebook:
        holder = threading.Thread(target=hold)
        holder.start()
        inside.wait(30)
        assert casebook.contents().reports == 2
        with pytest.raises(CasebookError, match="in use by another thread of this process"):
            casebook.delete("paper-1:a", "ada")
        end.set()
        holder.join(30)
        casebook.delete("paper-1:a", "ada")


def test_the_file_is_closed_when_nobody_has_used_it_for_a_while(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_LINGER", 0.1)
    with Casebook.open(filled) as casebook:
        assert casebook._door.is_open
        until = time.monotonic() + 10
        while casebook._door.is_open and time.monotonic() < until:
            time.sleep(0.02)
        assert not casebook._door.is_open
        assert casebook.contents().reports == 2


def test_a_program_that_does_not_queue_is_waited_for(filled: Path) -> None:
    """The shell of DuckDB, say, or an older communique."""
    program = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('inside', flush=True); time.sleep(1)"
    with run(program, filled) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        with pytest.raises(CasebookError, match=f"is in use by process {process.pid}"):
            Casebook.open(filled, patience=0.1)
        with Casebook.open(filled) as casebook:
            assert casebook.contents().reports == 2


def test_another_file_put_in_its_place_is_noticed(filled: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.duckdb"
    with Casebook.open(backup) as casebook:
        casebook.add([reading("paper-9")])
    with Casebook.open(filled, read_only=True) as casebook:
        assert casebook.contents().reports == 2
        os.replace(backup, filled)
        assert casebook.contents().reports == 1
        filled.unlink()
        with pytest.raises(CasebookError, match="there is no casebook any more"):
            casebook.contents()


def test_an_error_that_is_kept_keeps_no_file_open(filled: Path) -> None:
    """A notebook keeps the last error with all that its frames held."""
    with Casebook.open(filled) as casebook, pytest.raises(UsageError) as caught:
        casebook.sql("SELECT CAST('x' AS INTEGER)")
    duckdb.connect(str(filled)).close()
    other = run("import duckdb, sys; duckdb.connect(sys.argv[1]).close()", filled)
    assert other.communicate(timeout=60)[1] == ""
    assert "SQL" in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize(("inside", "says"), [(False, "3 reports"), (True, "was forked while the casebook was in use")])
def test_a_child_that_was_forked(filled: Path, inside: bool, says: str) -> None:
    reader, writer = os.pipe()
    with Casebook.open(filled, patience=10) as casebook:
        casebook.add([reading("paper-3")])
        with casebook._reading() if inside else open(os.devnull):
            child = os.fork()
            if child == 0:
                try:
                    words = f"{casebook.contents().reports} reports"
                except CasebookError as error:
                    words = str(error)
                os.write(writer, words.encode())
                os._exit(0)
        os.close(writer)
        with open(reader, encoding="utf-8") as told:
            assert says in told.read()
        os.waitpid(child, 0)
        casebook.add([reading("paper-4")])
        assert casebook.contents().reports == 4


def test_only_lock_files_are_left_beside_it(filled: Path) -> None:
    assert files_in(filled.parent) == [filled.name]
    assert sorted(path.name for path in filled.parent.iterdir()) == [
        f".{filled.name}.lock", f".{filled.name}.turn", filled.name,
    ]  # fmt: skip
