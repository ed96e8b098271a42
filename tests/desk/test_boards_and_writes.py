"""A board is of the casebook as it is: also where something is written while the board is being worked out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communique.casebook.filters import EventFilter
from communique.casebook.store import Casebook
from communique.desk.desk import Desk
from communique.pipeline import open_casebook
from communique.records import History
from communique.standing.picture import picture_of


def test_a_write_in_between_leaves_no_old_board(
    read_casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "written.casebook"
    shutil.copy(read_casebook, path)
    with open_casebook(path) as casebook:
        desk = Desk(casebook)
        (imposed, *_) = casebook.events(EventFilter(type=["SANCTION"], limit=1))
        asked: list[str] = []
        history = Casebook.history

        def written_meanwhile(self: Casebook, *given: object, **named: object) -> History:
            found: History = history(self, *given, **named)  # type: ignore[arg-type]
            if not asked:
                asked.append("once")
                casebook.delete(imposed.event.event_id, "tester")
            return found

        monkeypatch.setattr(Casebook, "history", written_meanwhile)
        before = desk.board("sanctions")
        after = desk.board("sanctions")
        assert after == picture_of(casebook.history())["sanctions"]
        assert after != before
        desk.close()
