"""The questions that talks, votes and positions are about, by the words that name them: data/questions.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from communique.moves.reach import Reach
from communique.word_files import read_word_file


@cache
def question_words() -> dict[str, tuple[str, ...]]:
    """Give question → the phrases (lemmas) that name it, the most telling question first."""
    path = files("communique.moves") / "data" / "questions.yaml"
    raw: dict[str, list[str]] = read_word_file(path)
    return {question: tuple(map(str, words)) for question, words in raw.items()}


def questions_in(reach: Reach) -> tuple[str, ...]:
    """Give all questions that the words name, in the order of the file."""
    return tuple(question for question, words in question_words().items() if reach.holds(*words))


def question_in(reach: Reach) -> str | None:
    """Give the first of the questions that the words name, None where they name none."""
    return next(iter(questions_in(reach)), None)
