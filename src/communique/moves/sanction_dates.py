"""When a step on sanctions was made: the date that its sentence gives it, not one of another clause."""

from __future__ import annotations

from datetime import date, timedelta

from communique.coding.dates import When, find_dates
from communique.moves.sanction_context import Found
from communique.moves.sanction_words import sanction_words
from communique.moves.scene import Scene
from communique.records import DateBasis, Sentence, Status

# A date on the verb above a step: "said on Monday that it would lift".
_LOOSE = 3
# A date of what went before: "reimposed after he left the accord in 2018", good for the year of what was put back.
_AFTERWARDS = 4


_ABOUT = frozenset({"more", "less", "nearly", "almost", "about", "some", "over", "around", "roughly", "barely"})
_SMALL_NUMBERS = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}


def date_told_of(scene: Scene, step: Found) -> str | None:
    """Give the date that the sentence gives the step: on its own word or on what joins it, not inside other clauses."""
    sentence = step.measure.sentence
    published = scene.report.published
    own = {step.told.carrier, step.measure.head, step.measure.top}
    if step.told.decider is not None:
        own.add(step.told.decider)
    found = []
    for when in find_dates(sentence.text, published):
        place = next(t.index for t in sentence.tokens if t.end > when.start + sentence.start)
        since = sentence.text[when.start :].lower().startswith("since") or sentence.tokens[place - 1].lemma == "since"
        if since != (step.told.step == "in force") and (since or step.told.presence):
            continue
        reach = _belongs(sentence, place, own, step.told.carrier)
        if when.date is None or reach is None or (reach == _LOOSE and step.told.status is Status.PLANNED):
            continue
        if reach == _AFTERWARDS and (step.told.step != "reimpose" or len(when.date) > 4):
            continue
        day = _past(when, published) if step.told.status is Status.OCCURRED else when.date
        if day is not None:
            found.append((reach, abs(place - step.told.carrier), day))
    if not found and (long_before := _so_long_before(sentence, step.told.carrier, published)) is not None:
        return long_before
    if not found and (then := _same_time(sentence, step.told.carrier)) is not None:
        before = [w for w in find_dates(sentence.text, published) if w.date and w.end + sentence.start <= then]
        return before[-1].date if before else None
    if not found:
        return None
    day = min(found)[2]
    return _ahead(day, published) if step.told.status is Status.PLANNED and published else day


def _so_long_before(sentence: Sentence, carrier: int, published: date | None) -> str | None:
    """ "Lifted it on Tuesday, five months after it closed its airspace": counted back from the day of the report."""
    token = sentence.tokens[carrier]
    if published is None or token.relation != "advcl" or not _after(sentence, carrier):
        return None
    for unit in sentence.related(carrier, "npadvmod"):
        numbers = [_number(sentence.tokens[n].text) for n in sentence.related(unit, "nummod")]
        months = {"month": 1, "year": 12}.get(sentence.tokens[unit].lemma.lower())
        words = {sentence.tokens[place].lemma.lower() for place in sentence.subtree(unit)}
        if months is None or not numbers or numbers[0] is None or words & _ABOUT:
            continue
        if months == 12:
            return f"{published.year - numbers[0]}"
        back = published.year * 12 + published.month - 1 - numbers[0]
        return f"{back // 12:04d}-{back % 12 + 1:02d}"
    return None


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 4 else _SMALL_NUMBERS.get(word.lower())


def _past(when: When, published: date | None) -> str | None:
    """Give a day that is not to come: "in April", told in February of what was done, is last April."""
    day = when.date
    if day is None or published is None or day <= published.isoformat()[: len(day)]:
        return day
    return f"{int(day[:4]) - 1}{day[4:]}" if when.basis is DateBasis.RELATIVE and len(day) == 7 else None


def _ahead(day: str, published: date) -> str:
    """Give the coming July, Friday for what is still to come."""
    if day >= published.isoformat()[: len(day)] or len(day) == 4:
        return day
    if len(day) == 7:
        return f"{int(day[:4]) + 1}{day[4:]}"
    later = date.fromisoformat(day) + timedelta(days=7)
    return later.isoformat() if later >= published else day


def _same_time(sentence: Sentence, carrier: int) -> int | None:
    """ "left the accord in 2018 and subsequently reimposed sanctions": where the word stands that points to the time before."""
    words = sanction_words().same_time
    found = [sentence.tokens[c].start for c in sentence.children[carrier] if sentence.tokens[c].lemma.lower() in words]
    return found[0] if found else None


def _after(sentence: Sentence, clause: int) -> bool:
    return any(sentence.tokens[m].lemma == "after" for m in sentence.related(clause, "mark"))


def _belongs(sentence: Sentence, place: int, own: set[int], carrier: int) -> int | None:
    """Give how loosely a date hangs on a step (0: on its own word), None where it belongs to something else."""
    for above in (place, *sentence.ancestors(place)):
        if above in own:
            return 0 if above == carrier else 1
        token = sentence.tokens[above]
        if token.lemma in sanction_words().in_place:
            return 0 if above == carrier or carrier in sentence.ancestors(above)[:2] else None
        if token.head == carrier and token.relation == "advcl" and _after(sentence, above):
            return _AFTERWARDS
        if token.part_of_speech in {"VERB", "AUX"}:
            chain = [carrier, *sentence.ancestors(carrier)]
            if above not in chain:
                return None
            between = chain[: chain.index(above)]
            if any(sentence.tokens[p].relation == "conj" and sentence.related(p, "aux") for p in between):
                return None  # "imposed them in 2006 and has tightened them since"
            joined = all(
                sentence.tokens[p].relation in {"xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp", "conj", "nsubj"}
                for p in between
            )
            return _LOOSE if joined else None
        is_date = token.part_of_speech in {"NUM", "ADP", "DET", "ADJ", "ADV"} or token.relation in {
            "npadvmod",
            "pobj",
            "nmod",
            "compound",
            "appos",
        }
        if token.part_of_speech == "NOUN" and not is_date:
            return None
    return None
