"""Which words are handed to the classifier as source and target."""

from __future__ import annotations

import pytest

from communique.coding.classifier.marking import MARGIN, MOST_WORDS, marked
from communique.reading.parser import parse
from communique.records import Sentence


def sentence(text: str) -> Sentence:
    return next(parse([(text, None, frozenset())]))[0]


def place(sentence: Sentence, word: str) -> int:
    return next(token.index for token in sentence.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Oman's foreign minister met the rebels.", "minister", "rebels",
         "<s>Oman's foreign minister</s> met <t>the rebels</t>."),
        ("The two envoys of the African Union left Mali.", "envoys", "Mali",
         "<s>The two envoys of the African Union</s> left <t>Mali</t>."),
        ("Chad was shelled by Libyan troops.", "troops", "Chad", "<t>Chad</t> was shelled by <s>Libyan troops</s>."),
        ("Peru protested.", "Peru", None, "<s>Peru</s> protested."),
    ],
)  # fmt: skip
def test_whole_phrases_are_marked(text: str, source: str, target: str | None, wanted: str) -> None:
    parsed = sentence(text)
    heads = [place(parsed, target)] if target else []
    assert marked(parsed, [place(parsed, source)], heads, 0) == wanted


def test_of_two_phrases_that_overlap_only_the_heads_are_marked() -> None:
    parsed = sentence("Bolivia's president resigned.")
    assert marked(parsed, [place(parsed, "president")], [0], 0) == "<t>Bolivia</t>'s <s>president</s> resigned."


@pytest.mark.parametrize("between", ["", "and the talks went on and on " * 20])
def test_of_a_long_sentence_the_words_around_the_marks_are_given(between: str) -> None:
    parsed = sentence(f"Togo {between} shelled Benin " + "and the talks went on and on " * 20 + ".")
    assert len(parsed.tokens) > MOST_WORDS
    text = marked(parsed, [place(parsed, "Togo")], [place(parsed, "Benin")], place(parsed, "shelled"))
    assert "<s>Togo</s>" in text
    assert "shelled <t>Benin</t>" in text
    assert len(text.split()) <= 6 * MARGIN + 6


def test_what_a_report_holds_is_never_taken_for_a_mark() -> None:
    parsed = sentence("Togo <t>quietly</t> shelled [unused1] Benin.")
    text = marked(parsed, [0], [place(parsed, "Benin")], 0)
    assert text.count("<t>") == text.count("<s>") == 1
    assert "[unused1]" not in text
