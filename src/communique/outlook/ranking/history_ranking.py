"""What was learned from a history for its rankings, and where it is kept: trees as text, numbers as plain arrays.

A folder's name holds the hash of the events known by the day, so what was learned is found again only for the very same
events; when they change it is learned anew, and the oldest goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from communique.errors import InputError, UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS
from communique.outlook.kept_arrays import read_arrays, write_arrays
from communique.outlook.model import checked_day, units_known
from communique.outlook.precedents import RuleRecord, antecedents, rule_record
from communique.outlook.ranking.features import NAMES
from communique.outlook.ranking.history_facts import HistoryFacts, facts_known
from communique.outlook.ranking.learned import Learned, learn_until
from communique.outlook.ranking.settings import RankingSettings, ranking_settings
from communique.outlook.settings import settings

_FORMAT = 1
"""Goes up when learning changes, so that what an earlier state of the program learned is not taken for today's."""
_MOST_KEPT = 4
_RULES = "rules.npz"


@dataclass(frozen=True, slots=True, eq=False)
class HistoryRanking:
    """What the facts known by a day taught; `learned` is None where there was too little to learn from.

    `fingerprint` is that of the history known by then, `rules` how often each rule held between any two actors.
    """

    fingerprint: str
    laid_out: HistoryFacts
    learned: Learned | None
    rules: RuleRecord


def learn_ranking(
    history: EventHistory, as_of: date | None = None, numbers: RankingSettings | None = None
) -> HistoryRanking:
    """Learn from what was known at the end of a day (of the history's newest, where none is given).

    Raises UsageError for an empty history, and where LightGBM is needed and missing.
    """
    numbers = numbers or ranking_settings()
    return _learn(facts_known(history, checked_day(history, as_of)), numbers)


def kept_ranking(
    history: EventHistory,
    folder: str | os.PathLike[str],
    as_of: date | None = None,
    numbers: RankingSettings | None = None,
) -> HistoryRanking:
    """Give what was learned of a history by a day from the folder, or learn it and keep it there.

    What is damaged is learned anew. A folder that cannot be written to is no error: it is then learned each time.
    Raises UsageError as `learn_ranking` does.
    """
    numbers = numbers or ranking_settings()
    laid_out = facts_known(history, checked_day(history, as_of))
    if not laid_out.days_to_learn(numbers):
        return _learn(laid_out, numbers)
    fingerprint = laid_out.known.fingerprint()
    place = Path(folder) / f"ranking-{fingerprint}-{_state(numbers)}"
    found = _read(place, fingerprint, laid_out)
    if found is not None:
        return found
    made = _learn(laid_out, numbers)
    with suppress(OSError):
        _write(made, place)
        _drop_oldest(place.parent)
    return made


def _learn(laid_out: HistoryFacts, numbers: RankingSettings) -> HistoryRanking:
    known, outlook_numbers = laid_out.known, settings()
    units = units_known(known, outlook_numbers)
    rules = rule_record(known, units, laid_out.as_of, numbers.rule_days, outlook_numbers)
    days = laid_out.days_to_learn(numbers)
    learned = learn_until(laid_out.facts, laid_out.end, days=days) if days else None
    return HistoryRanking(known.fingerprint(), laid_out, learned, rules)


def _write(made: HistoryRanking, place: Path) -> None:
    """Write the three files into a folder that is there whole or not at all. Raises OSError where that cannot be."""
    assert made.learned is not None  # what was not learned is not kept
    growing = place.with_name(f".{place.name}.{secrets.token_hex(8)}.part")
    try:
        made.learned.save(growing)
        write_arrays({field.name: getattr(made.rules, field.name) for field in fields(RuleRecord)}, growing / _RULES)
        shutil.rmtree(place, ignore_errors=True)
        growing.rename(place)
    except BaseException:
        # Ctrl-C too: whatever ends the writing, the half-written folder goes.
        shutil.rmtree(growing, ignore_errors=True)
        raise


def _read(place: Path, fingerprint: str, laid_out: HistoryFacts) -> HistoryRanking | None:
    """Read what `_write` wrote; None where there is nothing, or it is damaged or of another shape."""
    arrays = read_arrays(place / _RULES)
    try:
        rules = RuleRecord(**{field.name: (arrays or {})[field.name] for field in fields(RuleRecord)})
        learned = Learned.load(place, laid_out.facts) if place.is_dir() else None
    except (KeyError, InputError):
        return None
    except UsageError:
        # Of other features, relations or actors. That LightGBM is missing is said when it is learned anew.
        return None
    if learned is None or rules.held.shape != (len(antecedents()), 2, len(TARGETS)):
        return None
    return HistoryRanking(fingerprint, laid_out, learned, rules)


def _state(numbers: RankingSettings) -> str:
    state = json.dumps([_FORMAT, asdict(numbers), asdict(settings()), NAMES, antecedents()], sort_keys=True)
    return hashlib.sha256(state.encode("utf-8")).hexdigest()[:8]


def _drop_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("ranking-*"), key=lambda path: (path.stat().st_mtime, path.name))
    for path in kept[:-_MOST_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
