"""Codes for the actors that a person names, by code or by name."""

from __future__ import annotations

import pytest

from communique.casebook.naming import code_if_named, code_of, codes_of
from communique.errors import UsageError


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("USA", "USA"), ("usa", "USA"), ("irn", "IRN"), (" Irn ", "IRN"), ("sdn/reb", "SDN/REB"), ("hamas", "HAMAS"),
        ("Iran", "IRN"), ("NOBODY", "NOBODY"), ("Sudan (rebels)", "SDN/REB"),
    ],
)  # fmt: skip
def test_an_actor_is_named_by_code_or_name_and_a_known_code_also_in_small_letters(words: str, code: str) -> None:
    assert code_of(words) == code


@pytest.mark.parametrize("words", ["nobody", "Nobodyland", "irn/"])
def test_small_letters_are_no_new_code(words: str) -> None:
    with pytest.raises(UsageError, match="is no actor that is known: give a code"):
        code_of(words)


@pytest.mark.parametrize("words", ["", "  "])
def test_an_empty_name_is_nobody(words: str) -> None:
    for asked in (lambda: code_of(words), lambda: codes_of([words])):
        with pytest.raises(UsageError, match="not an empty text"):
            asked()
    assert code_if_named(words) is None
    assert code_if_named(f"{words}IRN") == "IRN"
    assert codes_of([]) == ()
