"""`communique explain`: why a sentence or report was coded as it was."""

from __future__ import annotations

import os
import re
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.read import day_of_publication
from communique.cli.show import QUAD_STYLE, on_screen, who_did_what
from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.pipeline import ReadReport, make_report, read_reports_fully
from communique.records import Report, Sentence
from communique.reports import read_reports


def explain(
    words: Annotated[str, typer.Argument(help="A sentence, or a file with one report.", show_default=False)],
    published: Annotated[str | None, typer.Option(help="Day of publication, as 2025-02-25.")] = None,
) -> None:
    """Show how a sentence or report was read: who is meant and why, which rule chose each type, what was left out.

    Examples:

      communique explain "Hungarian Foreign Minister Szijjarto met Lavrov in Moscow."

      communique explain report.txt --published 2025-02-25
    """
    console = Console()
    for result in read_reports_fully([_report(words, published)]):
        for sentence in result.sentences:
            _explain_sentence(console, result, sentence)
        if not result.english:
            console.print(Text("nothing was read: this is taken for another language than English", style="yellow"))


# What nobody writes for a sentence: one word with a suffix or a slash.
_LIKE_A_PATH = re.compile(r"\S*[^\s.]\.[A-Za-z]\w{1,7}(\.gz)?|\S*/\S*")


def _report(words: str, published: str | None) -> Report:
    day = day_of_publication(published)
    if not words.strip():
        raise UsageError("there is nothing to explain; give a sentence, or a file with one report")
    if len(words) < 1_000 and "\n" not in words and (os.path.exists(words) or _LIKE_A_PATH.fullmatch(words)):
        if not os.path.isfile(words):
            raise MissingInput(f"{words}: there is no such file; check the spelling and the folder that you are in")
        for item in read_reports([words], published=day):
            if isinstance(item, Report):
                return item
            raise UnreadableInput(f"{item.origin}: {item.reason}")
    return make_report(words, day)


def _explain_sentence(console: Console, result: ReadReport, sentence: Sentence) -> None:
    name = "title" if sentence.index < 0 else f"sentence {sentence.index}"
    console.print(Text(f"{name}  ", style="bold").append(on_screen(sentence.text), style="default"))
    mentions = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="who is meant", title_justify="left")
    for column in ("words", "actor", "why"):
        mentions.add_column(column)
    for token in sentence.tokens:
        if token.relation in {"compound", "punct"}:
            continue
        found = result.discourse.resolve(sentence, token.index)
        if found is not None:
            why = Text(on_screen(found.why), style="dim")
            mentions.add_row(Text(on_screen(found.text)), Text("+".join(found.codes), style="bold"), why)
    if mentions.row_count:
        console.print(mentions)
    _print_acts(console, result, sentence)


def _print_acts(console: Console, result: ReadReport, sentence: Sentence) -> None:
    acts = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="acts", title_justify="left")
    for column in ("word", "coded as", "because"):
        acts.add_column(column)
    for event, group in zip(result.events, result.coding.groups, strict=True):
        for draft in group:
            if draft.sentence is sentence:
                told_again = "" if draft is group[0] else "  (told again; one event)"
                why = f"{draft.rule}; {draft.status.value}: {draft.status_why}; confidence {event.confidence:.2f}{told_again}"
                word = Text(on_screen(draft.anchor), style=f"bold {QUAD_STYLE[event.quad]}")
                acts.add_row(word, who_did_what(event), Text(why, style="dim"))
    for discarded in result.coding.discarded:
        if discarded.sentence is sentence:
            rule = f" ({discarded.rule})" if discarded.rule else ""
            acts.add_row(
                Text(on_screen(discarded.word), style="dim"),
                Text("—", style="dim"),
                Text(f"{discarded.reason}{rule}", style="dim"),
            )
    console.print(acts if acts.row_count else Text("no act found\n", style="dim"))
