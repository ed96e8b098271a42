"""Whose words a text or a sentence is: "we" in a statement, "… said:" before one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from communique.actors.resolver import bare, is_state
from communique.actors.words import name_words
from communique.records import Resolution, Sentence

if TYPE_CHECKING:
    from communique.actors.discourse import Discourse

_SUBJECTS = ("nsubj", "nsubjpass")


class Speakers:
    """Looks through a report for who speaks."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse

    def own_voice(self, sentence: Sentence, place: int) -> Resolution | None:
        """ "We" is the speaker: of this sentence, of an earlier one, else the report's main actor."""
        for other in self.discourse.mentions.backwards(sentence, len(self.discourse.order)):
            for token in other.tokens:
                if token.relation in _SUBJECTS and other.tokens[token.head].lemma in name_words().stating:
                    resolution = (
                        self.discourse.resolve(other, token.index)
                        if token.part_of_speech != "PRON" or other is not sentence
                        else None
                    )
                    if resolution is not None and token.text.lower() not in name_words().own_voice:
                        return as_pronoun(sentence, place, resolution)
        if self._voice is not None:
            return as_pronoun(sentence, place, self._voice)
        for other in self.discourse.order:
            for token in other.tokens:
                if token.relation in _SUBJECTS and token.text.lower() not in name_words().own_voice:
                    resolution = self.discourse.resolve(other, token.index)
                    if (
                        resolution is not None
                        and resolution.kind in {"name", "person"}
                        and is_state(bare(resolution.codes[0]))
                    ):
                        return as_pronoun(sentence, place, resolution)
        return None

    @cached_property
    def _voice(self) -> Resolution | None:
        """Whose words a text is, by its title or its first words: "Statement by …", "Enrique Manalo: …"."""
        for sentence in self.discourse.order[:2]:
            words = [token.text.lower() for token in sentence.tokens]
            said = [place for place, word in enumerate(words[:8]) if word in name_words().statements]
            first = None
            if sentence.index < 0 and said:
                behind = said[0] + 1
                by = [place for place in range(behind, len(words)) if words[place] in {"by", "from"}]
                first = by[0] + 1 if by else behind + 1 if words[behind : behind + 1] in (["of"], ["with"]) else None
            elif ":" in words[1:8]:
                first = 0
            if first is None:
                continue
            last = len(words) if first else words.index(":")
            about = [place for place in range(first, last) if words[place] in name_words().spoken_on]
            for place in range(first, about[0] if about else last):
                found = self.discourse.resolve(sentence, place)
                if found is not None and found.kind in ({"name", "person", "role"} if first else {"person", "role"}):
                    return found
        return None

    @cached_property
    def _introductions(self) -> list[Sentence]:
        return [other for other in self.discourse.order if other.index >= 0 and other.tokens[-1].text == ":"]

    def speaker_of_statement(self, sentence: Sentence) -> tuple[str, ...]:
        """Give who speaks where a report gives a statement in full behind "… said:"."""
        for other in self._introductions:
            if other.index >= sentence.index:
                return ()
            for token in other.tokens:
                if token.relation in _SUBJECTS and other.tokens[token.head].lemma in name_words().stating:
                    found = self.discourse.resolve(other, token.index)
                    if found is not None:
                        return found.codes
        return ()


def as_pronoun(sentence: Sentence, place: int, resolution: Resolution) -> Resolution:
    """Give what the word at `place` means: what the resolution means, under the word's own text."""
    word = sentence.tokens[place].text
    return Resolution(resolution.codes, word, f"“{word}” = {resolution.text}", resolution.kind)
