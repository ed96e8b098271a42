"""Speed of import and export: `python bench/exchange.py [--rows N]`.

Makes a table of N rows for each format in a temporary folder (states, roles, persons and days drawn by a fixed
seed, every tenth actor unknown), reads it once on one core with everything `read_foreign` does, and prints rows
a minute, the share of rows kept, and peak memory. Then writes the events of the last table in each of our formats.
The floor is 200,000 rows a minute; exit 1 where a format is below.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from communique.actors.knowledge import knowledge
from communique.exchange import ImportedEvent, ImportTally, read_foreign, write_gdelt, write_icews, write_jsonld
from communique.exchange import write_polecat as polecat_out
from communique.exchange.layouts import layouts
from communique.exchange.parties import data_rows
from communique.ontology.loader import ontology

FLOOR = 200_000
SEED = 14
Values = dict[str, str]


class Draw:
    """Draws the parts of rows, the same for the same seed."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        entries = [entry for found in knowledge().names.values() for entry in found]
        self.states = sorted({(e.code, e.name) for e in entries if e.kind == "state" and len(e.code) == 3})
        self.persons = sorted({e.name for e in entries if e.kind == "person" and " " in e.name})
        self.codes = sorted(code for code in ontology().cameo if len(code) > 2)
        self.roles = [row["code"] for row in data_rows("cameo_actors.csv") if row["kind"] == "role"]
        self.agents = [row["agent"] for row in data_rows("icews_agents.csv")]
        self.kinds = [row["sub_event"] for row in data_rows("acled_events.csv")]

    def day(self) -> tuple[int, int, int]:
        return self.random.randint(2014, 2016), self.random.randint(1, 12), self.random.randint(1, 28)

    def unknown(self) -> str:
        return f"Unheard Of {self.random.randint(1, 5000)}"

    def name(self) -> str:
        chance = self.random.random()
        if chance < 0.1:
            return self.unknown()
        if chance < 0.3:
            return self.random.choice(self.persons)
        state = self.random.choice(self.states)[1]
        return state if chance < 0.6 else f"{self.random.choice(self.agents)} ({state})"

    def code(self) -> str:
        if self.random.random() < 0.1:
            return "QQQ"
        return self.random.choice(self.states)[0] + self.random.choice(["", *self.roles])


def _icews(draw: Draw, number: int) -> Values:
    year, month, day = draw.day()
    return {
        "Event ID": str(number),
        "Event Date": f"{year}-{month:02}-{day:02}",
        "Source Name": draw.name(),
        "Source Sectors": "Executive,Government",
        "CAMEO Code": draw.random.choice(draw.codes),
        "Target Name": draw.name(),
        "City": "Springfield",
    }


def _gdelt(draw: Draw, number: int) -> Values:
    year, month, day = draw.day()
    return {
        "GLOBALEVENTID": str(number),
        "SQLDATE": f"{year}{month:02}{day:02}",
        "Actor1Code": draw.code(),
        "Actor1Name": draw.name().upper(),
        "Actor2Code": draw.code(),
        "Actor2Name": draw.name().upper(),
        "EventCode": draw.random.choice(draw.codes),
        "ActionGeo_FullName": "Springfield",
        "DATEADDED": f"{year}{month:02}{day:02}",
    }


def _polecat(draw: Draw, number: int) -> Values:
    year, month, day = draw.day()
    return {
        "Event ID": str(number),
        "Event Date": f"{year}-{month:02}-{day:02}",
        "Event Type": draw.random.choice(sorted(ontology().types)),
        "Contexts": "military; diplomatic",
        "Actor Name": draw.name(),
        "Actor Country": draw.random.choice(draw.states)[0],
        "Primary Actor Sector": "GOV",
        "Recipient Name": draw.name(),
        "Recipient Country": draw.random.choice(draw.states)[0],
        "Primary Recipient Sector": "CVL",
    }


