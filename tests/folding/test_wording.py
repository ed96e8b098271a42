"""What is left of a sentence when it is compared, and how a copy is known."""

from __future__ import annotations

import pytest

from communique.folding.wording import PERMUTATIONS, matter_share, signature, stem, text_share, wording

STORY = (
    "Peru recalled its ambassador from Bolivia on Monday over a raid on its consulate in La Paz. Bolivia accused Peru of "
    "sheltering smugglers. Police had searched the consulate for weapons at dawn and carried off two computers."
)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("expelled", "expel"), ("expels", "expel"), ("met", "meet"), ("meets", "meet"), ("envoys", "ambassador"),
     ("warplanes", "jet"), ("shut", "close"), ("closed", "close"), ("the", "the")],
)  # fmt: skip
def test_forms_of_a_word_and_words_alike_are_one(word: str, stemmed: str) -> None:
    assert stem(word) == stem(stemmed)


def test_a_sentence_is_taken_apart_around_its_anchor() -> None:
    found = wording(
        "Russia expelled 18 Czech diplomats from Brno on Monday.", "expelled 18 Czech diplomats", "SANCTION"
    )
    assert found.deed == {stem("expel")}
    assert found.object == {stem("diplomats")}
    assert (set(found.numbers), set(found.names), set(found.days)) == ({"18"}, {"Brno"}, {"Monday"})
    assert not found.again


def test_a_year_is_no_count_and_one_more_round_is_seen() -> None:
    found = wording("In 2019 two more towns were shelled again.", "were shelled again", "ASSAULT")
    assert found.numbers == {"2"}
    assert found.again


def test_a_copy_with_another_head_is_known_as_one() -> None:
    assert text_share(signature(STORY), signature("LIMA (Agency) - " + STORY)) > 0.8


def test_a_retelling_is_on_the_same_matter_but_no_copy() -> None:
    retold = (
        "Lima has called its ambassador home from La Paz because police raided the consulate and carried off computers."
    )
    assert text_share(signature(STORY), signature(retold)) < 0.3
    assert matter_share(signature(STORY), signature(retold)) > 0.1


def test_a_signature_is_the_same_in_every_process_and_version() -> None:
    assert signature("Peru met Bolivia in Lima.")[:8].hex() == "22b9beb0cca6f020"
    assert len(signature(STORY)) == 8 * PERMUTATIONS


def test_a_text_without_words_has_no_signature_and_is_like_none() -> None:
    assert signature("… 。") == b""
    assert text_share(b"", b"") == 0.0
