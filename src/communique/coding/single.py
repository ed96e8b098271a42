"""The type of one act whose source and target are marked in the sentence.

Rules and classifier each give a distribution over the sixteen types; their weighted product is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from communique.actors.discourse import Discourse
from communique.coding.announcements import is_refusal
from communique.coding.classifier.model import TypeModel
from communique.coding.coder import SentenceCoder
from communique.coding.draft import Draft
from communique.coding.party import Party
from communique.coding.roles import Roles
from communique.coding.status import status_of
from communique.coding.weighing import NEAR_NOTHING, weights
from communique.errors import UsageError
from communique.ontology.frames import Frame
from communique.ontology.loader import TYPES, Ontology
from communique.reading.acts import coordinated, find_acts
from communique.records import Act, Sentence, Status

_MARK = re.compile(r"</?[st]>")
Parse = Callable[[Iterable[tuple[str, str | None, frozenset[str]]]], Iterator[list[Sentence]]]

# Share of the probability that goes to types no rule found, by how often the field sees them.
FLOOR = 0.004


def unmark(marked: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Give the plain sentence and the spans of source and target in it.

    Raises UsageError where nothing is marked or a mark is not closed.
    """
    plain: list[str] = []
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    length = place = 0
    for match in _MARK.finditer(marked):
        piece = marked[place : match.start()]
        plain.append(piece)
        length += len(piece)
        place = match.end()
        name = match.group().strip("</>")
        if match.group()[1] != "/":
            opened[name] = length
        elif name in opened:
            spans[name].append((opened.pop(name), length))
    if opened or not (spans["s"] or spans["t"]):
        raise UsageError("mark the source as <s>…</s> and the target as <t>…</t>")
    return "".join([*plain, marked[place:]]), spans["s"], spans["t"]


class _MarkedRoles(Roles):
    """Roles in a sentence whose marked phrases are actors, whether or not we know them."""

    def __init__(self, sentence: Sentence, discourse: Discourse, spans: list[tuple[int, int]]) -> None:
        super().__init__(sentence, discourse)
        self.spans = spans

    def actors(self, heads: tuple[int, ...]) -> Party:
        party = super().actors(heads)
        marked = tuple(head for head in heads if _inside(self.sentence, head, self.spans))
        return party if party.codes or not marked else Party(("?",), "", "marked", marked)


def rank_types(marked: str, parse: Parse, ontology: Ontology, model: TypeModel) -> list[tuple[str, float]]:
    """Rank the sixteen types for a marked sentence; probabilities sum to 1.

    The classifier is asked by PLOVER's own convention, in which a promise to give way is AGREE.
    """
    ruled = by_rules(marked, parse, ontology)
    learnt = model.judge(marked, "plover").types
    share = weights("type").slopes
    scores = {
        name: ruled[name] ** share["rules"] * max(learnt[name], NEAR_NOTHING) ** share["classifier"] for name in TYPES
    }
    total = sum(scores.values())
    return sorted(((name, score / total) for name, score in scores.items()), key=lambda pair: (-pair[1], pair[0]))


def by_rules(marked: str, parse: Parse, ontology: Ontology) -> dict[str, float]:
    """Give the probabilities that the frames alone give the sixteen types."""
    text, sources, targets = unmark(marked)
    found = dict.fromkeys(TYPES, FLOOR)
    for sentence in next(parse([(text, None, frozenset())])):
        discourse = Discourse([sentence], None)
        coder = SentenceCoder(sentence, discourse, ontology)
        coder.matcher.roles = _MarkedRoles(sentence, discourse, [*sources, *targets])
        for draft in coder.code():
            weight = _drafted(draft, sources, targets)
            found[draft.type] = max(found[draft.type], weight)
        for act in find_acts(sentence, ontology.triggers):
            frames = [f for f in coder.matcher.frames(act) if coder.may_announce(act, f)]
            for place, frame in enumerate(frames[:4]):
                weight = _weight(coder, act, frame, sources, targets) * 0.45**place
                kind = frame.type
                if (
                    ontology.types[kind].quad < 3
                    and is_refusal(sentence, act)
                    and status_of(sentence, act)[0] is Status.DENIED
                ):
                    kind = "REJECT"
                found[kind] = max(found[kind], weight)
    total = sum(found.values())
    return {name: weight / total for name, weight in found.items()}


def _drafted(draft: Draft, sources: list[tuple[int, int]], targets: list[tuple[int, int]]) -> float:
    """How well an act that the coder would code joins the marked source and target."""
    sentence = draft.sentence
    weight = draft.confidence * 0.5
    if any(_inside(sentence, place, sources) for place in draft.source.heads):
        weight *= 3.0
    if any(_inside(sentence, place, targets) for place in draft.target.heads):
        weight *= 1.6
    return weight * 0.9 ** len(sentence.ancestors(draft.act.trigger))


def _weight(
    coder: SentenceCoder, act: Act, frame: Frame, sources: list[tuple[int, int]], targets: list[tuple[int, int]]
) -> float:
    """How well a frame's act joins the marked source and target."""
    sentence = coder.sentence
    subjects = _spread(sentence, act.subjects)
    others = _spread(sentence, (*act.objects, *(noun for _, noun in act.prepositions)))
    weight = frame.confidence * (0.35 + 0.05 * min(frame.constraint, 5.0))
    if frame.swap:
        subjects, others = others, subjects
    if any(_inside(sentence, place, sources) for place in subjects):
        weight *= 3.0
    elif _inside(sentence, act.trigger, sources) or _inside(sentence, act.trigger, targets):
        weight *= 0.5
    if any(_inside(sentence, place, targets) for place in others):
        weight *= 1.6
    elif any(_inside(sentence, below, targets) for place in others for below in sentence.subtree(place)):
        weight *= 1.3
    if act.kind == "noun":
        weight *= 0.6
    depth = len(sentence.ancestors(act.trigger))
    return weight * 0.9**depth


def _spread(sentence: Sentence, heads: tuple[int, ...]) -> list[int]:
    return [place for head in heads for place in coordinated(sentence, head)]


def _inside(sentence: Sentence, place: int, spans: list[tuple[int, int]]) -> bool:
    token = sentence.tokens[place]
    return any(start <= token.start < end for start, end in spans)
