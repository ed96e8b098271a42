"""The rules are data that a person may edit: each file says whence it is, and a slip in it is named."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from communique.errors import KnowledgeError
from communique.folding import rules as room

DATA = Path(str(files("communique.folding") / "data"))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.name)
def test_each_file_names_its_source_and_day(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert "# source:" in head
    assert "# checked: 20" in head


def test_what_speaks_for_one_act_weighs_up_and_what_speaks_against_it_down() -> None:
    weights = room.rules().weights
    for name in weights.__dataclass_fields__:
        up = name.startswith(("same_", "near_sentence", "near_text", "undated_near"))
        assert (getattr(weights, name) > 0) == up, name


def test_confusable_goes_both_ways() -> None:
    likes = room.rules().like_types
    assert all(name in likes[other] for name, others in likes.items() for other in others)
    assert all(name in others for name, others in likes.items())


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [("  same_day:", "  same_dya:", "weights"), ("[AGREE, CONCEDE]", "[AGREE, CONCED]", "confusable")],
)
def test_a_slip_in_the_file_is_named(
    before: str, after: str, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    text = (DATA / "folding.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "data" / "folding.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr(room, "files", lambda _: tmp_path)
    with pytest.raises(KnowledgeError, match=complaint):
        room.rules.__wrapped__()
