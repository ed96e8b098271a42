"""The standing picture of whole affairs against what a careful analyst expects: python bench/affairs.py [FILE…] [--misses] [--list].

Each file under tests/standing/affairs holds the reports of one affair and the rows that must stand afterwards, written
before the program saw them. A row is *found* where the picture has one about the same matter (the key fields), and
*right* where its status, its stance or its sign is the expected one too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from communique.pipeline import history_of_reports, make_report
from communique.standing.picture import Picture, picture_of

AFFAIRS = Path(__file__).parent.parent / "tests" / "standing" / "affairs"
# What an analyst may call by either name.
BINDING = {"in force", "widened", "snapped back"}
WITH_A_RESULT = {"agreed", "ended with result"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One expected row: where it stands, whether the picture has it, and what the picture has in its place."""

    affair: str
    board: str
    at: str
    expected: Row
    found: bool
    right: bool
    nearest: Row | None

    @property
    def name(self) -> str:
        """A name for the row that stays the same while its fields do."""
        return _name(self.affair, self.at, self.board, self.expected)


def _name(affair: str, at: str, board: str, row: Row) -> str:
    told = {key: value for key, value in row.items() if key not in {"because", "optional", "condition"}}
    return f"{affair} | {at} | {board} | {told}"


def names_of(path: Path) -> list[str]:
    """The names of an affair's rows, without reading its reports."""
    affair = load(path)
    wanted = [
        ("at last", affair["picture"]),
        *((str(part["date"]), part["picture"]) for part in affair.get("as_of", ())),
    ]
    return [_name(path.stem, at, board, row) for at, part in wanted for board, rows in part.items() for row in rows]


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def verdicts(path: Path) -> list[Verdict]:
    """Read the reports of one affair and hold each expected row against the picture of its day."""
    affair = load(path)
    reports = [
        make_report(report["text"], report["published"], report.get("title"), report["id"])
        for report in affair["reports"]
    ]
    history = history_of_reports(reports)
    found: list[Verdict] = []
    wanted = [("", affair["picture"]), *((str(part["date"]), part["picture"]) for part in affair.get("as_of", ()))]
    for day, expected in wanted:
        picture = picture_of(history, date.fromisoformat(day) if day else None)
        found += _held(path.stem, day, expected, picture)
    return found


def _held(affair: str, day: str, expected: dict[str, list[Row]], picture: Picture) -> Iterator[Verdict]:
    rows = picture.as_json()
    for board, wanted in expected.items():
        for row in wanted:
            same = [got for got in rows[board] if MATTERS[board](row, got)]
            right = next((got for got in same if AGREES[board](row, got)), None)
            nearest = right or (same[0] if same else None)
            yield Verdict(affair, board, day or "at last", row, bool(same), right is not None, nearest)


def _codes(values: Iterable[str]) -> set[str]:
    return {value.split("/")[0] for value in values}


def _sanctions_matter(row: Row, got: Row) -> bool:
    kinds = set(row["on"])
    kind = got["on"] or "all"
    return (
        row["sender"] == got["sender"].split("/")[0]
        and row["target"] == got["target"].split("/")[0]
        and (kind in kinds or (kind == "all" and not kinds - {"all", "trade", "diplomatic"}))
    )


def _agreements_matter(row: Row, got: Row) -> bool:
    name, ours = row["name"].lower(), {got["name"].lower(), str(got.get("code") or "").lower()}
    if any(name in one or (one and one in name) for one in ours):
        return True
    parties = _codes(party["actor"] for party in row.get("parties", ()))
    return len(parties & _codes(party["actor"] for party in got["parties"])) >= 2 and _alike(name, got["name"].lower())


def _alike(one: str, other: str) -> bool:
    empty = {"the", "of", "on", "a", "and", "for", "between", "agreement", "deal", "accord", "treaty", "pact"}
    words, others = set(one.replace("-", " ").split()) - empty, set(other.replace("-", " ").split()) - empty
    return bool(words & others) or not words or not others


