"""A text is cut into sentences and marks without losing or doubling a character, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.casebook.by_hand import place_in
from communique.desk.reading_view import TEXT, TITLE, Mark, Stretch, stretches_of

PASSAGE = "Iran refused talks. Peru 🕊️ met Chilé."


def words_of(stretches: tuple[Stretch, ...]) -> str:
    return "".join(piece.text for one in stretches for piece in one.pieces)


def test_two_events_told_by_the_same_words_share_a_piece() -> None:
    marks = [Mark("a", TEXT, 0, 18, 3), Mark("b", TEXT, 5, 12, 1)]
    (sentence, gap, other) = stretches_of(PASSAGE, TEXT, [(0, 0, 19), (1, 20, len(PASSAGE))], marks)
    assert [(piece.text, piece.event_ids, piece.leads) for piece in sentence.pieces] == [
        ("Iran ", ("a",), True),
        ("refused", ("b", "a"), True),
        (" talks", ("a",), False),
        (".", (), False),
    ]
    assert (gap.sentence, words_of((gap,))) == (None, " ")
    assert (other.sentence, words_of((other,))) == (1, "Peru 🕊️ met Chilé.")


def test_marks_of_the_title_stay_out_of_the_text() -> None:
    marks = [Mark("a", TITLE, 0, 4, 3)]
    assert not any(piece.marks for one in stretches_of(PASSAGE, TEXT, [], marks) for piece in one.pieces)
    (title,) = stretches_of("Iran says no", TITLE, [(-1, 0, 12), (0, 0, 19)], marks)
    assert (title.sentence, title.pieces[0].text, title.pieces[0].event_ids) == (-1, "Iran", ("a",))


def test_an_empty_text_has_no_pieces() -> None:
    assert stretches_of("", TEXT, [(0, 0, 5)], [Mark("a", TEXT, 0, 5, 1)]) == ()


places = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda pair: (pair[0], sum(pair)))


@given(st.text(max_size=50), st.lists(places, max_size=6), st.lists(places, max_size=6))
def test_the_pieces_together_are_the_passage(
    passage: str, sentences: list[tuple[int, int]], marked: list[tuple[int, int]]
) -> None:
    marks = [Mark(f"e{number}", TEXT, *place, 1) for number, place in enumerate(marked)]
    found = stretches_of(passage, TEXT, [(number, *place) for number, place in enumerate(sentences)], marks)
    assert words_of(found) == passage
    at = 0
    for piece in (piece for one in found for piece in one.pieces):
        over = {mark.event_id for mark in marks if mark.start <= at < mark.end}
        assert set(piece.event_ids) == over
        at += len(piece.text)


def test_selected_words_are_found_nearest_to_their_place_however_lines_end() -> None:
    text = "They met.\r\nThey\r\nmet again."
    assert place_in(text, "They met", 0) == (0, 8)
    assert place_in(text, "They met", 12) == (11, 20)
    assert place_in(text, "They left", 0) is None
    assert place_in(text, "  ", 0) is None
