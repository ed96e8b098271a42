"""One act told twice in a report is one event with all its anchors."""

from __future__ import annotations

from communique.coding.draft import Draft
from communique.coding.roles import bare

# Types whose repeated telling is nearly always the same act (statements, talks), whatever the word.
SPOKEN = frozenset({"CONSULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


def parties(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """Give the bare codes of both sides; a reciprocal act has all on both."""
    source = frozenset(bare(code) for code in draft.source.codes)
    return source, frozenset(bare(code) for code in draft.target.codes) or source


def same_act(left: Draft, right: Draft) -> bool:
    """Tell whether two drafts of one report tell the same act.

    Same type, the same sides (one list may be shorter), a status that does not contradict; and
    the telling is a title's, or the word the same, or it is a statement told again.
    """
    if left.type != right.type:
        return False
    sources, targets = zip(parties(left), parties(right), strict=True)
    if not (sources[0] & sources[1] and targets[0] & targets[1]):
        if not (left.reciprocal or right.reciprocal):
            return False
        if len((sources[0] | targets[0]) & (sources[1] | targets[1])) < 2:
            return False
    if -1 in {left.sentence.index, right.sentence.index}:
        return True
    if left.status is not right.status:
        return False
    if left.act.lemma == right.act.lemma:
        return True
    return left.sentence.index == right.sentence.index and left.type == right.type and left.act.kind != right.act.kind


def fold(drafts: list[Draft]) -> list[list[Draft]]:
    """Give groups of drafts that tell one act, each led by the telling to keep."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        for group in groups:
            if any(same_act(other, draft) for other in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return [sorted(group, key=_preference) for group in groups]


def _preference(draft: Draft) -> tuple[bool, bool, float, int, int]:
    """The text's telling before the title's, full sides before thin ones, then the surer, the first."""
    return (
        draft.sentence.index < 0,
        not (draft.target.codes or draft.reciprocal),
        -draft.confidence,
        draft.sentence.index,
        draft.start,
    )
