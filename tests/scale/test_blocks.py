"""Blocks of the input: read one after the other they give what the whole gives, wherever it is cut."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import MissingInput, UsageError
from communique.records import DroppedReport, Report
from communique.reports import Block, Columns, cut_input, read_block, read_reports
from tests.scale.inputs import write_rows

COLUMNS = Columns()
LINES = ["", "  ", "\u00a0\u3000", "junk", '{"text": ""}', '{"text": "Chad bombed Mali."}', '{"id": 7, "text": "über"}']


def through_blocks(path: Path, rows: int, encoding: str | None = None) -> list[Report | DroppedReport]:
    blocks = [Block.from_row(json.loads(json.dumps(block.as_row()))) for block in cut_rows(path, rows)]
    assert [block.number for block in blocks] == list(range(len(blocks)))
    return [item for block in blocks for item in read_block(block, published=None, columns=COLUMNS)]


def cut_rows(path: Path, rows: int) -> tuple[Block, ...]:
    return cut_input([str(path)], columns=COLUMNS, rows=rows).blocks


@pytest.mark.parametrize("rows", [1, 3, 7, 1000])
def test_blocks_of_a_folder_give_what_the_folder_gives(tmp_path: Path, rows: int) -> None:
    folder = write_rows(tmp_path / "in", 23)
    assert through_blocks(folder, rows) == list(read_reports([str(folder)]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.integers(1, 5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_lines_are_cut_without_loss(tmp_path: Path, lines: list[str], rows: int, end: str, encoding: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(end.join(lines).encode(encoding, "ignore"))
    assert through_blocks(path, rows) == list(read_reports([str(path)]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(1, 15), st.integers(1, 15))
def test_parquet_is_cut_without_loss(tmp_path: Path, count: int, group: int, rows: int) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"text": [f"Text {n}." for n in range(count)]}), path, row_group_size=group)
    assert through_blocks(path, rows) == list(read_reports([str(path)]))


def test_the_hash_follows_the_bytes_and_the_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Chad bombed Mali."}\n', encoding="utf-8")
    first = cut_input([str(path)], columns=COLUMNS).sha256
    assert cut_input([str(path)], columns=COLUMNS).sha256 == first
    path.write_text('{"text": "Chad bombed Iraq."}\n', encoding="utf-8")
    assert cut_input([str(path)], columns=COLUMNS).sha256 != first
    path.write_text('{"text": "Chad bombed Mali."}\n', encoding="utf-8")
    other = path.rename(tmp_path / "b.jsonl")
    assert cut_input([str(other)], columns=COLUMNS).sha256 != first


def test_what_cannot_be_read_twice_or_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name a file"):
        cut_input(["-"], columns=COLUMNS)
    with pytest.raises(MissingInput):
        cut_input([str(tmp_path / "nowhere")], columns=COLUMNS)


def test_the_output_is_not_read_though_a_folder_holds_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chad bombed Mali.", encoding="utf-8")
    output = tmp_path / "b.jsonl"
    output.write_text("{}", encoding="utf-8")
    (block,) = cut_input([str(tmp_path)], columns=COLUMNS, leave_out=output).blocks
    assert [piece.path for piece in block.pieces] == [str(tmp_path / "a.txt")]
