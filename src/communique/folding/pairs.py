"""How like two tellings are: no score where they cannot be one act, else one that is above zero where they look it."""

from __future__ import annotations

from communique.folding.rules import Rules, rules
from communique.folding.traces import Trace
from communique.folding.wording import matter_share, share, shingle_share, text_share

# Scores are kept in thousandths, so that sums come out the same in any order.
SCALE = 1000


def score(left: Trace, right: Trace) -> int | None:
    """Give the score of two tellings in thousandths; None where they cannot be one act."""
    found = likeness(left, right)
    if found is None:
        return None
    weights = rules().weights
    total: float = sum(value * getattr(weights, name) for name, value in found.items())
    return round(SCALE * total)


def apart() -> int:
    """Give what a pair counts that cannot be one act, in thousandths."""
    return round(rules().apart * SCALE)


def likeness(left: Trace, right: Trace) -> dict[str, float] | None:
    """Give what holds for two tellings, by the names of the weights (1, or a share); None where they cannot be one act.

    It is the same for (left, right) and (right, left).
    """
    known = rules()
    if not _compatible(left, right, known):
        return None
    near_text = text_share(left.signature, right.signature) >= known.near_text_share
    near_sentence = shingle_share(left.wording.shingles, right.wording.shingles) >= known.near_sentence_share
    other_weekday = left.span.day and right.span.day and _differ(left.wording.days, right.wording.days)
    found = _days(left, right, known, near_text and near_sentence, other_weekday)
    if found is None:
        return None
    found |= _sides(left, right)
    found |= _words(left, right)
    found["nothing_said"] = found["nothing_around"] and left.type in known.spoken
    found |= {
        "always": 1,
        "other_type": left.type != right.type,
        "other_status": left.status != right.status,
        "other_weekday": other_weekday,
        "same_mode": left.type == right.type and left.mode == right.mode,
        "same_place": bool(left.place) and left.place == right.place,
        "same_context": share(left.context, right.context),
        "same_matter": matter_share(left.signature, right.signature),
        "near_sentence": near_sentence,
        "near_text": near_text,
    }
    return found


def _compatible(left: Trace, right: Trace, known: Rules) -> bool:
    if left.report_id == right.report_id or right.type not in known.like_types[left.type]:
        return False
    if right.status not in known.like_statuses[left.status] or not _same_actors(left, right):
        return False
    if abs(left.told_for - right.told_for) > known.window_days or _gap(left, right) > known.fresh_days:
        return False
    return not ({left.type, right.type} <= known.placed and _elsewhere(left, right))


def _same_actors(left: Trace, right: Trace) -> bool:
    """The same sides, where one telling may name fewer; what is done to each other has no sides."""
    if left.reciprocal or right.reciprocal:
        return len(left.parties & right.parties) >= 2
    return bool(left.source & right.source) and (
        not left.target or not right.target or bool(left.target & right.target)
    )


def _elsewhere(left: Trace, right: Trace) -> bool:
    """Two places, neither of which the other's sentence speaks of."""
    if not left.place or not right.place or left.place == right.place:
        return False
    return left.place not in right.wording.lowered and right.place not in left.wording.lowered


def _gap(left: Trace, right: Trace) -> int:
    """The days from the end of the earlier span to the start of the later one; 0 or less where they meet."""
    return max(left.span.first, right.span.first) - min(left.span.last, right.span.last)


def _days(left: Trace, right: Trace, known: Rules, copied: bool, other_weekday: bool) -> dict[str, float] | None:
    """What the days say; None where they are other days.

    A copy printed a day later carries its "on Monday" or "yesterday" along, so copies may differ by as much as
    their reports do.
    """
    between = 0
    if left.published is not None and right.published is not None:
        between = abs(left.published - right.published)
    gap = _gap(left, right)
    if gap > 0 and other_weekday:
        return None
    slack = max(known.clock_days, min(between, known.fresh_days)) if copied else known.clock_days
    if gap > slack:
        return None
    if left.span.day and right.span.day:
        return {"same_day": 1} if gap <= 0 or copied else {"near_day": 1}
    if left.span.dated and right.span.dated:
        one, other = left.span.likeliest, right.span.likeliest
        days = abs(one - other) - known.clock_days if one is not None and other is not None else 0
        return {"same_stretch": 1, "each_day_apart": max(0, days)}
    return {"undated_near" if between <= known.fresh_days else "undated": 1, "each_month_apart": between / 30}


def _sides(left: Trace, right: Trace) -> dict[str, float]:
    other_role = _differ(left.roles, right.roles)
    if left.reciprocal or right.reciprocal:
        return {"same_sides": left.parties == right.parties, "other_role": other_role}
    same = left.source == right.source and left.target == right.target
    return {
        "same_sides": same,
        "missing_side": bool(left.target) != bool(right.target),
        "other_role": other_role,
    }


def _words(left: Trace, right: Trace) -> dict[str, float]:
    one, other = left.wording, right.wording
    around = share(one.around, other.around)
    deeds = len(one.deed & other.deed)
    return {
        "same_deed": min(deeds, 2),
        "same_object": share(one.object, other.object),
        "other_object": _differ(one.object, other.object),
        "same_around": around,
        "nothing_around": deeds < 2 and _differ(one.around, other.around),
        "other_round": one.again != other.again,
        "same_number": bool(one.numbers & other.numbers),
        "other_number": _differ(one.numbers, other.numbers),
        "same_name": bool(one.names & other.names),
        "other_name": _differ(one.names, other.names),
    }


def _differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether both hold something, and nothing in common."""
    return bool(left) and bool(right) and not left & right
