"""Moves of events that have a CAMEO code but no sentence, as other people's event data has them: data/coded_moves.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.errors import KnowledgeError
from communique.moves.rules import board_rules
from communique.records import Board, Event, Move, Status
from communique.word_files import read_table


@dataclass(frozen=True, slots=True)
class CodedMove:
    """What an act of one CAMEO code means on a board."""

    board: Board
    step: str
    form: str | None
    about: tuple[str, ...]
    stance: str | None


@cache
def coded_moves() -> dict[str, tuple[CodedMove, ...]]:
    """Give CAMEO code → its moves, loaded once a process; KnowledgeError names a row whose board or step is unknown."""
    path = files("communique.moves") / "data" / "coded_moves.csv"
    found: dict[str, tuple[CodedMove, ...]] = {}
    for row in read_table(path):
        if row["board"] not in set(Board) or row["step"] not in board_rules(Board(row["board"])).steps:
            raise KnowledgeError(
                f"{path.name}, CAMEO {row['cameo']}: there is no step {row['step']!r} on a board {row['board']!r};"
                f" take one of moves/data/{row['board']}.yaml"
            )
        about = tuple(part.strip() for part in row["about"].split(";") if part.strip())
        move = CodedMove(Board(row["board"]), row["step"], row["form"] or None, about, row["stance"] or None)
        found[row["cameo"]] = (*found.get(row["cameo"], ()), move)
    return found


def moves_of_coded(event: Event, published: str | None) -> tuple[Move, ...]:
    """Give the moves that an event's CAMEO code makes; `published` is the ISO day on which it was told, if known.

    What did not happen, or only may, makes none; talks that are planned are scheduled.
    """
    if event.status in {Status.DENIED, Status.HYPOTHETICAL}:
        return ()
    return tuple(
        Move(
            board=coded.board, step=_step(coded, event), report_id=event.report_id, sentence=event.sentence,
            event_id=event.event_id, source=event.source, target=event.target, about=coded.about, form=coded.form,
            stance=coded.stance, status=event.status, condition=event.condition, date=event.date, published=published,
            words=event.anchor, order=index,
        )
        for index, coded in enumerate(coded_moves().get(event.cameo, ()))
    )  # fmt: skip


def _step(coded: CodedMove, event: Event) -> str:
    return "schedule" if coded.step == "hold" and event.status is Status.PLANNED else coded.step
