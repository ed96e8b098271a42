"""What the words above a word for talks make of it: proposed, refused, agreed, to come, held, broken off.

From the word for talks up to the root of its clause: each noun, verb or adjective on the way changes the step
("talks" → "an offer of talks" → "turned down an offer of talks"). Rules are in data/talks.yaml.
"""

from __future__ import annotations

from dataclasses import replace

from communique.coding.operators import operators
from communique.coding.status import negation
from communique.moves.mood import Mood, Tense, mood_of, would_if
from communique.moves.talk_margins import on_the_margin
from communique.moves.talk_outcome import DEEDS, Outcome, State
from communique.moves.talk_predicates import prepositions_behind, said_of
from communique.moves.talk_words import TalkWord, effects, spellings, words
from communique.records import Sentence

_CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "relcl"})
_BY_WORD = frozenset({"propose", "agree", "refuse", "schedule"})
# Steps in words: whatever tense tells them, they are made when they are said.
_IN_WORDS = frozenset({"propose", "refuse", "agree", "ban", "rule nothing out", "no ban"})


def outcome_of(word: TalkWord) -> Outcome | None:
    """Give what a sentence makes of a word for talks, None where it makes nothing sure of it."""
    sentence = word.sentence
    if word.verb:
        state = _own_verb(word)
    else:
        state = State(None, word.head, None, word.nouns, None, before=_is_before(sentence, word))
        if any(sentence.tokens[child].text.lower() in {"no", "any"} for child in sentence.children[word.head]):
            state = replace(state, step="none")
        state = _participle_in_front(sentence, word, state)
        state = _as_if_main_verb(sentence, word, state)
    current = word.head
    for _ in range(8):
        if state is None or state.stop:
            break
        token = sentence.tokens[current]
        if token.head == current:
            break
        step = _climb(sentence, current, state, word)
        if step is None:
            return None
        current, state = step
    if state is None or state.step in {None, "none", "suppose", "should"}:
        return None
    return Outcome(
        str(state.step), state.place, state.maker, state.path, state.inner, state.told_of, state.before, state.margin
    )


def _is_before(sentence: Sentence, word: TalkWord) -> bool:
    return any(
        sentence.tokens[child].lemma.lower() in words("before_now")
        for place in word.nouns
        for child in sentence.related(place, "amod")
    )


def _participle_in_front(sentence: Sentence, word: TalkWord, state: State) -> State:
    """ "a decree ruling out negotiations", "a statement rejecting talks": to the parser the talks do it."""
    for child in sentence.related(word.head, "amod"):
        token = sentence.tokens[child]
        if token.tag == "VBG" and child < word.head:
            written = [spelt for spelt in spellings(sentence, child) if spelt in effects("object")]
            if written and (made := effects("object")[written[0]]) in _IN_WORDS:
                above = sentence.tokens[word.head].head
                verb = above if sentence.tokens[above].part_of_speech == "VERB" else None
                return replace(state, step=made, place=child, maker=verb, path=(*state.path, child), stop=True)
    return state


def _as_if_main_verb(sentence: Sentence, word: TalkWord, state: State) -> State:
    """ "Talks over the dam, sponsored by the AU, stalled on Friday": to the parser the last verb hangs on the talks."""
    if sentence.tokens[word.head].relation != "ROOT":
        return state
    for child in reversed(sentence.subtree(word.head)):
        token = sentence.tokens[child]
        if token.relation != "acl":
            continue
        if token.tag in {"VBN", "VBD"} and token.lemma in effects("subject") and not sentence.related(child, "agent"):
            return said_of(sentence, word.head, child, state, word)
    return state


def _own_verb(word: TalkWord) -> State | None:
    return _deed(word.sentence, word.place, "hold", State(None, word.place, None, (word.place,), word.place))


def _climb(sentence: Sentence, current: int, state: State, word: TalkWord) -> tuple[int, State] | None:
    """Take one step up; None where what is above makes the talks a thought."""
    token = sentence.tokens[current]
    above = sentence.tokens[token.head]
    relation = token.relation
    if relation in {"conj", "appos"}:
        verb_with_subject = token.part_of_speech in {"VERB", "AUX"} and sentence.related(current, "nsubj", "nsubjpass")
        return token.head, replace(state, stop=bool(verb_with_subject))
    if relation == "compound" and above.lemma.lower() in effects("noun"):
        return token.head, _noun(sentence, token.head, state)
    if relation == "pobj":
        return _behind_preposition(sentence, current, state, word)
    if relation in {"dobj", "nsubjpass", "oprd"} and above.part_of_speech in {"VERB", "AUX"}:
        return token.head, _object(sentence, token.head, state, ())
    if relation == "attr" and above.lemma == "be":
        return token.head, _there_are(sentence, token.head, state, word)
    if relation == "nsubj" and above.part_of_speech in {"VERB", "AUX"}:
        return token.head, said_of(sentence, current, token.head, state, word)
    if relation in _CLAUSES:
        return _governed(sentence, current, state)
    if relation == "prep" and above.part_of_speech in {"VERB", "ADJ", "NOUN", "AUX"}:
        return token.head, replace(state, stop=True)
    return token.head, replace(state, stop=True)


