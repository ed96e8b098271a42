"""Tellings folded into acts, as the casebook would keep them: for pictures that are made without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.folding.fold import fold_events
from communique.folding.tellings import Telling
from communique.records import KeptEvent, Move


def kept_once(tellings: Sequence[Telling]) -> tuple[KeptEvent, ...]:
    """Give one event an act, with all its tellings; the text's before the title's, the surest, the earliest leads."""
    by_id = {telling.event_id: telling for telling in tellings}
    kept = []
    for group in fold_events(tellings):
        ranked = sorted((by_id[event_id] for event_id in group), key=_rank)
        days = [telling.published for telling in ranked if telling.published]
        lead = ranked[0]
        ids = tuple((telling.event_id, telling.report_id) for telling in ranked)
        kept.append(KeptEvent(lead.event, min(days, default=None), ids, lead.sentence_text))
    return tuple(kept)


def led(kept: Iterable[KeptEvent], moves: Iterable[Move]) -> tuple[Move, ...]:
    """Give moves with the id of the act that their event is folded into, as the casebook gives them."""
    lead = {event_id: one.event.event_id for one in kept for event_id, _ in one.tellings}
    return tuple(replace(move, event_id=lead.get(move.event_id or "", move.event_id)) for move in moves)


def _rank(telling: Telling) -> tuple[bool, float, str, str, str]:
    event = telling.event
    return event.sentence < 0, -event.confidence, telling.published or "9999", telling.report_id, telling.event_id
