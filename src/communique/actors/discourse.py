"""Who is meant within one report: names, roles, surnames, pronouns, "both sides", "the ministry".

A `Discourse` is made once a report and asked about single words. It only reads the report's
sentences; answers are cached, and the same report gives the same answers in any order of asking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from communique.actors.composition import in_hyphened_compound, is_plural, modifiers, names_sides, owners, places
from communique.actors.knowledge import Entry, Knowledge, RoleNoun, knowledge, plain
from communique.actors.namesakes import narrowed
from communique.actors.naming import NameMatch, find_names, rank
from communique.actors.reference import Mentions
from communique.actors.resolver import actor_code, bare, is_state
from communique.actors.words import name_words, referring_words
from communique.reading.acts import coordinated, prepositional
from communique.records import Resolution, Sentence

# Numbers that stand for people: "Thousands marched through Warsaw".
CROWD = frozenset({"thousand", "hundred", "dozen", "score", "million"})
_NOMINAL = {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"}


class Discourse:
    """The actors of one report.

    `published` is an ISO day or None; with it a name means who held the office on that day.
    """

    def __init__(self, sentences: Sequence[Sentence], published: str | None) -> None:
        self.sentences = {sentence.index: sentence for sentence in sentences if sentence.index >= 0}
        self.order = list(sentences)
        self.day = published
        self.known: Knowledge = knowledge()
        self._names: dict[int, dict[int, NameMatch]] = {}
        self._cache: dict[tuple[int, int], Resolution | None] = {}
        self._open: set[tuple[int, int]] = set()
        self.persons: dict[str, tuple[tuple[str, ...], str]] = {}
        self.titles: dict[str, tuple[tuple[str, ...], int]] = {}
        self.short_names: dict[str, tuple[str, ...]] = {}
        self._states = Counter[str]()
        self._groups = Counter[str]()
        self._dateline: str | None = None
        self._from_a_seat = False
        self._leaders: Counter[str] = Counter()
        for sentence in self.order:
            self._learn(sentence)
        self.mentions = Mentions(self)

    # -- what the report teaches ------------------------------------------------------------

    def _key(self, sentence: Sentence) -> int:
        return id(sentence)

    def covering(self, sentence: Sentence) -> dict[int, NameMatch]:
        """Give the known name that covers each token, where one does."""
        key = self._key(sentence)
        if key not in self._names:
            self._names[key] = {
                place: match
                for match in find_names(sentence, self.known)
                for place in range(match.first, match.last + 1)
            }
        return self._names[key]

    def _learn(self, sentence: Sentence) -> None:
        """Take in what one sentence says of who is who: full names, titles, datelines, acronyms."""
        covering = self.covering(sentence)
        for match in dict.fromkeys(covering.values()):
            codes = self._codes_of(match)
            if "group" in match.kinds and len({entry.code for entry in match.entries}) == 1:
                self._groups[match.entries[0].code] += 1
            if match.first < match.last and codes and "organisation" in match.kinds:
                self.short_names.setdefault(plain(sentence.tokens[match.last].text), codes)
            counts = not in_hyphened_compound(sentence, match)
            if counts and match.kinds & {"state", "adjective", "capital", "demonym", "place"}:
                for code in codes:
                    self._states[bare(code)] += 1
            full = [entry for entry in match.entries if entry.kind == "person" and entry.full_name]
            for title in sentence.related(match.last, "compound", "nmod", "appos"):
                role = self.role_noun(sentence, title)
                if role is not None and codes and "person" in match.kinds:
                    self.titles.setdefault(role.word, (tuple(bare(code) for code in codes), sentence.index))
            if full and codes:
                surname = plain(sentence.tokens[match.last].text)
                self.persons.setdefault(surname, (codes, f"named in full as {match.name}"))
                self._leaders.update(bare(code) for code in codes if is_state(bare(code)))
        for learn in (self._learn_roles, self._learn_dateline, self._learn_strangers):
            learn(sentence, covering)

    def _learn_roles(self, sentence: Sentence, covering: dict[int, NameMatch]) -> None:
        """ "A Palestinian suicide bomber …": the bomber of the headline is that one."""
        for token in sentence.tokens:
            if token.part_of_speech not in {"NOUN", "PROPN"} or token.index in covering:
                continue
            role = self.role_noun(sentence, token.index)
            if role is None or role.role not in {"REB", "MIL", "OPP"}:
                continue
            codes = [code for match in modifiers(sentence, token.index, covering) for code in self._codes_of(match)]
            if codes:
                self.titles.setdefault(role.word, (tuple(dict.fromkeys(map(bare, codes))), sentence.index))

    def _learn_dateline(self, sentence: Sentence, covering: dict[int, NameMatch]) -> None:
        if self._dateline is None and sentence.index == 0 and 0 in covering and len(sentence.tokens) <= 16:
            match, last = covering[0], sentence.tokens[-1].text
            if match.kinds & {"capital", "place", "state", "seat"} and last in {"-", "--", "—", "–", ":"}:
                self._dateline = next(iter(self._codes_of(match)), None)
                self._from_a_seat = match.name.lower() in name_words().seats

    def _learn_strangers(self, sentence: Sentence, covering: dict[int, NameMatch]) -> None:
        """ "Hungarian Foreign Minister X": X is Hungary's for the rest of the report."""
        for token in sentence.tokens:
            if token.part_of_speech not in {"PROPN", "NOUN"} or not token.text[0].isupper():
                continue
            place = token.index
            if place in covering or token.relation == "compound" or len(token.text) < 3:
                continue
            found = self._stranger(sentence, place, covering)
            if found is not None:
                self.persons.setdefault(plain(token.text), found)

    def _stranger(
        self, sentence: Sentence, place: int, covering: dict[int, NameMatch]
    ) -> tuple[tuple[str, ...], str] | None:
        """Give the codes of a person whom the actor files do not hold, from the words around."""
        titles = list(sentence.related(place, "compound", "nmod", "amod", "appos"))
        token = sentence.tokens[place]
        if token.relation == "appos":
            titles.append(token.head)
        for title in titles:
            role = self.role_noun(sentence, title)
            if role is None:
                continue
            nations = modifiers(sentence, title, covering) + modifiers(sentence, place, covering)
            codes = [code for match in dict.fromkeys(nations) for code in self._codes_of(match)]
            if not codes:
                for owner in owners(sentence, title):
                    if owner in covering:
                        codes += self._codes_of(covering[owner])
            if codes:
                full = tuple(dict.fromkeys(actor_code(code, role.role) for code in codes))
                self.titles.setdefault(role.word, (tuple(bare(code) for code in codes), sentence.index))
                return full, f"called {sentence.tokens[title].lemma} of {'+'.join(codes)} in this report"
        return None

    # -- single names -----------------------------------------------------------------------

    def _codes_of(self, match: NameMatch) -> tuple[str, ...]:
        if match.parts:
            return tuple(dict.fromkeys(code for part in match.parts for code in self._codes_of(part)))
        entry = self.meaning(match)
        if entry is None:
            return ()
        if entry.ended_before(self.day) and entry.kind == "person":
            return (actor_code(entry.code, "POL" if entry.role in {"GOV", "MIL"} else entry.role),)
        if entry.kind == "agreement":
            return tuple(filter(None, entry.code.split(";")))  # one of all the world has no counterparts
        if entry.code in self.known.expanding:
            return self.known.members[entry.code]
        return (actor_code(entry.code, entry.role),)

    def meaning(self, match: NameMatch) -> Entry | None:
        """Give what a name means in this report: by the day, then by the countries around it."""
        entries = match.entries
        current = [entry for entry in entries if entry.covers(self.day)] or [
            entry for entry in entries if entry.kind == "person" and entry.ended_before(self.day)
        ]
        if not current:
            return None
        titled = [entry for entry in current if entry.kind == "person"]
        if titled and match.title in name_words().titles:
            current = titled
        best = min(rank(entry)[0] for entry in current)
        current = [entry for entry in current if rank(entry)[0] == best]
        if len({entry.code for entry in current}) > 1:
            current = narrowed(match, current, self._named_often, self.known.tenure)
        if current and current[0].kind == "person":
            highest = min(rank(entry) for entry in current)
            current = [entry for entry in current if rank(entry) == highest]
        return max(current, key=lambda entry: entry.valid_from) if current else None

    def _named_often(self, entry: Entry) -> int:
        """Give how often the report names the state of an entry, and thrice how often the group itself."""
        if entry.kind == "group":
            return 3 * self._groups.get(entry.code, 0) + self._states.get(entry.detail, 0)
        return self._states.get(bare(entry.code), 0)

    def role_noun(self, sentence: Sentence, place: int) -> RoleNoun | None:
        """Give the role that a noun names ("prime minister", "rebels"), two words before one."""
        token = sentence.tokens[place]
        lemma = plain(token.lemma)
        if place:
            pair = f"{sentence.tokens[place - 1].text.lower()} {lemma}"
            if pair in self.known.roles:
                return self.known.roles[pair]
        roles = {} if names_sides(sentence, place) else self.known.roles
        found = roles.get(lemma) or roles.get(token.text.lower())
        if found is None and token.tag in {"NNP", "NNPS"} and not place and lemma.endswith("s"):
            found = self.known.roles.get(lemma.removesuffix("s"))  # "Guerrillas attacked": a name to the parser
        if found is None and "-" in lemma:
            found = self.known.roles.get(lemma.replace("-", " "))
        return found

    def resolve(self, sentence: Sentence, place: int) -> Resolution | None:
        """Give whom the word at `place` (the head of a noun phrase) means, or None."""
        key = (self._key(sentence), place)
        if key in self._cache:
            return self._cache[key]
        if key in self._open or sentence.tokens[place].part_of_speech not in _NOMINAL:
            return None
        self._open.add(key)
        try:
            found = self._resolve(sentence, place)
        finally:
            self._open.discard(key)
        self._cache[key] = found
        return found

    def _resolve(self, sentence: Sentence, place: int) -> Resolution | None:
        token = sentence.tokens[place]
        covering = self.covering(sentence)
        if token.part_of_speech == "PRON" or token.tag in {"PRP", "PRP$"}:
            return self.mentions.pronoun(sentence, place)
        if place in covering:
            return self._by_name(sentence, place, covering)
        if referring_words().get(token.lemma) == "part":
            behind = prepositional(sentence, place, "of")
            found = self.resolve(sentence, behind[0]) if behind else None
            if found is not None:
                return found
            if not behind and token.lemma in CROWD and token.tag == "NNS":
                return self._by_role(sentence, place, RoleNoun(token.lemma, "CVL", "people", False), covering)
        short = self.short_names.get(plain(token.text)) if token.text[:1].isupper() else None
        if short is not None and any(sentence.tokens[c].lemma == "the" for c in sentence.children[place]):
            return Resolution(short, token.text, f"“the {token.text}” named in full before", "name")
        referring = self.mentions.referring(sentence, place, referring_words())
        if referring is not None:
            return referring
        counted = self.mentions.counted(sentence, place)
        if counted is not None:
            return counted
        role = self.role_noun(sentence, place)
        if role is not None:
            return self._by_role(sentence, place, role, covering)
        return self._by_surroundings(sentence, place, covering)

    def _by_name(self, sentence: Sentence, place: int, covering: dict[int, NameMatch]) -> Resolution | None:
        match = covering[place]
        entry = self.meaning(match)
        text = " ".join(token.text for token in sentence.tokens[match.first : match.last + 1])
        if in_hyphened_compound(sentence, match):
            return None
        if entry is not None and entry.kind == "agreement":
            codes = self._codes_of(match)
            return Resolution(codes, text, f"counterparts in {entry.name}", "agreement") if codes else None
        surname = plain(sentence.tokens[match.last].text)
        if entry is None or entry.kind == "person":
            learnt = self._learnt_person(sentence, place, match, entry)
            if learnt is not None:
                return Resolution(learnt[0], text, learnt[1], "person")
        if entry is None:
            return None
        if entry.kind == "person" and not entry.full_name and surname in self.persons:
            codes, why = self.persons[surname]
            return Resolution(codes, text, why, "person")
        codes = self._codes_of(match)
        kind = "name" if entry.kind in {"state", "organisation", "group", "seat"} else entry.kind
        if entry.kind in {"demonym", "adjective"} and is_plural(sentence, place) and is_state(entry.code):
            # "Iraqis marched" are people; "the Americans" are mostly their government.
            articles = {sentence.tokens[c].lemma for c in sentence.related(place, "det")}
            if "the" not in articles or sentence.related(place, "nummod", "amod"):
                codes = (actor_code(entry.code, "CVL"),)
        span = f"{entry.valid_from or '…'}–{entry.valid_to or '…'}" if entry.kind == "person" else ""
        return Resolution(codes, text, f"{entry.kind} {entry.name} = {entry.code} {span}".strip(), kind)

    def _learnt_person(
        self, sentence: Sentence, place: int, match: NameMatch, entry: Entry | None
    ) -> tuple[tuple[str, ...], str] | None:
        """The report's own title beats a person file that knows the name from another country."""
        covering = self.covering(sentence)
        nations = [m for m in modifiers(sentence, place, covering) if m.last < match.first]
        codes = [code for m in nations for code in self._codes_of(m)]
        if codes and (entry is None or entry.code not in codes):
            if any(self.role_noun(sentence, c) for c in sentence.related(place, "compound", "nmod", "amod")):
                words = {token.text.lower() for token in sentence.tokens[max(0, match.first - 6) : match.first]}
                if words & name_words().former:
                    codes = [actor_code(code, "POL") for code in codes]
                return tuple(codes), f"titled as of {'+'.join(codes)}"
        return None

    def _by_role(
        self, sentence: Sentence, place: int, role: RoleNoun, covering: dict[int, NameMatch]
    ) -> Resolution | None:
        token = sentence.tokens[place]
        nations = modifiers(sentence, place, covering)
        codes = [code for match in nations for code in self._codes_of(match)]
        why = f"{token.lemma} ({role.role}) of {'+'.join(codes)}"
        if not codes:
            codes, why = self._owner_codes(sentence, place, covering, token.lemma)
        if not codes and role.kind == "body":  # "the Assad regime", "the Trump administration"
            leaders = [covering[c] for c in sentence.related(place, "compound", "nmod") if c in covering]
            codes = [bare(code) for match in leaders for code in self._codes_of(match)]
            why = f"{token.lemma} of {'+'.join(codes)}"
        if not codes and role.kind != "people":
            named = [self.resolve(sentence, c) for c in sentence.related(place, "appos")]
            for resolution in named:
                if resolution is not None:
                    return Resolution(resolution.codes, token.text, f"{token.lemma}: {resolution.text}", "role")
        if not codes and role.of:
            codes, why = [role.of], f"{role.word}: of {role.of} unless told otherwise"
        titled, since = self.titles.get(role.word, ((), 0))
        if not codes and (since <= sentence.index or sentence.index < 0):  # a headline tells what follows
            codes, why = list(titled), f"the {role.word} named before"
        kind = "role"
        if not codes:
            codes, why = self.mentions.home(sentence, place, role)
            kind = "guess"
        if not codes:
            return None
        full = tuple(
            dict.fromkeys(actor_code(bare(code) if is_state(bare(code)) else code, role.role) for code in codes)
        )
        return Resolution(full, token.text, why, kind)

    def _owner_codes(
        self, sentence: Sentence, place: int, covering: dict[int, NameMatch], word: str
    ) -> tuple[list[str], str]:
        codes: list[str] = []
        for owner in owners(sentence, place):
            for each in coordinated(sentence, owner):
                resolution = self.resolve(sentence, each)
                if resolution is not None and resolution.kind != "guess":
                    codes += [bare(code) for code in resolution.codes]
                elif resolution is None:  # "troops of the CSTO alliance"
                    codes += [code for match in modifiers(sentence, each, covering) for code in self._codes_of(match)]
        return codes, f"{word} of {'+'.join(codes)}"

    def _by_surroundings(self, sentence: Sentence, place: int, covering: dict[int, NameMatch]) -> Resolution | None:
        """A name we do not hold: met before in this report, or explained beside it."""
        token = sentence.tokens[place]
        if token.text[:1].isupper() and plain(token.text) in self.persons:
            codes, why = self.persons[plain(token.text)]
            return Resolution(codes, token.text, why, "person")
        for other in sentence.related(place, "appos"):
            if other != place:
                resolution = self.resolve(sentence, other)
                if resolution is not None and resolution.kind in {"name", "person", "role"}:
                    return Resolution(resolution.codes, token.text, f"explained as {resolution.text}", resolution.kind)
        if token.part_of_speech == "PROPN":
            for title in sentence.related(place, "compound", "nmod"):
                role = self.role_noun(sentence, title)
                if role is not None and sentence.tokens[title].lemma not in name_words().titles - {
                    "president",
                    "minister",
                }:
                    home, why = self.mentions.home(sentence, title, role)
                    if home:
                        return Resolution(tuple(home), token.text, why, "person")
        return None

    # -- the report's own country --------------------------------------------------------------

    def main_state(self) -> str | None:
        """Give the state that the report names most, or that of its dateline; without either that of its leaders."""
        top = self._states.most_common(2) or self._leaders.most_common(1)
        clear = len(top) == 1 or (top and top[0][1] > top[1][1])
        return top[0][0] if clear else self.dateline or (top[0][0] if top else None)

    def states_by_mention(self) -> list[str]:
        """Give the states that the report names, the most often named first."""
        return [code for code, _ in self._states.most_common()]

    def speaks_of(self, states: frozenset[str]) -> bool:
        """Tell whether the report names any of the states."""
        return any(self._states.get(code) for code in states)

    @property
    def dateline(self) -> str | None:
        """The state of the dateline ("BAGHDAD (Reuters) —"); a seat of organisations must be named besides."""
        if self._from_a_seat and self._states[self._dateline or ""] < 2:
            return None
        return self._dateline

    def place_codes(self, sentence: Sentence) -> list[tuple[int, str]]:
        """Give the (token, state) pairs of the places in a sentence."""
        found = places(sentence, self.covering(sentence))
        return [(match.last, bare(codes[0])) for match in found if (codes := self._codes_of(match))]

    def actors_named(self, sentence: Sentence) -> tuple[str, ...]:
        """Give the codes of all known names in a sentence, in text order, places left out."""
        found: list[str] = []
        for match in dict.fromkeys(self.covering(sentence).values()):
            if match.kinds & {"state", "organisation", "group", "adjective", "person", "demonym"}:
                found += [code for code in self._codes_of(match) if code not in found]
        return tuple(found)
