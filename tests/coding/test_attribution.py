"""On whose word an act stands, and what binds it."""

from __future__ import annotations

import pytest

import communique
from communique.records import Event


def event_of(text: str, kind: str) -> Event:
    (event,) = [event for event in communique.read(text, "2025-02-25") if event.type == kind]
    return event


CLAIMS = [
    ("Russia claimed that Ukraine shelled Belgorod.", "ASSAULT", "RUS"),
    ("According to Turkey, Greece expelled two imams.", "COERCE", "TUR"),
    ("The Syrian opposition says the army shelled Homs.", "ASSAULT", "SYR/OPP"),
    ("Hamas said Israel had bombed Gaza.", "ASSAULT", "HAMAS"),
    # Analysts, witnesses and agencies only pass the word on.
    ("Analysts said that Chad had attacked Sudan.", "ASSAULT", None),
    ("Witnesses said that Turkish troops shelled Homs.", "ASSAULT", None),
    ("Reuters reported that Peru had recalled its ambassador from Bolivia.", "SANCTION", None),
    # Nobody but the reporter.
    ("Norway sent aid to Chad.", "AID", None),
    # A word that is itself the act needs nobody's word.
    ("Kenya accused Somalia of shelling a village.", "ACCUSE", None),
    ("Kenya said Somalia must free the sailors.", "REQUEST", None),
]


@pytest.mark.parametrize(("text", "kind", "claimant"), CLAIMS)
def test_an_act_stands_on_the_word_of_who_told_it(text: str, kind: str, claimant: str | None) -> None:
    event = event_of(text, kind)
    assert event.claimed_by == claimant
    assert claimant not in event.source


@pytest.mark.xfail(strict=True, reason="“did not say whether” is taken for a claim")
def test_who_did_not_say_so_claims_nothing() -> None:
    text = "The Dutch minister did not say whether Spain had expelled the Venezuelan envoy."
    assert event_of(text, "SANCTION").claimed_by is None


CONDITIONS = [
    (
        "Iran is ready to talk to the United States if sanctions are lifted.",
        "AGREE",
        "if sanctions are lifted",
    ),
    ("France will impose sanctions on Mali unless the junta leaves.", "SANCTION", "unless the junta leaves"),
    ("Israel will bomb Gaza until Hamas frees the hostages.", "ASSAULT", "until Hamas frees the hostages"),
    (
        "Cuba would meet the United States as long as the embargo was lifted.",
        "CONSULT",
        "as long as the embargo was lifted",
    ),
    (
        "Oslo promised aid to Malawi provided that the vote was fair.",
        "AGREE",
        "provided that the vote was fair",
    ),
    (
        "Chad refused to meet the rebels while fighting continues in the east.",
        "REJECT",
        "while fighting continues in the east",
    ),
    ("Japan criticised China while visiting Manila.", "ACCUSE", None),
    ("If Israel bombs Iran, Hezbollah will attack Israel.", "ASSAULT", "If Israel bombs Iran"),
    ("Norway sent aid to Chad.", "AID", None),
    ("Norway sent aid to Chad because the harvest had failed.", "AID", None),
    ("Norway sent aid to Chad after the harvest had failed.", "AID", None),
]


@pytest.mark.parametrize(("text", "kind", "condition"), CONDITIONS)
def test_a_condition_is_kept_in_the_words_of_the_text(text: str, kind: str, condition: str | None) -> None:
    found = [event for event in communique.read(text, "2025-02-25") if event.type == kind]
    assert condition in [event.condition for event in found]
    assert all(event.condition is None or event.condition in text for event in found)


def test_a_condition_binds_the_act_and_not_the_clause_it_stands_in() -> None:
    events = communique.read("If Israel bombs Iran, Hezbollah will attack Israel.", "2025-02-25")
    bound = {event.source: event.condition for event in events}
    assert bound.pop(("HEZBOLLAH",)) == "If Israel bombs Iran"
    assert set(bound.values()) <= {None}
    assert "occurred" not in {event.status.value for event in events}


def test_a_clause_behind_he_said_that_tells_when_is_the_reporter_s() -> None:
    text = "Iran will not meet the United States, Araghchi said on Tuesday, a day after Washington blacklisted Iranian banks."
    claims = {event.type: event.claimed_by for event in communique.read(text, "2025-02-26")}
    assert claims == {"REJECT": "IRN", "SANCTION": None}
