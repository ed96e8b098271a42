"""Words that mean an actor named elsewhere in the report: pronouns, "both sides", "the police".

Rules, not learning: nearest fitting subject first, then the sentence before. No package we could
use carries weights for coreference offline.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from communique.actors.composition import is_plural
from communique.actors.knowledge import RoleNoun
from communique.actors.resolver import bare, is_state
from communique.actors.speakers import Speakers, as_pronoun
from communique.actors.words import name_words
from communique.reading.acts import coordinated, surface_subjects
from communique.records import Resolution, Sentence

if TYPE_CHECKING:
    from communique.actors.discourse import Discourse

_PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_NEUTRAL = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "theirs", "themselves", "both", "each"}
_DEFINITE = {"the", "this", "that", "these", "both", "two", "its", "their", "each"}
_SUBJECTS = ("nsubj", "nsubjpass")
NAMED = frozenset({"name", "capital", "person", "role", "demonym", "agreement"})
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
SENTENCES_BACK = 3
# An armed group stays the enemy of a report for longer than a pronoun's reach.
GROUP_BACK = 8


class Mentions:
    """Looks backwards through a report for whom a referring word means."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.speakers = Speakers(discourse)

    def pronoun(self, sentence: Sentence, place: int) -> Resolution | None:
        """Give whom a pronoun means: he, it, they, both, we, or a relative pronoun."""
        word = sentence.tokens[place].text.lower()
        if word in _PERSONAL:
            return self._back(sentence, place, {"person", "role"}, plural=False)
        if word in _NEUTRAL:
            return self._back(sentence, place, {"name", "role", "capital"}, plural=False)
        if word in {"both"} and sentence.tokens[place].relation in _SUBJECTS:
            return self.pair(sentence, place)
        if word in _PLURAL:
            return self._back(sentence, place, {"name", "role", "person", "capital", "demonym", "guess"}, plural=True)
        if word in name_words().own_voice:
            return self.speakers.own_voice(sentence, place)
        return None

    def referring(self, sentence: Sentence, place: int, words: dict[str, str]) -> Resolution | None:
        """Give whom "the country", "the group", "the two sides" mean."""
        token = sentence.tokens[place]
        refers_to = words.get(token.lemma)
        if refers_to is None or refers_to == "part":
            return None
        if refers_to.isupper():
            halves = refers_to.split(";")
            known = self.discourse.speaks_of(frozenset(halves)) and token.text[:1].isupper()
            return Resolution((halves[0],), token.text, f"“the {token.text}” = {halves[0]}", "name") if known else None
        before = {sentence.tokens[c].lemma for c in sentence.children[place]}
        before |= {sentence.tokens[c].text.lower() for c in sentence.children[place]}
        if not before & (_DEFINITE | name_words().opposed):
            return None
        plural = is_plural(sentence, place)
        if plural and refers_to == "pair" and before & name_words().opposed:
            return self._warring(sentence, place)
        if plural and (refers_to == "pair" or before & {"both", "two"}):
            return self.pair(sentence, place, of_states=refers_to == "state")
        if refers_to == "pair" and not plural and before & {"its", "their"}:
            return self._other_of_pair(sentence, place)
        if plural or refers_to == "pair":
            return None
        if any(c in self.discourse.covering(sentence) for c in sentence.children[place]):
            return None
        acting: set[str] = set()
        if refers_to == "state" and self._in_object(sentence, place):
            for subject in self._clause_subjects(sentence, place):
                found = self.discourse.resolve(sentence, subject)
                acting.update(bare(code) for code in (found.codes if found else ()))
        for other, index in self._candidates(sentence, place):
            resolution = self.discourse.resolve(other, index)
            if resolution is None or resolution.kind not in NAMED or bare(resolution.codes[0]) in acting:
                continue
            if refers_to == "agreement":
                if resolution.kind == "agreement":
                    return Resolution(
                        resolution.codes, token.text, f"“the {token.lemma}” = {resolution.text}", "agreement"
                    )
                continue
            single = bare(resolution.codes[0])
            if refers_to == "state" and is_state(single):
                return Resolution((single,), token.text, f"“the {token.lemma}” = {resolution.text}", "name")
            if refers_to == "body" and not is_state(single) and resolution.kind in {"name", "role"}:
                return Resolution((single,), token.text, f"“the {token.lemma}” = {resolution.text}", "name")
        return None

    def _warring(self, sentence: Sentence, place: int) -> Resolution | None:
        """ "Yemen's warring parties": its government and the armed group of the report."""
        owners = [self.discourse.resolve(sentence, owner) for owner in sentence.related(place, "poss")]
        states = [found.codes[0] for found in owners if found is not None] or [self.discourse.main_state() or ""]
        group = self.main_group
        if not states[0] or group is None:
            return self.pair(sentence, place)
        return Resolution((states[0], group), sentence.tokens[place].text, "the government and its enemy", "name")

    def _other_of_pair(self, sentence: Sentence, place: int) -> Resolution | None:
        """ "Quito accused its neighbour": the state most spoken of beside Quito's."""
        own: set[str] = set()
        for owner in sentence.related(place, "poss"):
            found = self.discourse.resolve(sentence, owner)
            own.update(bare(code) for code in (found.codes if found else ()))
        others = [code for code in self.discourse.states_by_mention() if code not in own]
        if not own or not others:
            return None
        return Resolution(
            (others[0],), sentence.tokens[place].text, f"the state spoken of beside {'+'.join(sorted(own))}", "name"
        )

    def _in_object(self, sentence: Sentence, place: int) -> bool:
        """ "France destroyed the country's air force": not France's own, or it would be "its"."""
        for above in (place, *sentence.ancestors(place)):
            if sentence.tokens[above].relation in {"dobj", "dative"}:
                return True
            if sentence.tokens[above].part_of_speech in {"VERB", "AUX"}:
                return False
        return False

    def counted(self, sentence: Sentence, place: int) -> Resolution | None:
        """Give whom "the two ministers", "both leaders", "the three countries" mean: those named last."""
        token = sentence.tokens[place]
        children = [sentence.tokens[c] for c in sentence.children[place]]
        if token.text.lower() == "two" and token.relation in {"pobj", "nsubj", "dobj", "nsubjpass"} and children:
            return self.pair(sentence, place)
        numbers = [NUMBERS[t.lemma] for t in children if t.lemma in NUMBERS]
        if token.lemma in NUMBERS and token.part_of_speech in {"NUM", "NOUN"}:
            numbers = [NUMBERS[token.lemma]]  # "urged the four"
        definite = any(t.lemma in {"the", "both", "these", "those"} for t in children)
        if not numbers or not definite or token.tag not in {"NNS", "NNPS", "CD"}:
            return None
        if any(c in self.discourse.covering(sentence) for c in sentence.children[place]):
            return None
        if numbers[0] == 2:
            role = self.discourse.role_noun(sentence, place)
            return self.pair(sentence, place, of_states=role is not None and role.role == "GOV")
        for other, index in self._candidates(sentence, place):
            found = [self.discourse.resolve(other, each) for each in coordinated(other, index)]
            codes = tuple(dict.fromkeys(code for one in found if one is not None for code in one.codes))
            if len(codes) == numbers[0]:
                return Resolution(codes, token.text, f"the {numbers[0]} actors named together", "name")
        return None

    def pair(self, sentence: Sentence, place: int, *, of_states: bool = False) -> Resolution | None:
        """Give the last two different actors named: "both countries", "the two sides"; only states for officials."""
        found: list[str] = []
        for other, index in self._candidates(sentence, place):
            resolution = self.discourse.resolve(other, index)
            if resolution is None or resolution.kind in {"pronoun", "place", "agreement"}:
                continue
            if resolution.kind == "guess" and any("/" in code for code in resolution.codes):
                continue
            if resolution.kind == "capital" and index in {found for found, _ in self.discourse.place_codes(other)}:
                continue
            for code in resolution.codes:
                if bare(code) not in {bare(c) for c in found} and (is_state(bare(code)) or not of_states):
                    found.append(code)
            if len(found) >= 2:
                chosen = tuple(sorted(found[:2]))
                return Resolution(chosen, sentence.tokens[place].text, "the last two actors named", "name")
        return None

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(sentence): place for place, sentence in enumerate(self.discourse.order)}

    def backwards(self, sentence: Sentence, back: int) -> list[Sentence]:
        """Give a sentence and up to `back` sentences before it, the nearest first."""
        here = self._places[id(sentence)]
        return self.discourse.order[max(0, here - back) : here + 1][::-1]

    def _candidates(self, sentence: Sentence, place: int) -> list[tuple[Sentence, int]]:
        """Noun heads before `place`: this sentence backwards (subjects first), then earlier ones."""
        found: list[tuple[Sentence, int]] = []
        for other in self.backwards(sentence, SENTENCES_BACK):
            heads = [
                t.index for t in other.tokens
                if t.part_of_speech in {"NOUN", "PROPN", "ADJ"} and t.relation not in {"compound", "amod", "nmod"}
                and (other is not sentence or t.index < place)
            ]  # fmt: skip
            subjects = [i for i in heads if other.tokens[i].relation in _SUBJECTS]
            if other is sentence:
                found += [(other, i) for i in reversed(subjects)]
                found += [(other, i) for i in reversed(heads) if i not in subjects]
            else:
                found += [(other, i) for i in subjects] + [(other, i) for i in reversed(heads) if i not in subjects]
        return found

    def _back(self, sentence: Sentence, place: int, kinds: set[str], *, plural: bool) -> Resolution | None:
        token = sentence.tokens[place]
        clause_subject = self._clause_subjects(sentence, place)
        object_like = token.relation in {"dobj", "pobj", "dative"}
        if token.relation == "poss":
            for subject in clause_subject:
                resolution = self.discourse.resolve(sentence, subject) if subject < place else None
                if resolution is not None and resolution.kind in kinds:
                    return as_pronoun(sentence, place, resolution)
        acting: set[str] = set()
        if object_like:
            for subject in clause_subject:
                found = self.discourse.resolve(sentence, subject)
                acting.update(found.codes if found else ())
        best: Resolution | None = None
        for other, index in self._candidates(sentence, place):
            if other is sentence and object_like and index in clause_subject:
                continue
            resolution = self.discourse.resolve(other, index)
            if resolution is None or resolution.kind not in kinds or acting & set(resolution.codes):
                continue
            rebels = all(code.endswith("/REB") for code in resolution.codes)
            subject = other.tokens[index].relation in _SUBJECTS
            if resolution.kind == "guess" and not (subject and (rebels or other is sentence)):
                continue  # but "Police said they had killed …"
            is_many = is_plural(other, index) or len(resolution.codes) > 1
            if not plural and is_many and resolution.kind == "role":
                continue
            if plural and not is_many:
                best = best or resolution
                continue
            return as_pronoun(sentence, place, self._joined(other, index, resolution, plural))
        return as_pronoun(sentence, place, best) if best is not None else None

    def _joined(self, sentence: Sentence, index: int, resolution: Resolution, plural: bool) -> Resolution:
        if not plural:
            return resolution
        codes = list(resolution.codes)
        for other in sentence.related(index, "conj"):
            more = self.discourse.resolve(sentence, other)
            codes += [c for c in (more.codes if more else ()) if c not in codes]
        return Resolution(tuple(codes), resolution.text, resolution.why, resolution.kind)

    def _clause_subjects(self, sentence: Sentence, place: int) -> tuple[int, ...]:
        for above in sentence.ancestors(place):
            if sentence.tokens[above].part_of_speech in {"VERB", "AUX"}:
                subjects = surface_subjects(sentence, above)
                if subjects:
                    return subjects
        return ()

    def last_group(self, sentence: Sentence, place: int) -> str | None:
        """Give the armed group named nearest: in this sentence, else in those before."""
        for other in self.backwards(sentence, GROUP_BACK):
            matches = [m for m in dict.fromkeys(self.discourse.covering(other).values()) if "group" in m.kinds]
            if other is sentence:
                matches.sort(key=lambda match: abs(match.first - place))
            for match in matches:
                entry = self.discourse.meaning(match)
                if entry is not None and entry.kind == "group" and entry.role == "REB" and place != match.last:
                    return entry.code
        return None

    @cached_property
    def main_group(self) -> str | None:
        """The armed group that the report names most often, the earlier one of equals."""
        counts: dict[str, int] = {}
        for sentence in self.discourse.order:
            for match in dict.fromkeys(self.discourse.covering(sentence).values()):
                entry = self.discourse.meaning(match) if "group" in match.kinds else None
                if entry is not None and entry.kind == "group" and entry.role == "REB":
                    counts[entry.code] = counts.get(entry.code, 0) + 1
        return max(counts, key=lambda code: counts[code]) if counts else None

    def _last_state(self, sentence: Sentence, place: int) -> str | None:
        """Give the state that acted last: a subject before any other word, places left out."""
        candidates = self._candidates(sentence, place)
        subjects = [(other, index) for other, index in candidates if other.tokens[index].relation in _SUBJECTS]
        for other, index in (*subjects, *candidates):
            resolution = self.discourse.resolve(other, index)
            if resolution is None or resolution.kind not in {"name", "person", "capital", "role"}:
                continue
            code = bare(resolution.codes[0])
            where = {found for found, _ in self.discourse.place_codes(other)}
            if is_state(code) and index not in where:
                return code
        return None

    def home(self, sentence: Sentence, place: int, role: RoleNoun) -> tuple[list[str], str]:
        """Give the country of a role without one ("police", "rebels", "the government").

        The nearest place in the sentence, else the last state named, the dateline, the report's
        main state.
        """
        word = sentence.tokens[place].lemma
        within = self._of_clause(sentence, place) if role.role in {"MIL", "GOV", "CVL"} else None
        if within is not None:
            return [within], f"{word}: of what the clause is about"
        if role.role == "REB":
            group = self.main_group
            if group is not None:
                return [group], f"{word}: the armed group of the report"
        near = sorted(self.discourse.place_codes(sentence), key=lambda found: abs(found[0] - place))
        below = set(sentence.subtree(place))
        if near and near[0][0] in below and near[0][0] > place:
            return [near[0][1]], f"{word}: of the place behind it"  # "a spokesman in Kabul"
        speaks = role.role in {"GOV", "LEG", "JUD", "OPP"} and role.kind in {"person", "body"}
        if speaks:
            state = self._last_state(sentence, place)
            if state is not None:
                return [state], f"{word}: last state named"
        if near and near[0][0] != place:
            return [near[0][1]], f"{word}: place named beside it"
        if role.role in {"GOV", "MIL"} and not self.discourse.dateline and (state := self._last_state(sentence, place)):
            return [state], f"{word}: last state named"
        if self.discourse.dateline:
            return [self.discourse.dateline], f"{word}: dateline"
        main = self.discourse.main_state()
        return ([main], f"{word}: main country of the report") if main else ([], "")

    def _of_clause(self, sentence: Sentence, place: int) -> str | None:
        """ "the island, where soldiers shot …", "Aristide, who was overthrown by soldiers": those of that country."""
        for above in sentence.ancestors(place):
            token = sentence.tokens[above]
            if token.part_of_speech not in {"VERB", "AUX"}:
                continue
            if token.relation != "relcl":
                return None
            where = any(sentence.tokens[c].lemma == "where" for c in sentence.related(above, "advmod"))
            undergoes = bool(sentence.related(above, "nsubjpass"))
            found = self.discourse.resolve(sentence, token.head) if where or undergoes else None
            state = bare(found.codes[0]) if found is not None else ""
            return state if is_state(state) else None
        return None