def _phoenix(draw: Draw, number: int) -> Values:
    year, month, day = draw.day()
    return {
        "EventID": str(number),
        "Date": f"{year}{month:02}{day:02}",
        "Year": str(year),
        "Month": str(month),
        "Day": str(day),
        "SourceActorFull": draw.code(),
        "TargetActorFull": draw.code(),
        "EventCode": draw.random.choice(draw.codes),
    }


def _acled(draw: Draw, number: int) -> Values:
    year, month, day = draw.day()
    first, second = draw.random.choice(draw.states)[1], draw.random.choice(draw.states)[1]
    return {
        "event_id_cnty": str(number),
        "event_date": f"{year}-{month:02}-{day:02}",
        "sub_event_type": draw.random.choice(draw.kinds),
        "actor1": f"Military Forces of {first} (2010-)" if number % 10 else draw.unknown(),
        "actor2": f"Protesters ({second})",
        "country": second,
        "notes": '"A note, with a comma."',
    }


MAKERS: dict[str, tuple[str, str, Callable[[Draw, int], Values]]] = {
    "icews": ("\t", "icews", _icews),
    "gdelt1": ("\t", "gdelt1", _gdelt),
    "gdelt2": ("\t", "gdelt2", _gdelt),
    "polecat": ("\t", "polecat", _polecat),
    "phoenix": ("\t", "phoenix", _phoenix),
    "acled": (",", "acled", _acled),
}


def write_rows(path: Path, format: str, rows: int) -> None:
    delimiter, name, maker = MAKERS[format]
    layout, draw = layouts()[name], Draw()
    with path.open("w", encoding="utf-8") as file:
        if layout.header:
            file.write(delimiter.join(layout.columns) + "\n")
        for number in range(rows):
            values = maker(draw, number)
            file.write(delimiter.join(values.get(column, "") for column in layout.columns) + "\n")


def write_graph(folder: Path, rows: int) -> None:
    draw = Draw()
    names = [draw.name().replace(" ", "_") for _ in range(7000)]
    labels = [row["label"].replace(" ", "_") for row in data_rows("relation_names.csv")]
    for part, listed in (("entity2id.txt", names), ("relation2id.txt", labels)):
        lines = (f"{name}\t{number}\n" for number, name in enumerate(listed))
        (folder / part).write_text("".join(lines), encoding="utf-8")
    with (folder / "train.txt").open("w", encoding="utf-8") as file:
        for _ in range(rows):
            sides = draw.random.randrange(len(names)), draw.random.randrange(len(labels)), draw.random.randrange(7000)
            file.write("\t".join(map(str, sides)) + f"\t{draw.random.randrange(365) * 24}\t-1\n")


def timed(items: Iterator[object], rows: int) -> float:
    start = time.perf_counter()
    for _ in items:
        pass
    return rows / (time.perf_counter() - start) * 60


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=60_000)
    rows = parser.parse_args().rows
    knowledge(), ontology()
    slow = []
    events = []
    with tempfile.TemporaryDirectory() as place:
        for format in (*MAKERS, "quadruples"):
            path = Path(place) / format
            if format == "quadruples":
                path.mkdir()
                write_graph(path, rows)
            else:
                write_rows(path, format, rows)
            tally = ImportTally()
            rate = timed(tally.watch(read_foreign(path, format, start="2014-01-01")), rows)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"import {format:10} {rate:12,.0f} rows a minute   kept {tally.kept / rows:4.0%}   {peak:5.0f} MB")
            slow += [format] if rate < FLOOR else []
        events = [i.event for i in read_foreign(Path(place) / "icews") if isinstance(i, ImportedEvent)]
        writers = {"gdelt": write_gdelt, "icews": write_icews, "polecat": polecat_out, "jsonld": write_jsonld}
        for name, write in writers.items():
            start = time.perf_counter()
            write(events, Path(place) / f"out.{name}")
            rate = len(events) / (time.perf_counter() - start) * 60
            print(f"export {name:10} {rate:12,.0f} events a minute")
    if slow:
        print(f"below {FLOOR:,} rows a minute: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
