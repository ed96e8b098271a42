"""Talks whose sides their own words leave open: an offer to mediate, and "the government in Quito" of a guerrilla."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.actors.resolver import bare, is_state
from communique.moves.report_sides import home_of, pair_of_report
from communique.moves.scene import Scene
from communique.moves.talk_sides import Sides, sides_of
from communique.moves.talk_words import words
from communique.reading.acts import prepositional, surface_subjects

_GOVERNMENTS = frozenset({"government", "authority", "regime", "junta", "administration"})


def sides_of_mediation(
    sides: Sides, step: str, maker: Sequence[str], parties: Iterable[str]
) -> tuple[list[str], list[str], list[str]] | None:
    """Give (makers, others, mediators) of an offer to mediate, whom it is made to by the report where it does not say.

    "India rejected Trump's offer to mediate" is India's refusal to talk with whom the report sets it beside. None where
    the word is no mediating, or who mediates or between whom stays open.
    """
    word = sides.word
    if not word.verb or sides.sentence.tokens[word.place].lemma.lower() not in words("mediating_verbs"):
        return None
    own = sides.codes(surface_subjects(sides.sentence, word.place))
    between = [bare(code) for code in (own if step in {"propose", "go on", "hold"} else [*sides.offered_by(), *own])]
    if step in {"refuse", "agree"}:
        between = [code for code in between if code not in {bare(code) for code in maker}]
    told = [code for code in parties if bare(code) not in between]
    if len(sides_of(told)) < 2:
        pair = [code for code in pair_of_report(sides.scene.discourse) if code not in between]
        told = pair if len(pair) == 2 and sides_of(told) <= set(pair) else told
    if not between or len(sides_of(told)) < 2:
        return [], [], []
    if step == "propose":
        return between, told, between
    makers = [code for code in maker if bare(code) in sides_of(told)]
    if step in {"refuse", "agree"} and makers:
        return makers, [code for code in told if not sides_of([code]) & sides_of(makers)], between
    return told, [], between


def host_of_offer(sides: Sides, step: str, source: Sequence[str], target: Sequence[str]) -> list[str]:
    """Give who offers two others a table: "Iran offered to host a meeting of both", "rejected a Russian invitation"."""
    if step == "refuse":
        nouns = {sides.sentence.tokens[place].lemma.lower() for place in sides.outcome.path}
        offered = [bare(code) for code in sides.offered_by()] if "invitation" in nouns else []
        return [code for code in offered if code not in {*map(bare, source), *map(bare, target)}]
    verbs = {sides.sentence.tokens[place].lemma.lower() for place in sides.outcome.path}
    hosting = verbs & (words("hosting") | words("inviting") | words("mediating"))
    third = not {*map(bare, source)} & {*map(bare, target)} and len(sides_of(target)) >= 2
    return [bare(code) for code in source] if hosting and third else []


def at_home(scene: Scene, sides: Sides, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Give the sides of talks with "the government in Quito" or "in Moscow": a guerrilla talks with its own, there.

    A group of Colombia that is to meet "the government in Quito" meets that of Colombia; the town is the place.
    """
    homes = {code: home_of(code) or bare(code) for code in codes if home_of(code) or code.partition("/")[2] == "OPP"}
    if len(codes) != 2 or len(homes) != 1:
        return codes
    home = next(iter(homes.values()))
    other = next((code for code in codes if code not in homes), "")
    if not is_state(bare(other)) or bare(other) == home:
        return codes
    for token in sides.sentence.tokens:
        if token.lemma.lower() in _GOVERNMENTS:
            seats = [
                scene.discourse.resolve(sides.sentence, seat)
                for seat in prepositional(sides.sentence, token.index, "in")
            ]
            if any(seat is not None and bare(other) in map(bare, seat.codes) for seat in seats):
                return tuple(home if code == other else code for code in codes)
    return codes
