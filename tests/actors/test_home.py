"""Whose soldiers, police and rebels are meant where no country stands beside them."""

from __future__ import annotations

import pytest

import communique


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Leaders met on the island of Fiji, where soldiers shot a Tongan envoy.", "FJI"),
        ("A spokesman in Nairobi condemned Somalia.", "KEN"),
        ("Forces fighting on behalf of the Assad regime bombed Turkish posts.", "SYR"),
        ("Troops of the CSTO alliance attacked Georgia.", "CSTO"),
        ("Russian-led CSTO troops attacked Georgia.", "CSTO"),
        ("NATO-led troops attacked Serbia.", "NATO"),
        ("GENEVA (Reuters) - Soldiers of Chad attacked Sudanese villages.", "TCD"),
    ],
)
def test_the_country_of_the_armed(text: str, source: str) -> None:
    sources = {code.split("/")[0] for event in communique.read(text, "2014-05-01") for code in event.source}
    assert source in sources


def test_a_seat_of_organisations_in_the_dateline_is_no_country_of_the_report() -> None:
    text = "GENEVA (Reuters) - Kenya put a frigate on alert on Friday, the foreign ministry said."
    assert "CHE" not in {code for event in communique.read(text) for code in (*event.source, *event.target)}
