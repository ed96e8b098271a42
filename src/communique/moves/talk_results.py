"""Talks and the agreement they came to: whose talks they were by whose agreement it is, and that it ended them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.actors.agreements import agreements
from communique.actors.resolver import bare
from communique.moves.agreement_names import NamedAgreement
from communique.moves.agreements import find_agreement_moves
from communique.moves.scene import Scene
from communique.moves.talk_outcome import Outcome
from communique.moves.talk_words import TalkWord
from communique.records import Board, Move, Sentence, Status

_STRIKING = frozenset({"agree", "sign"})
_LEADS_TO = frozenset({"begin", "resume", "go on", "hold"})
# What an agreement settles besides the question of its own.
_SETTLED_WITH = {
    "peace": frozenset({"peace", "ceasefire", "hostages"}),
    "hostages": frozenset({"hostages", "ceasefire"}),
    "ceasefire": frozenset({"ceasefire", "hostages"}),
}
_ON_NO_QUESTION = frozenset({"", "agreement"})


def parties_by_agreement(scene: Scene, word: TalkWord, outcome: Outcome) -> list[str]:
    """Give the parties of the agreement that talks are on, or after which it was struck; [] where there is none.

    "Talks on changes to the treaty" are those of its parties, and so are the talks in "the deal was signed after talks".
    """
    if word.kind != "talks" or word.verb:
        return []
    named = scene.agreements_in(word.sentence)
    below = set(word.sentence.subtree(word.head))
    end = outcome.place if outcome.told_of else -1  # "talks on changes to the treaty ended", however it is parsed
    found = [one for one in named if one.head != word.head and (one.head in below or word.head < one.head < end)]
    if not found and outcome.margin and outcome.maker is not None:
        found = [one for one in named if _hangs_on(word.sentence, one, outcome.maker)]
    for one in found:
        parties = _parties(one)
        if len(parties) >= 2:
            return parties
    return []


def _hangs_on(sentence: Sentence, named: NamedAgreement, verb: int) -> bool:
    token = sentence.tokens[named.head]
    return token.head == verb and token.relation in {"dobj", "nsubjpass", "nsubj"}


def _parties(named: NamedAgreement) -> list[str]:
    known = agreements().get(named.code)
    return list(known.counterparts if known else dict.fromkeys(map(bare, named.parties)))


def ended_by_agreements(scene: Scene, told: Sequence[Move]) -> Iterable[Move]:
    """Give the ends of talks that the report tells by the agreement which the same parties struck on their question."""
    open_talks = [move for move in told if move.step in _LEADS_TO and move.about[:1] != ("general",)]
    if not open_talks:
        return
    ended = {_sides(move) for move in told if move.step == "end with result"}
    for move in find_agreement_moves(scene):
        if move.step not in _STRIKING or move.status is not Status.OCCURRED:
            continue
        known = agreements().get(move.about[0])
        sides = frozenset(known.counterparts) if known else _sides(move)
        kind = known.question if known else move.about[-1]
        for talks in open_talks:
            if sides == _sides(talks) and len(sides) > 1 and sides not in ended and _settles(kind, talks.about):
                ended.add(sides)
                yield _end(scene, move, talks)


def _end(scene: Scene, struck: Move, talks: Move) -> Move:
    sentence = next(one for one in scene.sentences if one.index == struck.sentence)
    return scene.move_without_event(
        Board.TALKS, "end with result", sentence, (0,),
        source=(*talks.source, *talks.target), about=talks.about, form=talks.form, through=talks.through,
        date=struck.date, place=talks.place if talks.sentence == struck.sentence else None, event_id=struck.event_id, words=struck.words, order=struck.order,
    )  # fmt: skip


def _settles(kind: str, about: tuple[str, ...]) -> bool:
    question = about[0] if about else ""
    return kind in _ON_NO_QUESTION or question in {"", kind} or question in _SETTLED_WITH.get(kind, ())


def _sides(move: Move) -> frozenset[str]:
    return frozenset(bare(code) for code in (*move.source, *move.target))
