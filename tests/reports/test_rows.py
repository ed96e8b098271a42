"""Rows of JSONL, JSON, CSV and Parquet: what each becomes, and what a bad one leaves behind."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.errors import UnreadableInput
from communique.records import DroppedReport, Report
from communique.reports import Columns
from communique.reports.plain import TEXT_LIMIT
from communique.reports.rows import ROW_LIMIT, RowReader

DAY = date(2025, 2, 25)
USUAL = Columns()
Items = list[Report | DroppedReport]


def json_lines(content: str, columns: Columns = USUAL, published: date | None = None) -> Items:
    return list(RowReader("in/r.jsonl", columns, published).json_lines(io.StringIO(content, newline="\n")))


def table(content: str, columns: Columns = USUAL, delimiter: str | None = None) -> Items:
    return list(RowReader("in/r.csv", columns).table(io.StringIO(content, newline=""), delimiter))


def parquet(columns: dict[str, Any], names: Columns = USUAL) -> Items:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, row_group_size=2)
    return list(RowReader("in/r.parquet", names).parquet(stream))


def told(items: Items) -> list[tuple[str, str]]:
    """Give each item as a pair: a report's id and text, or a dropped one's origin and reason."""
    return [(item.report_id, item.text) if isinstance(item, Report) else (item.origin, item.reason) for item in items]


FULL = Report("n1", "Talks resumed.", "Talks", DAY, "in/r.jsonl:1")

OBJECTS = [
    ({"id": "n1", "published": "2025-02-25", "title": "Talks", "text": "Talks resumed."}, FULL),
    ({"id": 7, "text": "Talks.", "extra": [1]}, Report("7", "Talks.", None, None, "in/r.jsonl:1")),
    ({"text": "Talks."}, Report("in/r.jsonl:1", "Talks.", None, None, "in/r.jsonl:1")),
    ({"id": " ", "text": "Talks."}, Report("in/r.jsonl:1", "Talks.", None, None, "in/r.jsonl:1")),
    ({"id": None, "title": "Talks"}, Report("in/r.jsonl:1", "", "Talks", None, "in/r.jsonl:1")),
    ({"id": "n1", "title": "Talks", "text": ""}, Report("n1", "", "Talks", None, "in/r.jsonl:1")),
    (
        {"id": "n1", "title": " ", "text": " Talks\r\n"},
        Report("n1", " Talks\r\n", None, None, "in/r.jsonl:1"),
    ),
    ({"id": "n1", "text": "T", "published": ""}, Report("n1", "T", None, None, "in/r.jsonl:1")),
    ({"id": "n1", "text": "T", "title": float("nan")}, Report("n1", "T", None, None, "in/r.jsonl:1")),
]


@pytest.mark.parametrize(("row", "report"), OBJECTS)
def test_a_json_object_becomes_a_report(row: dict[str, object], report: Report) -> None:
    assert json_lines(json.dumps(row)) == [report]


BAD_ROWS = [
    ("{broken", "no valid JSON: Expecting property name", None),
    ('{"text": "a\tb"}', "no valid JSON: Invalid control character", None),
    ("[" * 100_000, "no valid JSON: nested too deep", None),
    ('{"id": ' + "9" * 5000 + ', "text": "T"}', "number too long", None),
    ('["text"]', "the row is a list; write each report as a JSON object", None),
    ("null", "the row is null", None),
    ('"text"', "the row is a text", None),
    ('{"id": "n1", "text": ["T"]}', "the column 'text' holds a list; write it as text", "n1"),
    ('{"id": "n1", "text": 5}', "the column 'text' holds a number", "n1"),
    ('{"id": true, "text": "T"}', "the column 'id' holds true or false", None),
    ('{"id": "n1", "text": "T", "published": "soon"}', "the date 'soon' cannot be read", "n1"),
    ('{"id": "n1", "text": "T", "published": {"day": 1}}', "cannot be read; write it as 2025-02-25", "n1"),
    ('{"id": "n1", "text": " ", "title": ""}', "neither 'text' nor 'title'; write the report's text", "n1"),
    ('{"id": "n1", "body": "T"}', "only 'id', 'body'; name the right one with --text-column NAME", "n1"),
    ("{}", "only none; name the right one", "in/r.jsonl:2"),
    ('{"id": "n1", "text": "a\\u0000b"}', "the column 'text': holds NUL", "n1"),
    ('{"id": "n1", "text": "a\\ud800b"}', "no characters; save it anew as UTF-8", "n1"),
    ('{"id": "a\\ud800", "text": "T"}', "the column 'id': holds bytes or escapes", None),
    ('{"id": "n1", "text": "' + "x" * (TEXT_LIMIT + 1) + '"}', "longer than 20 million characters", "n1"),
]


@pytest.mark.parametrize(("line", "reason", "report_id"), BAD_ROWS, ids=[line[:40] for line, _, _ in BAD_ROWS])
def test_a_bad_row_is_told_by_file_and_line_and_the_rest_goes_on(line: str, reason: str, report_id: str | None) -> None:
    before, bad, after = json_lines('{"text": "before"}\n' + line + '\n{"text": "after"}\n')

    assert isinstance(bad, DroppedReport)
    assert bad.origin == "in/r.jsonl:2"
    assert bad.report_id == report_id
    assert reason in bad.reason
    assert told([before, after]) == [("in/r.jsonl:1", "before"), ("in/r.jsonl:3", "after")]


def test_lines_end_at_the_line_feed_and_nowhere_else() -> None:
    text = "one\u2028two\x85three\x0bfour\x1cfive"
    content = json.dumps({"text": text}, ensure_ascii=False) + "\r\n\r\n  \n" + '{"text": "next"}'

    assert told(json_lines(content)) == [("in/r.jsonl:1", text), ("in/r.jsonl:2", "next")]
    assert json_lines(content)[1].origin == "in/r.jsonl:4", "the line counts blank lines, the row does not"


def test_a_line_without_end_is_passed_over_and_not_held() -> None:
    class Endless(io.StringIO):
        longest = 0

        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            line = super().readline(size)
            Endless.longest = max(Endless.longest, len(line))
            return line

    stream = Endless("x" * (ROW_LIMIT + 5_000_000) + '\n{"text": "next"}\n', newline="\n")
    dropped, report = RowReader("r.jsonl").json_lines(stream)

    assert told([dropped, report]) == [
        ("r.jsonl:1", "the line is longer than 60 million characters; split it into single reports"),
        ("r.jsonl:2", "next"),
    ]
    assert Endless.longest == ROW_LIMIT


def test_other_names_for_the_columns_are_taken_from_columns() -> None:
    names = Columns(id="key", published="day", title="headline", text="body")
    row = {"key": "n1", "day": "2025-02-25", "headline": "Talks", "body": "Talks resumed.", "text": "other"}

    assert json_lines(json.dumps(row), names) == [FULL]
    assert table("text,body,headline,day,key\nother,Talks resumed.,Talks,2025-02-25,n1\n", names) == [
        Report("n1", "Talks resumed.", "Talks", DAY, "in/r.csv:2")
    ]


def test_the_given_day_fills_in_for_rows_without_one() -> None:
    rows = '{"text": "T"}\n{"text": "T", "published": "2025-02-25"}\n'

    days = [item.published for item in json_lines(rows, published=date(2020, 1, 1)) if isinstance(item, Report)]

    assert days == [date(2020, 1, 1), DAY]


JSON_FILES = [
    ('{"id": "n1", "text": "T"}', [("n1", "T")]),
    ('[{"id": "n1", "text": "T"}, 5, {"text": "U"}]', [("n1", "T"), ("r.json:2", ""), ("r.json:3", "U")]),
    ('[\n {\n "text": "T"\n }\n]\n', [("r.json:1", "T")]),
    ('{"text": "T"}\n{"text": "U"}\n', [("r.json:1", "T"), ("r.json:2", "U")]),
    ('{"text": "T"}\n{broken\n{"text": "U"}\n', [("r.json:1", "T"), ("r.json:2", ""), ("r.json:3", "U")]),
    ("[]", []),
]


@pytest.mark.parametrize(("content", "expected"), JSON_FILES)
def test_a_json_file_is_one_object_a_list_or_lines(content: str, expected: list[tuple[str, str]]) -> None:
    items = RowReader("r.json").json_file(content)

    assert [(i.report_id, i.text) if isinstance(i, Report) else (i.origin, "") for i in items] == expected


@pytest.mark.parametrize("content", ["{", "[" * 100_000, '[{"text": "T"}', "Talks."])
def test_a_json_file_that_is_none_says_so(content: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^r\.json: no valid JSON"):
        list(RowReader("r.json").json_file(content))


TABLES = [
    ("id,text\nn1,Talks.\n", [("n1", "Talks.")]),
    ("text\r\nTalks.\r\n\r\nMore.", [("in/r.csv:1", "Talks."), ("in/r.csv:2", "More.")]),
    (
        'id,text\nn1,"One, two\n""three""\r\n\r\nfour\rfive"\n',
        [("n1", 'One, two\n"three"\r\n\r\nfour\rfive')],
    ),
    (" id ,\ttext \nn1, Talks \n", [("n1", " Talks ")]),
    ("id;text\nn1;One, two\n", [("n1", "One, two")]),
    ("id\ttext\nn1\tOne, two; three\n", [("n1", "One, two; three")]),
    ("title,text\nTalks,\n", [("in/r.csv:1", "")]),
    ("id,text\nn1,قال الرئيس\n", [("n1", "قال الرئيس")]),
    ("id,text,text\nn1,,second\n", [("n1", "second")]),
    ("id,text\n", []),
]


@pytest.mark.parametrize(("content", "expected"), TABLES)
def test_a_table_gives_a_report_a_row(content: str, expected: list[tuple[str, str]]) -> None:
    assert told(table(content)) == expected


def test_a_field_far_over_pythons_own_limit_is_read() -> None:
    text = "word " * 600_000

    assert told(table(f"id,text\nn1,{text}\nn2,T\n")) == [("n1", text), ("n2", "T")]


UNCLOSED = "a quotation mark is opened and never closed; close it, or write marks inside a text twice"
INSIDE = "a quotation mark stands inside a quoted text; write marks inside a text twice"
FIELDS = "put a text that holds the separator or a line end in quotes"
REST = "the row belongs to the broken text above it; mend the quotes there"

BROKEN_TABLES = [
    ("too few fields", "id,text\nn1\nn2,U\n", [("in/r.csv:2", FIELDS), ("n2", "U")]),
    ("too many fields", "id,text\nn1,One, two\nn2,U\n", [("in/r.csv:2", FIELDS), ("n2", "U")]),
    ("a quote inside", 'id,text\nn1,"a "b" c"\nn2,U\n', [("in/r.csv:2", INSIDE), ("n2", "U")]),
    ("never closed", 'id,text\nn1,"a\nn2,U\nn3,V\n', [("in/r.csv:2", UNCLOSED), ("n2", "U"), ("n3", "V")]),
    (
        "closed by the next",
        'id,text\nn1,"a\nn2,"U"\nn3,V\n',
        [("in/r.csv:2", INSIDE), ("n2", "U"), ("n3", "V")],
    ),
    (
        "broken prose",
        'id,text\nn1,"a\nand so\non "b"\nn2,U\n',
        [("in/r.csv:2", f"lines 2 to 4: {INSIDE}"), ("n2", "U")],
    ),
    (
        "cut off",
        'id,text\nn1,T\nn2,"They met\nin Geneva',
        [("n1", "T"), ("in/r.csv:3", f"lines 3 to 4: {UNCLOSED}")],
    ),
    (
        "prose like a row",
        'id,text\nn1,"He said\n"no" and left\nHowever, she stayed"\nn2,U\n',
        [("in/r.csv:2", f"lines 2 to 3: {INSIDE}"), ("in/r.csv:4", REST), ("n2", "U")],
    ),
    (
        "a bad date",
        "published,text\n30.2.2025,T\n2025-02-25,U\n",
        [("in/r.csv:2", "30.2.2025"), ("in/r.csv:2", "U")],
    ),
    ("no text", 'id,text\nn1,"\n"\nn2,U\n', [("in/r.csv:2", "neither 'text' nor 'title'"), ("n2", "U")]),
]


@pytest.mark.parametrize(
    ("content", "expected"), [case[1:] for case in BROKEN_TABLES], ids=[case[0] for case in BROKEN_TABLES]
)
def test_a_broken_row_costs_no_other_row(content: str, expected: list[tuple[str, str]]) -> None:
    found = told(table(content))

    assert [where for where, _ in found] == [where for where, _ in expected]
    for (_, words), (_, wanted) in zip(found, expected, strict=True):
        assert wanted in words


def test_lines_are_still_counted_right_below_a_broken_row() -> None:
    items = table('id,text\nn1,"a\nn2,U\nn3,"V\nW"\nn4,"b "c"\nn5,X\n')

    assert [item.origin for item in items] == [f"in/r.csv:{line}" for line in (2, 3, 4, 6, 7)]
    assert [isinstance(item, Report) for item in items] == [False, True, True, False, True]


def test_a_quote_that_is_never_closed_in_a_huge_table_costs_one_row() -> None:
    body = "".join(f"n{number},{'word ' * 2000}\n" for number in range(2500))
    items = table('id,text\nbad,"never closed\n' + body)

    assert isinstance(items[0], DroppedReport)
    assert "a field is longer than 20 million characters; split it, or close" in items[0].reason
    assert [item.report_id for item in items[1:]] == [f"n{number}" for number in range(2500)]


MISSING = [
    ("id,body\nn1,T\n", Columns(), r"no column 'text'; the columns are 'id', 'body'; .*--text-column NAME"),
    ("id,title\nn1,T\n", Columns(), r"no column 'text'.*--text-column NAME"),
    ("id,text\nn1,T\n", Columns(text="body"), r"no column 'body'.*--text-column NAME"),
    ("id,text\nn1,T\n", Columns(title="headline"), r"no column 'headline'.*--title-column NAME"),
    ("id,text\nn1,T\n", Columns(published="day"), r"no column 'day'.*--published-column NAME"),
    (
        "key,text\nn1,T\n",
        Columns(id="k"),
        r"no column 'k'; the columns are 'key', 'text'; .*--id-column NAME",
    ),
    (",".join(f"c{number}" for number in range(25)), Columns(), r".*'c19' and 5 more;"),
]


@pytest.mark.parametrize(("content", "columns", "message"), MISSING)
def test_a_table_without_the_columns_names_those_it_has(content: str, columns: Columns, message: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^in/r\.csv: there is " + message):
        table(content, columns)


def test_a_parquet_file_without_the_text_column_names_those_it_has() -> None:
    with pytest.raises(UnreadableInput, match=r"no column 'text'; the columns are 'id', 'a\.b'; .*--text-column"):
        parquet({"id": ["n1"], "a.b": ["T"]})

    assert told(parquet({"id": ["n1"], "a.b": ["T"]}, Columns(text="a.b"))) == [("n1", "T")]


TEHRAN = timezone(timedelta(hours=3, minutes=30))

PARQUET_DAYS = [
    (pa.array(["2025-02-25"]), DAY),
    (pa.array([DAY]), DAY),
    (pa.array([datetime(2025, 2, 25, 23, 30)], pa.timestamp("ms")), DAY),
    (pa.array([1740441600123456789], pa.timestamp("ns")), DAY),
    (pa.array([1740511800], pa.timestamp("s", "+03:30")), date(2025, 2, 25)),
    (pa.array([1740517200], pa.timestamp("s", "+03:30")), date(2025, 2, 26)),
    (pa.array(["25 Feb 2025"]).dictionary_encode(), DAY),
    (pa.array([None], pa.date32()), None),
    (pa.array([float("nan")]), None),
]


@pytest.mark.parametrize(("column", "day"), PARQUET_DAYS, ids=[str(column.type) for column, _ in PARQUET_DAYS])
def test_parquet_dates_of_every_type_are_read(column: pa.Array, day: date | None) -> None:
    (report,) = parquet({"published": column, "text": ["T"]})

    assert isinstance(report, Report), report
    assert report.published == day


def test_a_bad_value_in_parquet_costs_its_own_row_only() -> None:
    bad_bytes = pa.array([b"fine", b"caf\xe9", b"fine too", None])
    as_text = pa.Array.from_buffers(pa.string(), 4, bad_bytes.buffers())
    far = pa.array([0, 0, 1 << 61, 0], pa.timestamp("ms"))

    for column in (bad_bytes, as_text):
        items = parquet({"id": [1, 2, 3, 4], "title": ["", "", "", "Headline"], "text": column})
        assert [item.report_id for item in items if isinstance(item, Report)] == ["1", "3", "4"]
        assert items[1].origin == "in/r.parquet:2"
    items = parquet({"id": ["a", "b", "c", "d"], "text": ["T"] * 4, "published": far})
    assert [item.report_id for item in items if isinstance(item, Report)] == ["a", "b", "d"]


def test_a_parquet_file_is_read_batch_by_batch() -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [f"Report {number}." for number in range(1000)]}), stream, row_group_size=100)
    rows: Iterator[Report | DroppedReport] = RowReader("r.parquet").parquet(stream)

    assert told([next(rows)]) == [("r.parquet:1", "Report 0.")]
    assert [item.origin for item in rows][-1] == "r.parquet:1000"
