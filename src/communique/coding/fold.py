"""One act told twice in a report is one event with all its anchors."""

from __future__ import annotations

from communique.actors.resolver import bare
from communique.coding.draft import Draft
from communique.records import Status

# A planned act → the types that its announcement has.
ANNOUNCED_AS = {
    "RETREAT": ("CONCEDE",), "AID": ("AGREE",), "COOPERATE": ("AGREE",), "CONSULT": ("AGREE",), "SUPPORT": ("AGREE",),
    "SANCTION": ("THREATEN",), "ASSAULT": ("THREATEN",), "COERCE": ("THREATEN",), "MOBILIZE": ("THREATEN",),
}  # fmt: skip


def parties(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """Give the bare codes of both sides; a reciprocal act has all on both."""
    source = frozenset(bare(code) for code in draft.source.codes)
    return source, frozenset(bare(code) for code in draft.target.codes) or source


def same_act(left: Draft, right: Draft) -> bool:
    """Tell whether two drafts of one report tell the same act.

    The same type (or a plan and its announcement), the same sides (one list may be shorter), a
    status that does not contradict; and the telling is a title's, or the word the same, or a noun
    beside a verb in one sentence.
    """
    titled = -1 in {left.sentence.index, right.sentence.index}
    if left.type != right.type and not (titled and (_announced(left, right) or left.act.lemma == right.act.lemma)):
        return False
    if _is_result(left, right) or _is_result(right, left):
        return True
    if not _same_sides(left, right):
        return False
    if titled:  # a headline shortens, but does not turn a deed into its denial
        return (left.status is Status.DENIED) == (right.status is Status.DENIED)
    if left.status is not right.status:
        return False
    if left.act.lemma == right.act.lemma:
        return True
    refusals = _refuses_talks(left) + _refuses_talks(right)
    if refusals:
        return refusals == 2  # "will not talk … Talks are out of the question"
    if left.act.kind == right.act.kind:
        return False
    near = abs(left.sentence.index - right.sentence.index)
    if left.type == "CONSULT" and left.reciprocal and right.reciprocal and parties(left) == parties(right):
        return True  # "met May on Tuesday … In his talks with May"
    return near == 0 or (near == 1 and left.mode == right.mode and parties(left) == parties(right))


def _refuses_talks(draft: Draft) -> bool:
    """Tell whether a draft is a refusal made of talks that will not be, whatever word they have."""
    return draft.type == "REJECT" and " + frame CONSULT" in draft.rule


def _same_sides(left: Draft, right: Draft) -> bool:
    (source, target), (other_source, other_target) = parties(left), parties(right)
    if left.reciprocal or right.reciprocal:
        return len((source | target) & (other_source | other_target)) >= 2
    if not source & other_source:
        return False
    return not (left.target.codes and right.target.codes) or bool(target & other_target)


def _is_result(cause: Draft, result: Draft) -> bool:
    """ "fired on a patrol, killing three": the participle tells what the first act led to."""
    sentence = cause.sentence
    if sentence is not result.sentence or cause.type != result.type or cause.act.kind != "verb":
        return False
    token = sentence.tokens[result.act.trigger]
    if not {bare(c) for c in cause.source.codes} & {bare(c) for c in result.source.codes}:
        return False
    purpose = {"acl", "relcl"} if result.status is Status.PLANNED else set()
    if token.relation in purpose and token.head in cause.act.objects:
        return True  # "launched an offensive to drive out …"
    if purpose and token.relation == "xcomp" and token.head != cause.act.trigger:
        token = sentence.tokens[token.head]  # "imposed sanctions, aiming to cut off its banks"
    return token.head == cause.act.trigger and (
        (token.relation == "advcl" and token.tag in {"VBG", "VB"})
        or (token.relation == "conj" and _same_victims(cause, result))
    )


def _same_victims(cause: Draft, result: Draft) -> bool:
    """ "mistook three officers for militants and shot them": one act on the same people."""
    return bool(parties(cause)[1] & parties(result)[1])


def _announced(left: Draft, right: Draft) -> bool:
    """ "EU to lift sanctions" over a text that says it promised to: one act, told as its announcement."""
    for plan, word in ((left, right), (right, left)):
        if plan.status is Status.PLANNED and word.type in ANNOUNCED_AS.get(plan.type, ()):
            return True
    return False


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


def _preference(draft: Draft) -> tuple[bool, bool, bool, float, int, int]:
    """The text's telling before the title's, full sides before thin ones, deeds before their purpose, the surer."""
    return (
        draft.sentence.index < 0,
        not (draft.target.codes or draft.reciprocal),
        draft.status is Status.PLANNED,
        -draft.confidence,
        draft.sentence.index,
        draft.start,
    )
