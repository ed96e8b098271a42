"""From text to sentences: blocks, datelines, offsets and the lemmas that the model gets wrong."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.reading.parser import BLOCK_CHARACTERS, LONGEST_SENTENCE, blocks, parse, straight
from tests.reading.helpers import sentences_of

SLOW = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])

# -- blocks ------------------------------------------------------------------------------------------


def test_paragraphs_are_read_apart() -> None:
    text = "Kenya closed the border.\n\nSomalia protested.\n   \nUganda waited."
    assert [block for _, block in blocks(text)] == ["Kenya closed the border.", "Somalia protested.", "Uganda waited."]


@pytest.mark.parametrize(
    "paragraph",
    [
        ("Norway sent aid to Chad. " * 2400)[:60_000],
        "Norway, Chad and Mali talked " * 2069,
        "x" * 60_000,
        "Oslo!" + "?" * 59_995,
    ],
)
def test_a_paragraph_of_sixty_thousand_characters_is_cut_and_nothing_is_lost(paragraph: str) -> None:
    found = blocks(paragraph)
    assert len(found) > 60_000 // BLOCK_CHARACTERS - 1
    assert max(len(block) for _, block in found) <= BLOCK_CHARACTERS
    assert "".join(block for _, block in found).rstrip() == paragraph.rstrip()


def test_a_long_paragraph_is_cut_between_sentences_where_there_are_any() -> None:
    found = blocks("Norway sent aid to Chad. " * 1000)
    assert all(block.rstrip().endswith(".") for _, block in found)


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(["OSLO (AP) - ", "Chad ", "fell. ", "\n", "\r\n", "—", "x" * 3_000, "; "]), max_size=12
        ).map("".join),
    )
)
def test_every_block_stands_in_the_text_where_it_says_and_no_letter_is_left_out(text: str) -> None:
    reached = 0
    for offset, block in blocks(text):
        assert text[offset : offset + len(block)] == block
        assert offset >= reached
        assert not text[reached:offset].strip()
        assert len(block) <= BLOCK_CHARACTERS
        reached = offset + len(block)
    assert not text[reached:].strip()


# -- datelines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("BAGHDAD (Reuters) - ", "Iraq closed the border."),
        ("MELLITAH, Libya : ", "Workers left the plant."),
        ("AP - ", "Norway won the vote."),
        ("Paris (AFP) -- ", "France recalled its envoy."),
        ("NEW YORK, Sept 5 (Reuters) - ", "The council met."),
        ("WASHINGTON — ", "Congress voted."),
        ("OSLO, Norway (AP) - ", "Talks began."),
    ],
)
def test_a_dateline_is_parsed_apart(dateline: str, rest: str) -> None:
    assert blocks(dateline + rest) == [(0, dateline), (len(dateline), rest)]


@pytest.mark.parametrize(
    "text", ["Kenya - a land of runners - voted.", "Iraq closed the border - again.", "I said: no."]
)
def test_a_sentence_with_a_dash_has_no_dateline(text: str) -> None:
    assert blocks(text) == [(0, text)]


# -- sentences -----------------------------------------------------------------------------------------


def test_the_title_is_sentence_minus_one_and_the_text_counts_from_zero() -> None:
    found = sentences_of(
        "Kenya expelled the envoy. It gave no reason.\n\nChad protested.", "Kenya Expels Envoy of Chad"
    )
    assert [(sentence.index, sentence.text) for sentence in found] == [
        (-1, "Kenya Expels Envoy of Chad"),
        (0, "Kenya expelled the envoy."),
        (1, "It gave no reason."),
        (2, "Chad protested."),
    ]


def test_texts_come_back_one_list_each_in_order_the_empty_ones_too() -> None:
    texts = ["Kenya voted.", "", "   ", "Peru voted. Chile did not."] * 40
    found = list(parse([(text, None, frozenset()) for text in texts]))
    assert [len(sentences) for sentences in found] == [1, 0, 0, 2] * 40
    assert [s.text for s in found[-1]] == ["Peru voted.", "Chile did not."]


def test_a_sentence_without_an_end_is_cut_so_that_work_stays_bounded() -> None:
    found = sentences_of("Norway, Chad, Mali, " * 400)
    assert sum(len(sentence.tokens) for sentence in found) == 2_400
    assert max(len(sentence.tokens) for sentence in found) <= LONGEST_SENTENCE


PIECES = ["Iran", "the U.S.", "“condemned”", "Côte d’Ivoire", "will not", "ECOWAS", "vice-president", "\n\n", "."]
PIECES += [
    "—",
    "…",
    "٣",
    "مرحبا",
    "\u202e",
    "\x00",
    "\t",
    "a" * 30,
    "2025",
    "'s",
    "👋🏽",
    "ﬁ",
    "İ",
    "\u00a0",
    "\r\n",
    "  ",
]


@SLOW
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)),
    st.one_of(st.none(), st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)),
)
def test_every_word_stands_in_the_passage_where_its_offsets_say(text: str, title: str | None) -> None:
    counted = 0
    for sentence in sentences_of(text, title, frozenset(["Iran"])):
        passage = text if sentence.index >= 0 else title
        assert sentence.passage == passage
        assert sentence.index in {-1, counted}
        counted += sentence.index >= 0
        end = 0
        for token in sentence.tokens:
            assert end <= token.start < token.end <= len(passage)
            end = token.end
            # The parser reads straight quotes and a quieter case; letter by letter it is the same word.
            assert len(token.text) == token.end - token.start
            assert token.text.casefold() == straight(passage)[token.start : token.end].casefold()
        for place, below in enumerate(sentence.children):
            assert all(sentence.tokens[child].head == place for child in below)


@given(st.text(max_size=200))
def test_straightening_keeps_the_length(text: str) -> None:
    assert len(straight(text)) == len(text)


def test_curly_quotes_long_acronyms_and_vice_presidents_are_read_as_the_model_knows_them() -> None:
    assert straight("“ECOWAS’s vice-president”") == '"Ecowas\'s vice president"'
    assert straight("NATO (ECOWAS) and SADC") == "NATO (Ecowas) and SADC"


# -- lemmas --------------------------------------------------------------------------------------------

LEMMAS = [
    ("Crowds staged a protest.", "staged", "stage"),
    ("The premier is staging a comeback.", "staging", "stage"),
    ("The state hoped for peace.", "hoped", "hope"),
    ("The frog hopped over.", "hopped", "hop"),
    ("Togo readmitted the envoy.", "readmitted", "readmit"),
    ("Greece resubmitted the plan.", "resubmitted", "resubmit"),
    ("The army shelled the town.", "shelled", "shell"),
    ("The union expelled Mali.", "expelled", "expel"),
    ("Rebels razed villages.", "razed", "raze"),
    ("The navy seized ships.", "seized", "seize"),
    ("Mali freed two aid workers.", "freed", "free"),
    ("They reimposed sanctions.", "reimposed", "reimpose"),
    ("Norway denied visas.", "denied", "deny"),
    ("Iran rebuffed the offer.", "rebuffed", "rebuff"),
    ("The council vetoed the text.", "vetoed", "veto"),
    ("Peru banned imports.", "banned", "ban"),
    ("The deal was scrapped.", "scrapped", "scrap"),
    ("The mission was scaled back.", "scaled", "scale"),
]


@pytest.mark.parametrize(("text", "word", "lemma"), LEMMAS)
def test_a_verb_is_traced_to_its_dictionary_form(text: str, word: str, lemma: str) -> None:
    (sentence,) = sentences_of(text)
    assert [token.lemma for token in sentence.tokens if token.text == word] == [lemma]


def test_an_irregular_verb_with_a_prefix_is_traced_too() -> None:
    (sentence,) = sentences_of("Troops retook the city.")
    assert [token.lemma for token in sentence.tokens if token.text == "retook"] == ["retake"]