def _talks_matter(row: Row, got: Row) -> bool:
    wanted, ours = _codes(row["parties"]), _codes(got["parties"])
    if len(wanted & ours) < min(2, len(wanted)) or len(wanted & ours) / len(wanted | ours) < 0.6:
        return False
    about = {row.get("about", "general"), got["about"] or "general"}
    form = {row.get("form") or got["form"], got["form"] or row.get("form")}
    return (len(about) == 1 or "general" in about) and (len(form) == 1 or form <= {"indirect", "mediated"})


def _positions_matter(row: Row, got: Row) -> bool:
    if row["actor"].split("/")[0] != got["actor"].split("/")[0]:
        return False
    wanted, ours = row["words"].lower(), " ".join([got["words"], *(step["words"] for step in got["history"])]).lower()
    return wanted in ours or any(part and part in wanted for part in [got["words"].lower().strip("“”\"'., ")])


def _votes_matter(row: Row, got: Row) -> bool:
    number = next((word for word in str(row["resolution"]).split() if word.isdigit()), None)
    if row["body"] != got["body"]:
        return False
    return number is None or number in str(got["resolution"])


MATTERS: dict[str, Callable[[Row, Row], bool]] = {
    "sanctions": _sanctions_matter,
    "agreements": _agreements_matter,
    "talks": _talks_matter,
    "positions": _positions_matter,
    "alignments": lambda row, got: {row["a"], row["b"]} == {got["a"], got["b"]},
    "votes": _votes_matter,
}


def _parties_agree(row: Row, got: Row) -> bool:
    ours = {party["actor"]: party["status"] for party in got["parties"]}
    return all(ours.get(party["actor"]) == party["status"] for party in row.get("parties", ()))


AGREES: dict[str, Callable[[Row, Row], bool]] = {
    "sanctions": lambda row, got: row["status"] == got["status"] or {row["status"], got["status"]} <= BINDING,
    "agreements": lambda row, got: row["life"] == got["life"] and _parties_agree(row, got),
    "talks": lambda row, got: (
        row["status"] == got["status"] or {row["status"], got["status"]} <= WITH_A_RESULT
    ) and set(row.get("refused_by", ())) <= _codes(got["refused_by"]),
    "positions": lambda row, got: row["stance"] == got["stance"],
    "alignments": lambda row, got: "sign" not in row or (got["score"] > 0) == (row["sign"] == "+"),
    "votes": lambda row, got: row.get("outcome", got["outcome"]) == got["outcome"],
}  # fmt: skip


def figures(paths: Iterable[Path] = ()) -> dict[str, float]:
    """The shares of required rows that are found, and that are right, by board; prints the table."""
    return _shares([verdict for path in sorted(paths or AFFAIRS.glob("*.yaml")) for verdict in verdicts(path)])


def _shares(every: list[Verdict]) -> dict[str, float]:
    shares: dict[str, float] = {}
    print(f"{'board':<12} {'rows':>5} {'found':>6} {'right':>6}   (required rows only)")
    for board in MATTERS:
        rows = [verdict for verdict in every if verdict.board == board and not verdict.expected.get("optional")]
        if rows:
            found, right = sum(v.found for v in rows) / len(rows), sum(v.right for v in rows) / len(rows)
            print(f"{board:<12} {len(rows):>5} {found:>6.2f} {right:>6.2f}")
            shares |= {f"affairs {board}: rows found": found, f"affairs {board}: rows right": right}
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="show every expected row that is not right")
    parser.add_argument("--list", action="store_true", help="write tests/standing/known_missing.txt anew")
    options = parser.parse_args()
    paths = options.files or sorted(AFFAIRS.glob("*.yaml"))
    every = [verdict for path in paths for verdict in verdicts(path)]
    _shares(every)
    if options.list:
        missing = sorted(verdict.name for verdict in every if not verdict.right)
        (AFFAIRS.parent / "known_missing.txt").write_text("\n".join(missing) + "\n", encoding="utf-8")
    if options.misses:
        for verdict in every:
            if not verdict.right:
                got = {k: v for k, v in (verdict.nearest or {}).items() if k not in {"history", "evidence", "events"}}
                print(f"\n{'status' if verdict.found else 'absent'}: {verdict.name}\n    got {got or None}")


if __name__ == "__main__":
    main()
