"""Shards and their manifest, without Ray: what is kept, what is refused, what is joined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from communique.errors import UnreadableInput, UsageError
from communique.pipeline import read_all, read_resumably
from communique.records import DroppedReport, Event, Reading
from communique.reports import Columns, read_reports
from communique.scale import resume
from communique.scale.chunks import Outcome
from communique.scale.program import program
from communique.scale.resume import Request, Watch
from communique.scale.shards import (
    MANIFEST,
    Manifest,
    event_from,
    open_shards,
    outcome_from,
    row_of,
    shard_folder,
    shard_name,
    write_shard,
)
from tests.scale.inputs import make_reports, write_rows

MADE_OF = Manifest("communique 1", "abc", 3, {"--published": None})
DROPPED = DroppedReport("a:1", "junk")


def outcomes_of(folder: Path) -> list[Outcome]:
    return list(read_all(read_reports([str(folder)])))


def test_events_come_back_from_their_rows_as_they_were() -> None:
    outcomes = list(read_all(make_reports(10)))
    assert [outcome_from(json.loads(json.dumps(row_of(outcome)))) for outcome in [*outcomes, DROPPED]] == [
        *outcomes,
        DROPPED,
    ]
    events = [event for outcome in outcomes if isinstance(outcome, Reading) for event in outcome.events]
    assert events
    for event in events:
        back: Event = event_from(json.loads(json.dumps(event.as_row())))
        assert back == event
        assert type(back.status) is type(event.status)


def test_a_shard_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[Outcome]:
        yield DROPPED
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shard(tmp_path, 0, breaks_off())
    assert list(tmp_path.iterdir()) == []
    assert write_shard(tmp_path, 0, [DROPPED, Reading("r", (), True)]) == (2, 0)
    assert [path.name for path in tmp_path.iterdir()] == [shard_name(0)]


def test_finished_shards_are_kept_and_halves_of_a_killed_run_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    with open_shards(folder, MADE_OF) as shards:
        assert shards.missing() == [0, 1, 2]
        write_shard(folder, 1, [DROPPED])
    (folder / f"{shard_name(2)}.0123.part").write_text("{", encoding="utf-8")
    with open_shards(folder, MADE_OF) as shards:
        assert shards.missing() == [0, 2]
        assert not list(folder.glob("*.part"))
        write_shard(folder, 2, [DROPPED])
        write_shard(folder, 0, [Reading("r", (), True)])
        assert list(shards.outcomes()) == [Reading("r", (), True), DROPPED, DROPPED]
        shards.remove()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (replace(MADE_OF, program="communique 2"), "communique 1, now communique 2"),
        (replace(MADE_OF, input_sha256="def"), "the input"),
        (replace(MADE_OF, options={"--published": "2025-02-25"}), "--published"),
    ],
)
def test_shards_of_something_else_are_refused_with_the_mend(tmp_path: Path, now: Manifest, told: str) -> None:
    folder = tmp_path / "shards"
    with open_shards(folder, MADE_OF):
        write_shard(folder, 0, [DROPPED])
    with pytest.raises(UsageError, match=rf"{told}.*--restart"), open_shards(folder, now):
        pass
    with open_shards(folder, MADE_OF) as shards:
        assert shards.missing() == [1, 2]
    with open_shards(folder, now, restart=True) as shards:
        assert shards.missing() == [0, 1, 2]


def test_where_nothing_was_done_nothing_stays_and_nothing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    with pytest.raises(OSError, match="no cluster"), open_shards(folder, MADE_OF):
        raise OSError("no cluster")
    assert not folder.exists()


def test_shards_without_a_manifest_are_not_trusted(tmp_path: Path) -> None:
    write_shard(tmp_path, 0, [DROPPED])
    with open_shards(tmp_path, MADE_OF) as shards:
        assert shards.missing() == [0, 1, 2]


def test_a_broken_manifest_or_shard_is_told_with_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    with open_shards(folder, MADE_OF) as shards:
        for number in range(3):
            write_shard(folder, number, [DROPPED])
        (folder / shard_name(1)).write_text("{}\n", encoding="utf-8")
        with pytest.raises(UnreadableInput, match=r"00000001.*--restart"):
            list(shards.outcomes())
    (folder / MANIFEST).write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="no manifest of ours"), open_shards(folder, MADE_OF):
        pass


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="this system knows no such locks")
    second = open_shards(tmp_path / "shards", MADE_OF)
    with open_shards(tmp_path / "shards", MADE_OF), pytest.raises(UsageError, match="another run"), second:
        pass


def test_the_folder_is_hidden_beside_the_output(tmp_path: Path) -> None:
    assert shard_folder(tmp_path / "events.jsonl") == tmp_path / ".events.jsonl.shards"


def test_the_program_is_told_by_its_files() -> None:
    assert program().startswith("communique ")
    assert program() == program()


# -- a run that is stopped ------------------------------------------------------------------------------


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = resume.cut_input
    monkeypatch.setattr(resume, "cut_input", lambda paths, **options: cut(paths, rows=4, **options))


@pytest.mark.usefixtures("small_blocks")
def test_a_stopped_run_goes_on_without_loss_or_doubles(tmp_path: Path) -> None:
    folder = write_rows(tmp_path / "in", 22)
    request = Request([str(folder)], tmp_path / "out.jsonl", Columns())
    begun: list[tuple[int, int]] = []

    def stop_at_the_third(step: object) -> None:
        if len(list(shard_folder(request.output).glob("*.jsonl"))) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), read_resumably(request, Watch(step=stop_at_the_third)):
        pass
    with read_resumably(request, Watch(lambda *numbers: begun.append(numbers))) as outcomes:
        assert list(outcomes) == outcomes_of(folder)
    ((there, wanted),) = begun
    assert there == 3 < wanted
    assert not shard_folder(request.output).exists()


@pytest.mark.usefixtures("small_blocks")
def test_shards_stay_where_the_output_could_not_be_written(tmp_path: Path) -> None:
    folder = write_rows(tmp_path / "in", 9)
    request = Request([str(folder)], tmp_path / "out.jsonl", Columns())
    with pytest.raises(OSError, match="full"), read_resumably(request, Watch()):
        raise OSError("the disk is full")
    (folder / "b.txt").write_text("Another text.", encoding="utf-8")
    with pytest.raises(UsageError, match=r"the input .*--restart"), read_resumably(request, Watch()):
        pass
    with read_resumably(replace(request, restart=True, workers=2), Watch()) as outcomes:
        assert list(outcomes) == outcomes_of(folder)


def test_an_output_that_is_no_file_has_no_place_for_shards(tmp_path: Path) -> None:
    request = Request([str(write_rows(tmp_path / "in", 4))], tmp_path, Columns())
    with pytest.raises(UsageError, match="is no file"), read_resumably(request, Watch()):
        pass
