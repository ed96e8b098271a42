"""One report as the boards' finders see it: each telling of an event with its words, and the agreements it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from communique.actors.discourse import Discourse
from communique.coding.draft import Draft
from communique.moves.agreement_names import NamedAgreement, agreements_told
from communique.moves.reach import Reach, reach_of_act, whole
from communique.records import Board, Event, Move, Report, Sentence


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of an event: the draft behind it, the words that belong to it, all words of its sentence."""

    event: Event
    draft: Draft
    reach: Reach
    all_words: Reach

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.draft.sentence

    @property
    def trigger(self) -> str:
        """The lemma of the word that carries the act."""
        return self.sentence.tokens[self.draft.act.trigger].lemma.lower()


class Scene:
    """A report with its tellings, to find moves in. Reads only; makes `Move` records by `move`."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        discourse: Discourse,
        told: Iterable[tuple[Event, Sequence[Draft]]],
    ) -> None:
        self.report = report
        self.sentences = tuple(sentences)
        self.discourse = discourse
        self.published = report.published.isoformat() if report.published else None
        self.tellings = tuple(
            Telling(event, draft, reach_of_act(draft), whole(draft.sentence))
            for event, drafts in told
            for draft in drafts
        )

    @cached_property
    def _agreements(self) -> dict[int, tuple[NamedAgreement, ...]]:
        return agreements_told(self.sentences, self.discourse)

    def agreements_in(self, sentence: Sentence) -> tuple[NamedAgreement, ...]:
        """Give the agreements that a sentence speaks of, by name or as "the deal", in text order."""
        return self._agreements.get(id(sentence), ())

    def tellings_in(self, sentence: Sentence) -> Iterator[Telling]:
        """Give the tellings that stand in a sentence, in order of their words."""
        found = [telling for telling in self.tellings if telling.sentence is sentence]
        yield from sorted(found, key=lambda telling: (telling.draft.start, telling.draft.end))

    def move(self, board: Board, step: str, telling: Telling, **particulars: object) -> Move:
        """Give a move with what its event says; `particulars` replace or add fields of the record."""
        event, sentence = telling.event, telling.sentence
        made = Move(
            board=board,
            step=step,
            report_id=event.report_id,
            sentence=sentence.index,
            event_id=event.event_id,
            source=event.source,
            target=event.target,
            status=event.status,
            condition=event.condition,
            date=event.date,
            published=self.published,
            words=telling.draft.anchor,
            order=sentence.index * 1000 + telling.draft.act.trigger,
        )
        return replace(made, **particulars)  # type: ignore[arg-type]

    def move_without_event(
        self, board: Board, step: str, sentence: Sentence, places: Sequence[int], **particulars: object
    ) -> Move:
        """Give a move that a sentence tells without an event; its words span the tokens at `places`."""
        first, last = sentence.tokens[min(places)], sentence.tokens[max(places)]
        made = Move(
            board=board,
            step=step,
            report_id=self.report.report_id,
            sentence=sentence.index,
            event_id=None,
            source=(),
            published=self.published,
            words=sentence.passage[first.start : last.end],
            order=sentence.index * 1000 + min(places),
        )
        return replace(made, **particulars)  # type: ignore[arg-type]