def _behind_preposition(sentence: Sentence, current: int, state: State, word: TalkWord) -> tuple[int, State] | None:
    preposition = sentence.tokens[sentence.tokens[current].head]
    above = sentence.tokens[preposition.head]
    behind: tuple[str, ...]
    if above.part_of_speech == "ADP" or above.lemma in {"ahead", "back", "away"}:  # "out of", "ahead of", "back to"
        outer = above
        behind = (f"{outer.lemma.lower()} {preposition.lemma.lower()}", preposition.lemma.lower())
        above = sentence.tokens[outer.head]
    else:
        behind = (preposition.lemma.lower(),)
    if above.part_of_speech == "NOUN" or (above.part_of_speech == "PROPN" and above.lemma.lower() in effects("noun")):
        if above.lemma.lower() in effects("noun"):
            return above.index, _noun(sentence, above.index, state)
        if above.lemma.lower() in words("taking_part"):
            return above.index, replace(state, path=(*state.path, above.index))
        verb = sentence.tokens[above.head]
        if above.relation == "dobj" and (idiom := f"{verb.lemma} {above.lemma} {behind[-1]}".lower()) in effects(
            "object"
        ):
            return verb.index, _object(sentence, verb.index, state, (idiom.partition(" ")[2],))
        return above.index, on_the_margin(sentence, above.index, state, behind, word)
    if above.part_of_speech == "ADJ":
        step = effects("governing").get(above.lemma.lower())
        if step in {"agree", "refuse"} and behind[-1] in {"for", "to"}:
            return above.index, _word_of_side(sentence, above.index, step, state)
        return above.index, replace(state, stop=True)
    if above.part_of_speech in {"VERB", "AUX"}:
        made = _object(sentence, above.index, state, behind)
        if made.step is None:
            made = on_the_margin(sentence, above.index, state, behind, word)
        return above.index, made
    return above.index, on_the_margin(sentence, above.index, state, behind, word)


def _noun(sentence: Sentence, noun: int, state: State) -> State:
    made = effects("noun")[sentence.tokens[noun].lemma.lower()]
    step = state.step
    if made in {"propose", "refuse", "agree", "ban"} or step is None or step == "none":
        step = made
    if any(sentence.tokens[child].text.lower() == "no" for child in sentence.children[noun]):
        if sentence.tokens[noun].lemma == "intention":  # "has no intention of talking to"
            verb = sentence.tokens[noun].head
            path = (*state.path, noun, verb)
            return replace(state, step="refuse", place=verb, maker=verb, path=path, stop=True)
        step = "none"
    elif made == "intend":
        return replace(state, step="none", stop=True)
    return replace(state, step=step, place=noun, path=(*state.path, noun))


def _object(sentence: Sentence, verb: int, state: State, behind: tuple[str, ...]) -> State:
    """What a verb makes of talks that it takes: the verb's own effect on what the words below made of them."""
    table = effects("object")
    written = [spelt for spelt in spellings(sentence, verb, *behind) if spelt in table]
    if sentence.related(verb, "prt"):  # "set up a consultation" is not "set talks"
        written = [spelt for spelt in written if " " in spelt]
    if behind:  # the verb alone says nothing of what stands behind its preposition
        lemma = sentence.tokens[verb].lemma.lower()
        written = [spelt for spelt in written if spelt != lemma and spelt.endswith(behind)]
    if not written:
        if behind or state.step in {None, "none", "suppose"}:
            return replace(state, stop=True)
        return _of_a_word(sentence, verb, None, state)
    made = table[written[0]]
    if state.step == "suppose":
        return replace(state, step=None, stop=True)
    if state.step in {None, "none"}:
        if made in {"hold", "begin", "resume", "go on", "schedule"} and state.step == "none":
            # "held no talks" denies the talks, "will hold no talks" refuses them
            return _denied(sentence, verb, state, mood_of(sentence, verb), active=True)
        if made in _IN_WORDS:
            return _word_of_side(sentence, verb, made, state)
        return _deed(sentence, verb, made, state)
    return _of_a_word(sentence, verb, made, state)


