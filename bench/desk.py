"""Speed of the desk: python bench/desk.py [--events N] [--casebook FILE] [--calls N].

Starts `communique desk` as a process on a casebook of invented events (see bench/casebook.py; or on a copy of one's own),
asks for every page and part over loopback, and prints the median and the 95th percentile of each. Asked for: a page in
under 150 ms (median) at 100,000 events. Parts come after the page stands and are told, not held. Exit 1 where a page is slower.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from casebook import invented
from communique.casebook.kept import Dossier
from communique.moves.coded import moves_of_coded
from communique.pipeline import open_casebook

MOST_MS = 150.0
PATIENCE = 120.0
# A and B stand for the two busiest actors, EVENT for an event between them, DAY for a day in the middle, DOSSIER for a dossier.
PAGES = (
    "/", "/paste", "/reports", "/events", "/events?actor=A", "/events?dyad=A,B&quad=4", "/events?text=sanctions",
    "/events?offset=50000", "/events/EVENT", "/corrections", "/standing", "/standing?board=sanctions",
    "/standing?as_of=DAY", "/standing?about=A", "/standing/changes?from=DAY", "/actors", "/actors/A", "/dyad?a=A&b=B",
    "/network", "/network?as_of=DAY", "/search?q=A", "/search?q=sanction", "/outlook", "/outlook?a=A&b=B",
    "/outlook/next", "/outlook/what-if", "/outlook/kept", "/outlook/backtest", "/dossiers", "/dossiers/DOSSIER",
    "/api", "/api/events", "/api/events?actor=A", "/api/reports", "/api/casebook", "/api/actors?q=iran",
)  # fmt: skip
PARTS = (
    "/home/outlook", "/standing/picture?as_of=DAY", "/standing/section?board=alignments",
    "/actors/A/timeline.json", "/actors/A/relations.json", "/actors/A/standing", "/dyad/timeline.json?a=A&b=B",
    "/dyad/relation.json?a=A&b=B", "/dyad/standing?a=A&b=B", "/network.json", "/network.json?as_of=DAY",
    "/network/ties", "/search/standing?q=A", "/suggest/actors?q=ira", "/outlook/part?a=A&b=B",
    "/outlook/table?a=A&b=B", "/dossiers/DOSSIER/standing", "/dossiers/DOSSIER/brief", "/api/standing?board=sanctions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a page took, in milliseconds: the first time, half of the times, nearly all of the times."""

    path: str
    status: int
    size: int
    first: float
    median: float
    most: float


def made(path: Path, events: int) -> None:
    """Make a casebook of invented events."""
    with open_casebook(path) as casebook:
        rows = invented(events)
        casebook.add_imported(rows, "invented", moves_of=lambda row: moves_of_coded(row.event, row.published))


def names(path: Path) -> dict[str, str]:
    """Give what stands for the words in capitals, and lay down a dossier."""
    with open_casebook(path) as casebook:
        busiest = casebook.dyads(limit=1)[0]
        event = casebook.timeline(busiest.a, busiest.b)[0]
        contents = casebook.contents()
        casebook.save_dossier(Dossier("bench", "Bench", (busiest.a, busiest.b)))
    first, last = int(str(contents.first_day)[:4]), int(str(contents.last_day)[:4])
    day = f"{(first + last) // 2}-07-01"
    return {"A": busiest.a, "B": busiest.b, "EVENT": event.event.event_id, "DAY": day, "DOSSIER": "bench"}


def filled(path: str, named: dict[str, str]) -> str:
    """Give an address with the names put in."""
    for word, value in sorted(named.items(), key=lambda item: -len(item[0])):
        for before in "/=,":
            for after in ("", "/", "&", ","):
                if after or path.endswith(before + word):
                    path = path.replace(before + word + after, before + value + after)
    return path


def measured(address: str, path: str, calls: int) -> Measured:
    """Ask for a page many times over one connection, as a browser does."""
    told = urlsplit(address)
    connection = http.client.HTTPConnection(told.hostname or "", told.port, timeout=PATIENCE)
    times: list[float] = []
    for _ in range(calls + 2):
        begun = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        times.append(1000 * (time.perf_counter() - begun))
    connection.close()
    warm = sorted(times[2:])
    return Measured(
        path, answer.status, len(body), times[0], statistics.median(warm), warm[int(0.95 * (len(warm) - 1))]
    )


def told(title: str, rows: list[Measured], held: bool) -> bool:
    """Print a table, the slowest first; tell whether all are quick enough."""
    print(f"\n{title:<44} {'first':>8} {'median':>8} {'95th':>8} {'kB':>7}")
    good = True
    for row in sorted(rows, key=lambda row: -row.median):
        slow = held and row.median > MOST_MS
        wrong = row.status not in {200, 202}
        good &= not (slow or wrong)
        mark = f"   {'SLOW' if slow else ''}{row.status if wrong else ''}" if slow or wrong else ""
        print(f"  {row.path:<42} {row.first:8.0f} {row.median:8.1f} {row.most:8.1f} {row.size / 1000:7.0f}{mark}")
    return good


def measure(path: Path, calls: int) -> bool:
    """Start a desk on a casebook and measure all its pages and parts."""
    named = names(path)
    command = [sys.executable, "-m", "communique", "desk", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            # What a desk works out ahead: the boards of today; and a model, once for each state of a casebook.
            wait_for(address, "/standing", b'hx-trigger="load"')
            wait_for(address, filled("/outlook/part?a=A&b=B", named), b"aria-busy")
            pages = [measured(address, filled(page, named), calls) for page in PAGES]
            parts = [measured(address, filled(part, named), max(3, calls // 4)) for part in PARTS]
        finally:
            process.terminate()
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, {calls} calls each after 2; milliseconds")
    good = told("page", pages, held=True)
    return told("part, loaded after its page stands", parts, held=False) and good


def wait_for(address: str, path: str, mark: bytes) -> None:
    """Wait until a page answers without the mark of what is still being worked out."""
    told = urlsplit(address)
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        time.sleep(0.5)
        connection = http.client.HTTPConnection(told.hostname or "", told.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            if mark not in connection.getresponse().read():
                return
        except ConnectionRefusedError:
            continue
        finally:
            connection.close()
    raise SystemExit(f"{path} is not ready after {PATIENCE:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--casebook", type=Path, help="a casebook of one's own; a copy of it is used")
    parser.add_argument("--calls", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.casebook"
        if options.casebook:
            shutil.copy(options.casebook, path)
        else:
            made(path, options.events)
        good = measure(path, options.calls)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
