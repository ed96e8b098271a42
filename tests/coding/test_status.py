"""Whether it happened: a sentence with one act, the act's type, and what became of it."""

from __future__ import annotations

import pytest

import communique
from communique.records import Event, Status


def only_event(text: str, title: str | None = None) -> Event:
    (event,) = communique.read(text, "2025-02-25", title)
    return event


TOLD = [
    # told as a fact
    ("Norway imposed sanctions on Chad.", "SANCTION", "occurred"),
    ("Norway has imposed sanctions on Chad.", "SANCTION", "occurred"),
    ("Norway is imposing sanctions on Chad.", "SANCTION", "occurred"),
    ("Kenya began shelling Somalia.", "ASSAULT", "occurred"),
    # denied in so many words
    ("Norway has not imposed sanctions on Chad.", "SANCTION", "denied"),
    ("Peru did not expel the Chilean ambassador.", "SANCTION", "denied"),
    ("Kenya never attacked Somalia.", "ASSAULT", "denied"),
    ("Belarus has never recognised Kosovo.", "SUPPORT", "denied"),
    ("No Turkish soldiers attacked Syria.", "ASSAULT", "denied"),
    ("Sudan failed to withdraw its troops from Chad.", "RETREAT", "denied"),
    ("Hungary has yet to ratify the treaty with Slovakia.", "SUPPORT", "denied"),
    ("Chad was unable to arrest the Sudanese rebels.", "COERCE", "denied"),
    ("Canada avoided condemning Israel.", "ACCUSE", "denied"),
    ("India has no plans to attack Pakistan.", "ASSAULT", "denied"),
    ("Cuba has not ruled out talks with the United States.", "REJECT", "denied"),
    # possible, or bound to something else
    ("Egypt may expel the Qatari ambassador.", "SANCTION", "hypothetical"),
    ("Greece might recall its ambassador from Turkey.", "SANCTION", "hypothetical"),
    ("Japan could impose sanctions on North Korea.", "SANCTION", "hypothetical"),
    ("Saudi Arabia is unlikely to attack Iran.", "ASSAULT", "hypothetical"),
    ("Libya would attack Tunisia if the dam were closed.", "ASSAULT", "hypothetical"),
    ("The minister did not say whether Spain had expelled the Venezuelan envoy.", "SANCTION", "hypothetical"),
    # ahead
    ("France will impose sanctions on Mali.", "SANCTION", "planned"),
    ("France will impose sanctions on Mali unless the junta leaves.", "SANCTION", "planned"),
    ("Norway plans to send aid to Chad.", "AID", "planned"),
    ("Sweden intends to expel the Russian ambassador.", "SANCTION", "planned"),
    ("The Polish president is expected to visit Lithuania on Friday.", "CONSULT", "planned"),
    ("The Chinese president is due to visit Serbia next month.", "CONSULT", "planned"),
    ("Bolivia is scheduled to sign a treaty with Peru on Monday.", "SUPPORT", "planned"),
    ("The foreign ministers of Greece and Turkey are to meet in Athens.", "CONSULT", "planned"),
    # words about the future that are acts of their own, and occurred
    ("Turkey threatened to expel the Greek ambassador.", "THREATEN", "occurred"),
    ("Egypt refused to meet Israel.", "REJECT", "occurred"),
    ("Iran will not meet the United States.", "REJECT", "occurred"),
    ("Ethiopia will not negotiate with Eritrea.", "REJECT", "occurred"),
    ("North Korea ruled out talks with South Korea.", "REJECT", "occurred"),
    ("Norway promised to send aid to Chad.", "AGREE", "occurred"),
    ("Russia urged Chad to expel the Sudanese rebels.", "REQUEST", "occurred"),
]


@pytest.mark.parametrize(("text", "kind", "status"), TOLD)
def test_a_sentence_tells_what_became_of_its_one_act(text: str, kind: str, status: str) -> None:
    event = only_event(text)
    assert (event.type, event.status.value) == (kind, status)
    assert f"; {status}: " in event.rule


@pytest.mark.parametrize(
    ("title", "kind", "status"),
    [
        ("Russia to Cut Gas Supplies to Moldova", "SANCTION", "planned"),
        ("France to Expel Russian Envoy", "SANCTION", "planned"),
        ("Russia Cuts Gas Supplies to Moldova", "SANCTION", "occurred"),
        ("Turkey May Expel Greek Envoy", "SANCTION", "hypothetical"),
    ],
)
def test_a_headline_speaks_of_the_future_by_a_bare_infinitive(title: str, kind: str, status: str) -> None:
    event = only_event("Nobody knew the date.", title)
    assert (event.sentence, event.type, event.status.value) == (-1, kind, status)


@pytest.mark.parametrize("title", ["Polish Leader to Visit Lithuania", "Polish President to Visit Lithuania"])
def test_a_headline_s_infinitive_has_the_noun_before_it_as_its_subject(title: str) -> None:
    event = only_event("Nobody knew the date.", title)
    assert (event.source, event.type, event.status) == (("POL",), "CONSULT", Status.PLANNED)


def test_neither_nor_denies_both_acts() -> None:
    events = communique.read("Libya neither attacked nor threatened Tunisia.")
    assert {event.type: event.status for event in events} == {"ASSAULT": Status.DENIED, "THREATEN": Status.DENIED}


def test_what_is_threatened_refused_or_asked_for_is_not_coded_again_as_a_deed() -> None:
    for text in (
        "Turkey threatened to expel the Greek ambassador.",
        "Russia urged Chad to expel the Sudanese rebels.",
        "Egypt refused to meet Israel.",
        "Norway promised to send aid to Chad.",
    ):
        assert len(communique.read(text)) == 1, text


def test_a_denied_accusation_is_a_rejection_that_occurred() -> None:
    event = only_event("Iran denied having attacked the Saudi tanker.")
    assert (event.type, event.status) == ("REJECT", Status.OCCURRED)


TURNS = [
    ("Britain stopped short of condemning Israel.", "ACCUSE", "denied"),
    ("The United States is considering sanctions on Iran.", "SANCTION", "hypothetical"),
    ("Germany is set to deploy troops to Lithuania.", "MOBILIZE", "planned"),
]


@pytest.mark.parametrize(("text", "kind", "status"), TURNS)
def test_further_turns_of_phrase_decide_what_became_of_the_act(text: str, kind: str, status: str) -> None:
    events = [(event.type, event.status.value) for event in communique.read(text, "2025-02-25")]
    assert events == [(kind, status)]


def test_without_denies_only_its_own_clause() -> None:
    events = communique.read("Without attacking Iran, Israel sent it a warning.")
    assert [event.status for event in events if event.type == "THREATEN"] == [Status.OCCURRED]


@pytest.mark.parametrize(
    "text",
    [
        "Israel will bomb Gaza until Hamas frees the hostages.",
        "Saudi Arabia will pay Yemen once the Houthis free the prisoners.",
    ],
)
def test_what_is_awaited_has_not_happened(text: str) -> None:
    freed = [event.status for event in communique.read(text, "2025-02-25") if event.type == "RETREAT"]
    assert Status.OCCURRED not in freed