def _of_a_word(sentence: Sentence, verb: int, made: str | None, state: State) -> State:
    """ "rejected an offer of talks", "accepted the invitation", "made a proposal", "lifted the ban"."""
    mood = mood_of(sentence, verb)
    if mood.tense in {Tense.IF, Tense.MAY, Tense.WOULD}:
        return replace(state, step="none", stop=True)
    if state.step == "ban":
        if mood.denied:
            return replace(state, step="no ban", place=verb, maker=verb, path=(*state.path, verb))
        if made == "refuse" or sentence.tokens[verb].lemma in words("lifting"):
            return replace(state, step="no ban", place=verb, maker=verb, path=(*state.path, verb))
    if made == "refuse" or (made == "agree" and state.step == "propose"):
        return _word_of_side(sentence, verb, made, state)
    if mood.denied:
        return replace(state, step="none", stop=True)
    return replace(state, maker=verb, path=(*state.path, verb))


def _word_of_side(sentence: Sentence, place: int, made: str, state: State) -> State:
    """A refusal, promise or offer in words; denied it turns round where it can."""
    verb = place
    if sentence.tokens[place].part_of_speech == "ADJ" and sentence.tokens[place].head != place:
        verb = sentence.tokens[place].head
    mood = mood_of(sentence, verb)
    denied = mood.denied or negation(sentence, place) is not None
    if mood.tense in {Tense.MAY, Tense.IF} and not (denied and made in {"refuse", "agree"}):
        return replace(state, step="none", stop=True)
    if mood.tense is Tense.WOULD and not (made == "agree" or denied):
        return replace(state, step="none", stop=True)
    if denied:
        turned = {"refuse": "rule nothing out", "agree": "refuse", "ban": "no ban"}.get(made, "none")
        if made == "agree" and mood.tense in {Tense.TOLD, Tense.BEFORE} and sentence.tokens[place].tag == "VBN":
            turned = "none"  # "has not agreed" leaves it open
        made = turned
    path = (*state.path, place)
    return replace(
        state, step=made, place=place, maker=verb, path=path, before=state.before or mood.tense is Tense.BEFORE
    )


def _deed(sentence: Sentence, verb: int, made: str, state: State) -> State:
    mood = mood_of(sentence, verb)
    state = replace(state, path=(*state.path, verb), inner=verb)
    if made == "hold" and not mood.denied and _when_to_come(sentence, verb):
        return replace(state, step="schedule", place=verb, maker=verb)
    if mood.denied:
        return _denied(sentence, verb, state, mood, active=True)
    if mood.tense is Tense.IF:
        return replace(state, step="none", stop=True)
    step: str | None = made
    if mood.tense is Tense.TO_COME and made in DEEDS | {"schedule"}:
        step = "agree" if would_if(sentence, verb) else "schedule"
    elif mood.tense is Tense.WOULD:
        step = "agree" if made in DEEDS and would_if(sentence, verb) else "none"
    elif mood.tense is Tense.SHOULD and made in DEEDS:
        return replace(state, step="should", place=verb, maker=None)
    elif mood.tense in {Tense.MAY, Tense.SHOULD, Tense.TO_COME}:
        step = "none"
    elif mood.tense is Tense.GOING_ON and made == "hold":
        step = "go on"
    return replace(state, step=step, place=verb, maker=verb, before=state.before or mood.tense is Tense.BEFORE)


def _when_to_come(sentence: Sentence, verb: int) -> bool:
    """ "are to sign it when Macron meets Xi": the present of a clause of time is still to come."""
    token = sentence.tokens[verb]
    marks = {sentence.tokens[child].lemma.lower() for child in sentence.related(verb, "mark", "advmod")}
    present = token.relation in {"advcl", "relcl"} and token.tag in {"VBZ", "VBP"}
    return present and bool(marks & {"when", "once", "until", "before"})


def _denied(sentence: Sentence, verb: int, state: State, mood: Mood, *, active: bool) -> State:
    """ "will not talk" and "cannot negotiate" refuse; "did not meet" and "have not met" only tell."""
    token = sentence.tokens[verb]
    habit = mood.tense is Tense.TOLD and active and token.tag in {"VB", "VBP", "VBZ"} and _does_not(sentence, verb)
    refuses = mood.tense in {Tense.TO_COME, Tense.WOULD, Tense.MAY, Tense.SHOULD} or habit
    if token.text.lower() == "have" and not habit:
        refuses = refuses and mood.tense is not Tense.TOLD
    path = (*state.path, verb)
    return replace(state, step="refuse" if refuses else "none", place=verb, maker=verb, inner=verb, path=path)


def _does_not(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[child].text.lower() in {"do", "does"} for child in sentence.related(verb, "aux"))


