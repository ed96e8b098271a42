"""Talks and the agreement they came to: whose talks they were by whose agreement it is, and that it ended them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.actors.agreements import agreements, signed_around
from communique.actors.resolver import bare
from communique.moves.agreement_names import NamedAgreement
from communique.moves.agreements import find_agreement_moves
from communique.moves.scene import Scene
from communique.moves.talk_outcome import Outcome
from communique.moves.talk_words import TalkWord, words
from communique.records import Board, Move, Sentence, Status

_STRIKING = frozenset({"agree", "sign"})


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
    if not found and any(
        word.sentence.tokens[c].lemma.lower() in words("indirect") for c in word.sentence.children[word.head]
    ):
        found = _named_before(scene, word.sentence)
    for one in found:
        parties = _parties(one)
        if len(parties) >= 2:
            return parties
    return []


def _named_before(scene: Scene, sentence: Sentence) -> list[NamedAgreement]:
    """ "Indirect talks in Doha": on the agreement of two that the report spoke of last, where it did not say whose."""
    before = [
        one for earlier in scene.sentences if earlier.index < sentence.index for one in scene.agreements_in(earlier)
    ]
    return before[-1:]


def _hangs_on(sentence: Sentence, named: NamedAgreement, verb: int) -> bool:
    token = sentence.tokens[named.head]
    return token.head == verb and token.relation in {"dobj", "nsubjpass", "nsubj"}


def _parties(named: NamedAgreement) -> list[str]:
    known = agreements().get(named.code)
    return list(known.counterparts if known else dict.fromkeys(map(bare, named.parties)))


def settlements(scene: Scene, told: Sequence[Move]) -> Iterable[Move]:
    """Give the agreements that the report tells to be struck, as steps of those who may have talked about them.

    Whether there were talks the standing picture knows. Where a sentence tells of talks that ended by it, that is enough.
    """
    ended = {(move.sentence, _sides(move)) for move in told if move.step == "end with result"}
    for move in find_agreement_moves(scene):
        if move.step not in _STRIKING or move.status is not Status.OCCURRED:
            continue
        if len(move.source) == 1 and not move.target:
            continue  # one of them accepted or approved it
        code = move.about[0] if move.about[0] in agreements() else signed_around(_sides(move), move.date)
        known = agreements().get(code or "")
        sides = frozenset(known.counterparts) if known else _sides(move)
        kind = known.question if known else move.about[-1]
        if len(sides) > 1 and (move.sentence, sides) not in ended:
            yield replace(
                move,
                board=Board.TALKS,
                step="settle",
                source=tuple(sorted(sides)),
                target=(),
                about=(kind,),
                through=(),
            )


def _sides(move: Move) -> frozenset[str]:
    return frozenset(bare(code) for code in (*move.source, *move.target))
