"""A folder of everything that goes wrong: each file is told with its reason, and the good ones are kept."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.records import DroppedReport, Report
from communique.reports import read_reports

SENTENCE = "Iran and the European Union agreed on Tuesday to resume talks in Geneva, officials said."
ARABIC = "قال الرئيس إن المحادثات ستبدأ يوم الثلاثاء في جنيف.\u200f"
LONG = "Talks resumed in Geneva. " * 120_000


def parquet(rows: int) -> bytes:
    stream = io.BytesIO()
    # Texts that cannot be packed, so that each row group has a place of its own in the file.
    chance = random.Random(1)
    texts = [f"Report {number}. " + chance.randbytes(500).hex() for number in range(rows)]
    pq.write_table(pa.table({"id": [f"n{n}" for n in range(rows)], "text": texts}), stream, row_group_size=100)
    return stream.getvalue()


def with_broken_middle(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + b"\xff" * 2000 + data[middle + 2000 :]


def packed_rows(rows: int) -> bytes:
    chance = random.Random(1)
    texts = [f"Report {number}. " + chance.randbytes(500).hex() for number in range(rows)]
    return gzip.compress("".join(json.dumps({"text": text}) + "\n" for text in texts).encode())


LATIN_TAIL = b'{"text": "ascii"}\n' * 5000 + '{"text": "Genève"}\n{"text": "next"}\n'.encode("cp1252")

DROPPED = {
    "empty.txt": (b"", "the file is empty"),
    "empty.html": (b"", "the file is empty"),
    "empty.jsonl": (b"", "the file is empty"),
    "empty.csv": (b"", "the file is empty"),
    "empty.parquet": (b"", "the file is empty"),
    "empty.txt.gz": (b"", "the file is empty"),
    "packed-nothing.jsonl.gz": (gzip.compress(b""), "the file is empty"),
    "blank.txt": (b" \n\n\t", "the file is empty"),
    "blank.jsonl": (b"\n\n\n", "the file holds no rows"),
    "header-only.csv": (b"id,text\n", "the file holds no rows"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is binary"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is binary"),
    "picture.jsonl": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is binary"),
    "noise": (random.Random(7).randbytes(5000).replace(b"\0", b"\1"), "is binary"),
    "unmarked-utf-16.csv": ("text\nTalks.\n".encode("utf-16-le"), "is binary"),
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF, which is not read; give it as text"),
    "paper.docx": (b"PK\x03\x04\x14\0\x06\0", "is a zip archive or an office document"),
    "feed.xml": (b"<?xml version='1.0'?><rss><channel/></rss>", "is XML, which is not read"),
    "renamed": (parquet(3), "is a Parquet file without the suffix .parquet"),
    "unpacked.txt.gz": (b"This is no gzip.", "the gzip archive is broken (Not a gzipped file"),
    "cut.txt.gz": (gzip.compress(b"Talks resumed. " * 50)[:-12], "the gzip archive is broken"),
    "cut.parquet": (parquet(300)[:-2000], "the Parquet file is broken"),
    "text.parquet": (b"This is no Parquet.", "the Parquet file is broken"),
    "object.json": (b'{"text": "T"', "no valid JSON"),
    "no-text.html": (b"<html><body><script>1</script></body></html>", "no readable text was found"),
    "deep.html": (b"<html><body>" + b"<div>" * 50_000 + b"text", "no readable text was found"),
    "no-column.csv": (b"id,body\nn1,T\n", "no column 'text'; the columns are 'id', 'body'"),
    "dated.txt": (b"Published: the other day\n\nTalks.", "the date 'the other day' cannot be read"),
    "too-long.txt": (b"x" * 20_000_001, "is longer than 20 million characters"),
    "long-token.csv": (b"text\0", "is binary"),
}

KEPT = {
    "right-to-left.txt": (ARABIC.encode(), ARABIC),
    "right-to-left.jsonl": (json.dumps({"text": ARABIC}).encode(), ARABIC),
    "right-to-left.csv": (f'text\n"{ARABIC}"\n'.encode(), ARABIC),
    "old-arabic.txt": (ARABIC.encode("cp1256", "ignore"), ARABIC.encode("cp1256", "ignore").decode("cp1256")),
    "long-line.txt": (LONG.encode(), LONG),
    "long-line.jsonl": (json.dumps({"text": LONG}).encode(), LONG),
    "long-line.csv": (f"text\n{LONG}\n".encode(), LONG),
    "carriage.txt": (b"One\r\nTwo\rThree\n", "One\r\nTwo\rThree\n"),
    "control.txt": (b"One\x0c\x1b[31mTwo\x7f", "One\x0c\x1b[31mTwo\x7f"),
    "quotes.csv": (b'text\n"He said ""no"".\nThen, ""yes""."\n', 'He said "no".\nThen, "yes".'),
    "nested.html": (f"<html><body>{'<div>' * 100}<p>{SENTENCE}</p>".encode(), SENTENCE),
    "crossed.html": (f"<html><p><b><i>{SENTENCE}</b></i></td></html>".encode(), SENTENCE),
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    for name, (content, _) in {**DROPPED, **KEPT}.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "dead-link.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty-folder").mkdir()
    return tmp_path


def test_one_hostile_folder_is_read_to_its_end_and_every_file_is_accounted_for(hostile: Path) -> None:
    items = list(read_reports(hostile))

    dropped = {Path(item.origin).name for item in items if isinstance(item, DroppedReport)}
    kept = {Path((item.origin or "").rsplit(":", 1)[0]).name for item in items if isinstance(item, Report)}
    assert dropped == {*DROPPED, "dead-link.txt"}
    assert kept == set(KEPT)
    assert len(items) == len(DROPPED) + len(KEPT) + 1


@pytest.mark.parametrize("name", DROPPED)
def test_what_is_no_report_is_dropped_with_its_reason_and_a_mend(name: str, tmp_path: Path) -> None:
    content, reason = DROPPED[name]
    path = tmp_path / name
    path.write_bytes(content)

    (dropped,) = read_reports(path)

    assert isinstance(dropped, DroppedReport)
    assert dropped.origin == str(path)
    assert reason in dropped.reason
    assert str(path) not in dropped.reason, "the origin names the file, the reason need not"
    assert ";" in dropped.reason, "the mend follows the reason"
    assert len(dropped.reason) < 400


@pytest.mark.parametrize("name", KEPT)
def test_what_only_looks_hostile_is_kept_to_the_character(name: str, tmp_path: Path) -> None:
    content, text = KEPT[name]
    path = tmp_path / name
    path.write_bytes(content)

    (report,) = read_reports(path)

    assert isinstance(report, Report), report
    assert (report.text.strip() if name.endswith(".html") else report.text) == text


BROKEN_OFF = {
    "cut.jsonl.gz": packed_rows(500)[:-60_000],
    "scrambled.jsonl.gz": with_broken_middle(packed_rows(500)),
    "wrong-sum.jsonl.gz": packed_rows(500)[:-8] + b"\0" * 8,
    "junk-after.jsonl.gz": packed_rows(500) + b"junk",
    "scrambled.parquet": with_broken_middle(parquet(500)),
}


@pytest.mark.parametrize("name", BROKEN_OFF)
def test_the_rows_before_a_break_are_kept_and_the_break_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN_OFF[name])

    *rows, last = read_reports(path)

    texts = [row.text.split(".")[0] for row in rows if isinstance(row, Report)]
    whole = name.startswith(("wrong-sum", "junk"))
    assert texts == [f"Report {number}" for number in range(len(texts))]
    assert len(texts) == 500 if whole else 100 <= len(texts) < 500
    assert isinstance(last, DroppedReport)
    assert "is broken" in last.reason
    assert "the rows before it are kept" in last.reason or f"after row {len(texts)}" in last.reason
    # What comes out of the scrambled place itself is told line by line, and none of it is a report.
    assert all(isinstance(row, DroppedReport) for row in rows[len(texts) :])


def test_a_short_archive_that_breaks_off_keeps_its_rows_too(tmp_path: Path) -> None:
    packed = packed_rows(20)
    for name, data in {
        "cut.jsonl.gz": packed[:-2000],
        "cut.csv.gz": gzip.compress(b"text\nT\nU\n")[:-1],
    }.items():
        (tmp_path / name).write_bytes(data)

    table_rows, jsonl_rows = (list(read_reports(tmp_path / name)) for name in ("cut.csv.gz", "cut.jsonl.gz"))

    assert [row.text for row in table_rows if isinstance(row, Report)] == ["T", "U"]
    assert 10 < sum(isinstance(row, Report) for row in jsonl_rows) < 20
    for rows in (table_rows, jsonl_rows):
        assert isinstance(rows[-1], DroppedReport)
        assert "the rows before it are kept; pack or fetch it again" in rows[-1].reason


def test_a_carriage_return_inside_a_json_row_does_not_end_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id":\r1,\r"text": "One."}\r\n{"text": "Two."}')

    assert [item.text for item in read_reports(tmp_path) if isinstance(item, Report)] == ["One.", "Two."]


def test_a_byte_of_another_encoding_far_down_costs_its_own_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LATIN_TAIL)

    items = list(read_reports(tmp_path))

    assert [item.origin.rsplit(":", 1)[1] for item in items if isinstance(item, DroppedReport)] == ["5001"]
    assert isinstance(items[-1], Report)
    assert items[-1].text == "next"
    assert len(items) == 5002


def test_a_utf_16_table_that_ends_inside_a_character_keeps_its_rows(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "one"}\n{"text": "two"}\n'.encode("utf-16") + b"A")

    items = list(read_reports(tmp_path))

    assert [item.text for item in items if isinstance(item, Report)] in (["one"], ["one", "two"])
    assert isinstance(items[-1], DroppedReport)
    assert "breaks off in the middle of a character" in items[-1].reason


def test_a_file_name_of_any_bytes_has_an_id_that_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "Gen\udce8ve.txt").write_text("Talks.")

    (report,) = read_reports(tmp_path)

    assert report.report_id is not None
    assert report.report_id.encode().endswith(b"Gen\\xe8ve.txt")


def test_a_folder_without_files_is_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("Talks.")

    (dropped,) = read_reports(tmp_path)

    assert isinstance(dropped, DroppedReport)
    assert dropped.origin == str(tmp_path)
    assert "the folder holds no files to read" in dropped.reason


def test_a_bomb_of_packed_text_is_dropped_without_being_unpacked_whole(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    with gzip.open(path, "wb", compresslevel=9) as stream:
        for _ in range(300):
            stream.write(b"a" * 1_000_000)

    (dropped,) = read_reports(path)

    assert dropped == DroppedReport(str(path), "is longer than 20 million characters; split it into single reports")


def test_a_file_that_may_not_be_read_is_told_by_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Talks.")
    (tmp_path / "z.txt").write_text("More.")

    def refuse(name: str, *options: object, **more: object) -> io.BytesIO:
        if name == str(path):
            raise PermissionError(13, "Permission denied", name)
        return io.BytesIO(Path(name).read_bytes())

    monkeypatch.setattr("builtins.open", refuse)
    dropped, report = read_reports(tmp_path)

    assert isinstance(dropped, DroppedReport)
    assert dropped.reason == "cannot be read: Permission denied; check that it is there and may be read"
    assert isinstance(report, Report)