def _there_are(sentence: Sentence, verb: int, state: State, word: TalkWord) -> State:
    """ "there will be no talks", "it was their first meeting"."""
    mood = mood_of(sentence, verb)
    if state.step == "none" or mood.denied:
        step = "refuse" if mood.tense in {Tense.TO_COME, Tense.MAY} else "none"
        return replace(state, step=step, place=verb, maker=None, told_of=True, path=(*state.path, verb))
    if mood.tense is Tense.TO_COME:
        return replace(state, step="schedule", place=verb, told_of=True)
    first = any(sentence.tokens[child].lemma in {"first", "second", "third"} for child in sentence.children[word.head])
    step = "hold" if mood.tense in {Tense.TOLD, Tense.BEFORE} and first else "none"
    return replace(state, step=step, place=word.head, stop=True)


def _governed(sentence: Sentence, current: int, state: State) -> tuple[int, State] | None:
    """What the word above a clause makes of it: "refused to meet", "is ready to talk", "urged them to resume talks"."""
    token = sentence.tokens[current]
    head = token.head
    above = sentence.tokens[head]
    if token.relation == "pcomp":
        preposition = above
        head = preposition.head
        above = sentence.tokens[head]
        if preposition.lemma.lower() in {"after", "before", "since", "without", "despite", "while"}:
            return head, replace(state, stop=True, step="none" if preposition.lemma == "without" else state.step)
        behind: tuple[str, ...] = (preposition.lemma.lower(),)
    else:
        behind = ()
    purpose = mood_of(sentence, current).tense is Tense.GOVERNED
    offered = any(effects("governing").get(spelt) in _BY_WORD for spelt in spellings(sentence, head))
    if token.relation == "advcl" and purpose and above.part_of_speech == "VERB" and not offered:
        if above.lemma not in words("coming") or state.step != "hold":
            return head, replace(state, step="none", stop=True)
        return head, replace(_deed(sentence, head, "hold", state), inner=state.inner)
    if token.relation in {"advcl", "relcl"} and not purpose:
        return head, replace(state, stop=True)
    if above.lemma in words("denying"):
        return None
    if token.relation == "ccomp" and head > current and above.lemma not in operators().speech:
        return head, replace(state, stop=True)
    if state.step == "should":
        if above.lemma in operators().speech:
            return head, replace(state, step="propose", place=current, maker=head, path=(*state.path, head), stop=True)
        return None
    if above.part_of_speech == "NOUN" and above.lemma.lower() in effects("noun"):
        if effects("noun")[above.lemma.lower()] == "suppose":
            return None
        return head, _noun(sentence, head, state)
    table = effects("governing")
    around = (*behind, *prepositions_behind(sentence, head))
    written = next((spelt for spelt in spellings(sentence, head, *around) if spelt in table), None)
    if written is None:
        passes = above.lemma in operators().speech or above.lemma in operators().factual or above.lemma == "be"
        if purpose and state.step in DEEDS and not passes:
            return None
        return head, replace(state, stop=not passes or above.part_of_speech == "NOUN")
    return head, _by_governor(sentence, head, table[written], state, current)


def _by_governor(sentence: Sentence, head: int, made: str, state: State, clause: int) -> State:
    infinitive = mood_of(sentence, clause).tense is Tense.GOVERNED or sentence.tokens[clause].tag == "VBG"
    if made == "pass":
        mood = mood_of(sentence, head)
        if state.step in DEEDS and infinitive:
            return replace(_deed(sentence, head, str(state.step), state), inner=state.inner)
        return replace(state, stop=mood.tense is Tense.IF)
    if not infinitive and sentence.tokens[clause].relation != "ccomp":
        return replace(state, stop=True)
    if made == "suppose":
        return replace(state, step="none", stop=True) if infinitive else state
    if (
        not infinitive
        and made in {"agree", "propose", "schedule"}
        and sentence.tokens[head].lemma in operators().speech
    ):
        return state
    if made == "schedule":
        mood = mood_of(sentence, head)
        fit = state.step in DEEDS | {"schedule"} and mood.tense is not Tense.IF and not mood.denied
        return replace(state, step="schedule" if fit else "none", maker=state.maker, stop=True)
    if made == "suspend":
        return replace(state, step="suspend", place=head, maker=head, path=(*state.path, head), stop=True)
    if made in {"agree", "propose"} and state.step in {"suspend", "end without result", "end with result"}:
        # "agreed to suspend talks" suspends them, "urged them to" does not
        return replace(state, step=state.step if made == "agree" else "none", stop=True)
    if state.step in DEEDS | {"schedule", "agree", "should"} or (state.step == "propose" and made == "refuse"):
        return _word_of_side(sentence, head, made, state)
    return replace(state, stop=True)
