"""The words of the board of sanctions, from data/sanctions.yaml: measures, their kinds, and what is done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

from communique.errors import KnowledgeError
from communique.moves.reach import Reach
from communique.moves.rules import board_rules
from communique.records import Board

_FILE = "sanctions.yaml"


@dataclass(frozen=True, slots=True)
class SanctionWords:
    """The lists of sanctions.yaml under their own names; `verbs` and `step_nouns` turned to lemma → step."""

    measures: dict[str, tuple[str, ...]]
    named_measures: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    sender_words: dict[str, str]
    same_sender: dict[str, str]
    verbs: dict[str, str]
    step_nouns: dict[str, str]
    measures_of_a_kind: frozenset[str]
    wrappers: frozenset[str]
    usual_senders: frozenset[str]
    target_prepositions: frozenset[str]
    targeting: frozenset[str]
    reasons: frozenset[str]
    widened_to: frozenset[str]
    begins: frozenset[str]
    lapses: frozenset[str]
    stays: frozenset[str]
    strikes_with: frozenset[str]
    on_hold: frozenset[str]
    in_place: frozenset[str]
    comes: frozenset[str]
    effect: frozenset[str]
    sanctioning: frozenset[str]
    banning: frozenset[str]
    unbanning: frozenset[str]
    stops_trade: frozenset[str]
    resumes: frozenset[str]
    opens: frozenset[str]
    stopped: frozenset[str]
    closes: frozenset[str]
    closed: frozenset[str]
    listing: frozenset[str]
    lists: frozenset[str]
    accepts: frozenset[str]
    exchange_words: frozenset[str]
    no_exchange: frozenset[str]
    asks: frozenset[str]
    ask_nouns: frozenset[str]
    offers: frozenset[str]
    offer_words: frozenset[str]
    refuses: frozenset[str]
    refuse_nouns: frozenset[str]
    threatens: frozenset[str]
    weighs: frozenset[str]
    threat_nouns: frozenset[str]
    decides_on: frozenset[str]
    decides: frozenset[str]
    decisions: frozenset[str]
    wishes: frozenset[str]
    plain_goods: frozenset[str]
    one_kind: frozenset[str]
    buying: frozenset[str]
    members: frozenset[str]
    given: frozenset[str]
    gifts: frozenset[str]
    doubtful: frozenset[str]
    doubtful_modifiers: frozenset[str]
    doubtful_nouns: frozenset[str]
    partial: frozenset[str]
    hurts: frozenset[str]
    undergoes: frozenset[str]
    starts: frozenset[str]
    expects: frozenset[str]
    takes_back: frozenset[str]
    once: frozenset[str]
    same_time: frozenset[str]
    giving: frozenset[str]
    diplomatic_words: frozenset[str]
    aid_words: frozenset[str]
    diplomatic_bonds: frozenset[str]
    takes_in_again: frozenset[str]
    breaks_with: frozenset[str]
    sends_away: frozenset[str]
    cuts_off: frozenset[str]
    payment_systems: frozenset[str]
    numbered: frozenset[str]

    def kinds_in(self, reach: Reach) -> tuple[str, ...]:
        """Give the kinds of measures that words name, in the order of the file."""
        found = tuple(kind for kind, phrases in self.kinds.items() if reach.holds(*phrases))
        return found or (("trade",) if reach.holds(*sorted(self.plain_goods)) else ())

    def one_sender(self, code: str) -> str:
        """Give the code under which a sender's sanctions are kept: the Security Council's are the UN's."""
        return self.same_sender.get(code, code)


@cache
def sanction_words() -> SanctionWords:
    """Give the words, loaded once a process; KnowledgeError where a list is missing, unknown or not what it should be."""
    rest = board_rules(Board.SANCTIONS).rest
    steps = board_rules(Board.SANCTIONS).steps
    names = {field.name for field in fields(SanctionWords)}
    if set(rest) != names:
        missing, unknown = sorted(names - set(rest)), sorted(set(rest) - names)
        raise KnowledgeError(f"{_FILE}: missing {missing}, unknown {unknown}; write or strike out these lists")
    made: dict[str, object] = {}
    for name, value in rest.items():
        if name in {"verbs", "step_nouns"}:
            made[name] = by_lemma(name, value, steps)
        elif name in {"sender_words", "same_sender"}:
            made[name] = {str(key): str(code) for key, code in value.items()}
        elif isinstance(value, dict):
            made[name] = {str(key): tuple(map(str, listed)) for key, listed in value.items()}
        else:
            made[name] = frozenset(map(str, value))
    return SanctionWords(**made)  # type: ignore[arg-type]


def by_lemma(name: str, listed: Mapping[str, Sequence[object]], steps: Mapping[str, str]) -> dict[str, str]:
    """Turn step → lemmas into lemma → step; KnowledgeError for an unknown step or a lemma under two."""
    found: dict[str, str] = {}
    for step, lemmas in listed.items():
        if step not in steps:
            raise KnowledgeError(
                f"{_FILE}, {name}: step {step!r} is not known; choose one of {', '.join(sorted(steps))}"
            )
        for lemma in map(str, lemmas):
            if found.setdefault(lemma, step) != step:
                raise KnowledgeError(f"{_FILE}, {name}: {lemma!r} stands under {found[lemma]!r} and {step!r}; keep one")
    return found
