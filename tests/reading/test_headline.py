"""Headlines read as sentences: ordinary words lose their capital, names and lengths stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.reading.headline import headline_or_text, sentence_case
from communique.reading.parser import common_words

NAMES = frozenset(
    ["Panama", "Cuba", "Iran", "UN", "Yemen", "Turkey", "EU", "NATO", "Britain", "Israel", "Gaza", "Trump", "Xi"]
) | frozenset(["Putin", "Brussels", "May", "Berlin", "Kenya", "Kim", "Jong", "US"])

TITLES = [
    ("Panama Recalls Ambassador From Cuba", "Panama recalls ambassador from Cuba"),
    ("UN Envoy Meets Rebels in Yemen", "UN envoy meets rebels in Yemen"),
    ("Britain Expels Four Diplomats, Cuts Aid", "Britain expels four diplomats, cuts aid"),
    ("NATO, EU Condemn Attack", "NATO, EU condemn attack"),
    ("Xi, Putin Hail Ties", "Xi, Putin hail ties"),
    ("Brussels Mulls Reprisals", "Brussels mulls reprisals"),
    ("May Visits Berlin", "May visits Berlin"),
    ("Trump Threatens Tariffs", "Trump threatens tariffs"),
    ("Talks Stalled Again", "talks stalled again"),
    ("Kim Jong-un Oversees Launch", "Kim Jong-un oversees launch"),
    ("US Bans Chips", "US bans chips"),
    # A name nobody told us of keeps its capital because it is no English word.
    ("Öz Meets Çelik in İzmir", "Öz meets Çelik in İzmir"),
    ("Straße Blocked By Protesters", "Straße blocked by protesters"),
    # Shouted from end to end.
    ("IRAN TEST-FIRES NEW MISSILE", "Iran test-fires new missile"),
    ("ISRAEL BOMBS GAZA PORT", "Israel bombs Gaza port"),
    # Already as a sentence: left as it is.
    ("Kenya closes its border to Somali traders", "Kenya closes its border to Somali traders"),
    ("", ""),
    ("2025", "2025"),
]


@pytest.mark.parametrize(("title", "read_as"), TITLES)
def test_a_title_is_read_in_the_case_of_a_sentence(title: str, read_as: str) -> None:
    assert sentence_case(title, NAMES, common_words()) == read_as


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Turkey’s Ruling Party Rejects Offer", "Turkey’s ruling party rejects offer"),
        ("Turkey's Ruling Party Rejects Offer", "Turkey's ruling party rejects offer"),
    ],
)
def test_a_name_keeps_its_capital_in_the_possessive(title: str, read_as: str) -> None:
    assert sentence_case(title, NAMES, common_words()) == read_as


@settings(deadline=None)
@given(st.text(max_size=90))
def test_any_title_keeps_its_length_and_every_letter_but_for_case(title: str) -> None:
    read_as = sentence_case(title, NAMES, common_words())
    assert len(read_as) == len(title)
    for printed, read in zip(title, read_as, strict=True):
        assert read in {printed, printed.lower()}


@settings(deadline=None)
@given(st.lists(st.sampled_from([*sorted(NAMES), "Recalls", "Ambassador", "From", "İlham", "ẞ", "-"]), max_size=9))
def test_names_are_found_again_at_the_same_place(words: list[str]) -> None:
    title = " ".join(words)
    read_as = sentence_case(title, NAMES, common_words())
    assert len(read_as) == len(title)
    shouted = title.isupper()
    for word, read in zip(title.split(), read_as.split(), strict=True):
        if word in NAMES and not shouted:
            assert read == word


def test_only_a_short_paragraph_without_a_full_stop_is_taken_for_a_headline() -> None:
    common = common_words()
    assert headline_or_text("Panama Recalls Ambassador", NAMES, common) == "Panama recalls ambassador"
    for text in (
        "Panama Recalls Ambassador.",
        "Will Panama Recall Its Ambassador?",
        "Panama Recalls",
        "The Minister Of Foreign Affairs Of Panama And His Many Guests From Cuba Met In The Old Palace Yesterday",
    ):
        assert headline_or_text(text, NAMES, common) == text
