"""The article that communique was born from: everything it describes has to stand in the picture that it gives alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import communique

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "cases" / "seed_report.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="needs the article in ../shared/cases")


@cache
def picture() -> dict[str, list[dict[str, Any]]]:
    report = communique.make_report(ARTICLE.read_text(encoding="utf-8"), "2025-02-25", report_id="article")
    return communique.picture_of(communique.history_of_reports([report])).as_json()


def row(board: str, **fields: Any) -> dict[str, Any]:
    """The one row of a board with these fields."""
    found = [got for got in picture()[board] if all(got[name] == value for name, value in fields.items())]
    assert len(found) == 1, (fields, picture()[board])
    return found[0]


def steps(got: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["step"], step["date"]) for step in got["history"]]


def test_us_sanctions_on_irans_oil_are_in_force_reimposed_after_2018_relief_once_given_by_the_jcpoa() -> None:
    oil = row("sanctions", sender="USA", target="IRN", on="oil")
    assert (oil["status"], oil["since"]) == ("in force", "2018")
    assert ("reimpose", "2018") in steps(oil)
    assert oil["relief_by"] == ["JCPOA"]


def test_the_jcpoa_negotiated_in_2015_left_by_the_us_breached_by_iran_and_not_revived() -> None:
    deal = row("agreements", code="JCPOA")
    status = {party["actor"]: (party["status"], party["since"]) for party in deal["parties"]}
    assert status["USA"] == ("withdrew", "2018")
    assert status["IRN"][0] == "in breach"
    assert {"GBR", "FRA", "DEU", "RUS", "CHN"} <= {actor for actor, (stands, _) in status.items() if stands == "party"}
    assert ("negotiate", "2015") in steps(deal)
    assert "fail to revive" in [step for step, _ in steps(deal)]
    gives = {exchange["giver"]: exchange["gives"] for exchange in deal["exchange"]}
    assert "nuclear activities" in gives["IRN"]
    assert "sanctions relief" in gives.values()


def test_direct_talks_are_refused_by_iran_as_long_as_the_pressure_lasts_without_a_formal_ban() -> None:
    talks = row("talks", parties=["IRN", "USA"], form="direct")
    assert (talks["about"], talks["status"], talks["refused_by"]) == ("nuclear", "refused", ["IRN"])
    assert talks["condition"] == "as long as the “maximum pressure” campaign continues"
    assert talks["formal_ban"] is False


def test_talks_with_the_e3_are_under_way_since_late_2024() -> None:
    talks = row("talks", parties=["DEU", "FRA", "GBR", "IRN"])
    assert (talks["about"], talks["status"], talks["since"]) == ("nuclear", "under way", "2024")


def test_the_us_and_russia_held_talks_the_first_since_the_war_began() -> None:
    talks = row("talks", parties=["RUS", "USA"])
    assert talks["status"] == "held"
    assert any(
        "first direct talks since the start of the war in Ukraine" in found["text"] for found in talks["evidence"]
    )


def test_the_iranian_and_russian_ministers_consulted_in_tehran() -> None:
    talks = row("talks", parties=["IRN", "RUS"])
    assert (talks["status"], talks["place"]) == ("held", "Tehran")


def test_khamenei_is_against_talks_in_his_words_and_lavrov_for_diplomacy() -> None:
    khamenei = row("positions", actor="IRN", holder="Ali Khamenei")
    assert (khamenei["stance"], khamenei["on"]) == ("against", "talks with USA")
    assert "not smart, wise, or honourable" in khamenei["words"]
    assert row("positions", actor="RUS", holder="Sergey Lavrov", on="diplomacy")["stance"] == "for"


def test_iran_and_russia_stand_together_behind_syria_against_the_us_to_which_russia_warms() -> None:
    score = {(got["a"], got["b"]): (got["score"], got["trend"]) for got in picture()["alignments"]}
    assert score["IRN", "RUS"][0] > 0.3
    assert score["IRN", "SYR"][0] > 0
    assert score["RUS", "SYR"][0] > 0
    assert score["IRN", "USA"][0] < -0.3
    assert score["RUS", "USA"] == (score["RUS", "USA"][0], "warming")
    assert score["RUS", "USA"][0] > 0


def test_every_row_leads_to_sentences_of_the_article() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    for board, rows in picture().items():
        for got in rows:
            assert got["evidence"], (board, got)
            assert all(found["text"] in text for found in got["evidence"]), (board, got)
            assert got["changed"], (board, got)
