"""Whose words a statement is."""

from __future__ import annotations

import pytest

import communique


@pytest.mark.parametrize(
    ("title", "text", "source"),
    [
        ("Statement by the Foreign Minister of Ghana on Togo", "We condemn the raid on the Togolese post.", "GHA"),
        ("Press release of the African Union", "We call on Mali to free the ministers.", "AU"),
        ("Briefing", "Angela Merkel: Good morning. We urge Serbia to sign the accord.", "DEU"),
    ],
)
def test_we_is_whoever_the_title_or_the_first_words_name(title: str, text: str, source: str) -> None:
    events = communique.read(text, "2012-05-01", title)
    assert source in {code for event in events for code in event.source}


def test_a_place_before_a_colon_speaks_for_nobody() -> None:
    events = communique.read("We condemn the raid on the Togolese post.", "2012-05-01", "Syria: UN aid workers leave")
    assert "SYR" not in {code for event in events if event.type == "ACCUSE" for code in event.source}
