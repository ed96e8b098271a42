"""How acts are weighed, and what the classifier may add to the frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import communique
from communique.coding.proposals import MOST, Proposal, mentions
from communique.coding.roles import Roles
from communique.coding.weighing import LEAST, Weights, weights
from communique.pipeline import ReadReport, make_report, read_reports_fully


def rules_only(text: str) -> ReadReport:
    return next(read_reports_fully([make_report(text)], second_reading=False))


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.floats(-100, 100)), st.floats(-50, 50))
def test_a_weighed_probability_lies_between_nothing_and_one(features: dict[str, float], intercept: float) -> None:
    assert 0 < Weights(intercept, {"a": 3.0, "b": -3.0}).probability(features) < 1


def test_the_surer_the_classifier_the_surer_the_act() -> None:
    for name in ("frame", "proposal", "completion"):
        slopes = weights(name).slopes
        assert slopes["type"] > 0 >= slopes["none"]


def sides(proposal: Proposal) -> tuple[str, str]:
    return "+".join(proposal.source.codes), "+".join(proposal.target.codes)


def test_an_act_that_lacks_a_side_is_tried_with_the_other_actors_of_the_sentence() -> None:
    done = rules_only("Ukrainian artillery answered a Russian barrage with an attack at dawn.")
    assert ("UKR", "RUS") in {sides(p) for p in done.coding.proposals} | {
        ("+".join(e.source), "+".join(e.target)) for e in done.events
    }


def test_two_actors_that_an_act_joins_already_are_not_proposed_again() -> None:
    done = rules_only("Peru recalled its ambassador from Chile.")
    assert done.events
    assert not done.coding.proposals


def test_what_is_asked_for_is_not_proposed_as_a_deed() -> None:
    done = rules_only("France urged Serbia to release the Bosnian officers.")
    assert ("SRB", "BIH") not in {sides(proposal) for proposal in done.coding.proposals}


def test_a_sentence_full_of_names_asks_the_classifier_only_so_often() -> None:
    names = "Peru, Chile, Brazil, Ghana, Kenya, Japan, Norway and Nepal"
    assert len(rules_only(f"{names} gathered where Fiji, Tonga, Samoa, Oman and Qatar wait.").coding.proposals) <= MOST


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Peru's president told the African Union about Chad.", ["PER", "AU", "TCD"]),
        ("The International Court of Justice heard Chile.", ["ICJ", "CHL"]),
        ("A drone fell near Kyiv.", []),
    ],
)
def test_actors_of_a_sentence(text: str, named: list[str]) -> None:
    done = rules_only(text)
    found = [code for party in mentions(Roles(done.sentences[0], done.discourse)) for code in party.codes]
    assert [code for code in dict.fromkeys(found) if code != "UKR"] == named


def test_every_event_is_as_sure_as_it_must_be_to_be_kept() -> None:
    text = "Peru recalled its ambassador from Chile. Japan trims ties with Oman, and Ghana frowned at Togo."
    assert all(min(LEAST.values()) <= event.confidence < 1 for event in communique.read(text))


def completions(text: str) -> list[Proposal]:
    return [proposal for proposal in rules_only(text).coding.proposals if proposal.draft is not None]


def test_a_completed_act_is_drafted_as_the_coder_would_draft_it() -> None:
    text = "Talks between the ministers were broken off, Peru told Chile after the arrest of the consul."
    for proposal in completions(text):
        draft = proposal.draft
        assert draft is not None
        assert draft.cameo
        assert draft.type in draft.rule or draft.rule.startswith("“")
        assert set(proposal.source.codes) | set(proposal.target.codes) == set(draft.source.codes) | set(
            draft.target.codes
        )


def test_an_act_is_never_given_both_by_a_frame_and_by_the_classifier() -> None:
    text = "Serbia refuses to sign what it accepted with Kosovo and North Macedonia in Ohrid in March."
    done = next(read_reports_fully([make_report(text)]))
    triggers = [draft.act.trigger for group in done.coding.groups for draft in group]
    assert len(triggers) == len(set(triggers))


def test_what_its_own_people_are_ordered_is_not_completed_with_a_bystander() -> None:
    assert not completions("The United States ordered its diplomats to leave Iraq.")
