"""Drafts of one report → events: folded, dated, placed, attributed, with stable identities."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.attribution import claimant, condition_of
from communique.coding.classifier.model import TypeModel
from communique.coding.coder import SentenceCoder
from communique.coding.contexts import contexts_of, is_sport
from communique.coding.dates import When, date_for, find_dates
from communique.coding.draft import Discarded, Draft
from communique.coding.fold import fold
from communique.coding.party import Party
from communique.coding.proposals import Proposal, proposals
from communique.coding.weighing import second_reading
from communique.ontology.loader import Ontology
from communique.records import DateBasis, DatePrecision, Event, Report, Sentence, Status


@dataclass(frozen=True, slots=True)
class Coding:
    """What coding one report gave: its events, the drafts behind each, what was discarded or only proposed."""

    events: tuple[Event, ...]
    groups: tuple[tuple[Draft, ...], ...]
    discarded: tuple[Discarded, ...]
    proposals: tuple[Proposal, ...] = ()


def code_report(
    report: Report, sentences: Sequence[Sentence], discourse: Discourse, ontology: Ontology, model: TypeModel | None
) -> Coding:
    """Code all sentences of a report and fold what is told twice; events in text order.

    With a `model` every act gets the confidence that rules and classifier give together, and pairs
    of actors that no frame joins are put to the classifier; without one the rules stand alone.
    """
    drafts: list[Draft] = []
    discarded: list[Discarded] = []
    proposed: list[Proposal] = []
    games = sum(is_sport(sentence) for sentence in sentences)
    for sentence in sentences:
        if is_sport(sentence) or 2 * games > len(sentences) - 1 > 0:
            discarded.append(Discarded(sentence, 0, "the sentence is about sport"))
            continue
        coder = SentenceCoder(sentence, discourse, ontology, drafts)
        found = coder.code()
        drafts += found
        discarded += coder.discarded
        proposed += proposals(coder, found)
    if model is not None:
        drafts, unsure = second_reading(drafts, proposed, model)
        discarded += unsure
    drafts = [_completed(draft, sentences, discourse) for draft in drafts]
    groups = sorted(fold(drafts), key=lambda group: (group[0].sentence.index, group[0].start))
    dates = {id(sentence): find_dates(sentence.text, report.published) for sentence in sentences}
    events = [_event(report, group, discourse, ontology, dates) for group in groups]
    return Coding(tuple(events), tuple(tuple(group) for group in groups), tuple(discarded), tuple(proposed))


def _completed(draft: Draft, sentences: Sequence[Sentence], discourse: Discourse) -> Draft:
    """A headline leaves out whom its readers know: the one other state that the first sentence names."""
    if draft.sentence.index >= 0 or draft.target.codes or draft.reciprocal:
        return draft
    first = next((s for s in sentences if s.index >= 0 and len(s.tokens) > 12), None)
    if first is None:
        return draft
    own = {bare(code) for code in draft.source.codes}
    others = {bare(code) for code in discourse.actors_named(first)} - own
    if len(others) != 1:
        return draft
    return replace(draft, target=Party(tuple(others), "", "named in the first sentence", (), True))


def _event(
    report: Report, group: list[Draft], discourse: Discourse, ontology: Ontology, dates: dict[int, list[When]]
) -> Event:
    lead = group[0]
    sentence, place = lead.sentence, lead.act.trigger
    when = _when(report, group, dates)
    source, target = domestic(lead.source.codes, lead.target.codes)
    claimed_by, _ = claimant(sentence, place, discourse)
    if claimed_by is not None and lead.rule.startswith("modal"):
        claimed_by = None
    anchors = tuple(sorted((d.sentence.index, d.start, d.end) for d in group))
    mark = "|".join(
        [
            report.report_id,
            lead.type,
            "+".join(source),
            "+".join(target),
            lead.status,
            str(sentence.index),
            str(lead.start),
        ]
    )
    near = discourse.place_codes(sentence)
    location = None
    if near:
        nearest = min(near, key=lambda found: abs(found[0] - place))
        match = discourse.covering(sentence)[nearest[0]]
        location = sentence.passage[sentence.tokens[match.first].start : sentence.tokens[match.last].end]
    return Event(
        event_id=hashlib.sha256(mark.encode()).hexdigest()[:16],
        report_id=report.report_id,
        sentence=sentence.index,
        type=lead.type,
        mode=lead.mode,
        quad=ontology.types[lead.type].quad,
        cameo=lead.cameo,
        intensity=ontology.intensity(lead.cameo),
        source=source,
        target=target,
        source_text=lead.source.text,
        target_text=lead.target.text,
        status=lead.status,
        claimed_by=claimed_by,
        condition=_condition(group),
        date=when.date if when else None,
        date_precision=when.precision if when else None,
        date_basis=when.basis if when else None,
        location=location,
        context=contexts_of(sentence, lead.type),
        anchor=lead.anchor,
        start=lead.start,
        end=lead.end,
        confidence=_confidence(group),
        rule=f"{lead.rule}; {lead.status.value}: {lead.status_why}",
        anchors=anchors,
    )


def _condition(group: list[Draft]) -> str | None:
    """The clause that binds the act in the first telling that has one."""
    clauses = (condition_of(draft.sentence, draft.act.trigger) for draft in group)
    return next((clause for clause in clauses if clause is not None), None)


def _confidence(group: list[Draft]) -> float:
    """That of the surest telling; told again, a quarter of its doubt goes."""
    surest = max(draft.confidence for draft in group)
    return min(0.99, round(surest + (0.25 * (1 - surest) if len(group) > 1 else 0.0), 3))


def domestic(source: tuple[str, ...], target: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Within one country the acting government is marked as such: USA on USA/OPP is USA/GOV."""
    countries = {bare(code) for code in source} & {bare(code) for code in target}
    if not countries:
        return source, target

    def mark(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            f"{code}/GOV" if code in countries and len(code) == 3 and code.isalpha() else code for code in codes
        )

    return mark(source), mark(target)


def _when(report: Report, group: list[Draft], dates: dict[int, list[When]]) -> When | None:
    """The first date phrase that any telling has; else publication, for what just happened."""
    for draft in group:
        future = draft.status in {Status.PLANNED, Status.HYPOTHETICAL}
        found = date_for(draft.sentence, draft.act.trigger, dates[id(draft.sentence)], report.published, future)
        if found is not None:
            return found if found.date else None
    lead = group[0]
    if report.published is None or lead.status is not Status.OCCURRED or not _is_fresh(lead):
        return None
    return When(report.published.isoformat()[:7], DatePrecision.MONTH, DateBasis.PUBLISHED, lead.start, lead.end)


def _is_fresh(draft: Draft) -> bool:
    """A finite verb in the present, perfect or simple past, early in the report, is news."""
    if draft.sentence.index > 2 or draft.act.kind != "verb":
        return False
    auxiliaries = [draft.sentence.tokens[c].text.lower() for c in draft.sentence.related(draft.act.trigger, "aux")]
    token = draft.sentence.tokens[draft.act.trigger]
    return "had" not in auxiliaries and token.relation in {"ROOT", "ccomp", "conj"}


def report_day(published: date | None) -> str | None:
    """Give a day of publication as the ISO text that the actor files compare with."""
    return published.isoformat() if published else None
