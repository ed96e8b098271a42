"""How events look on a terminal: a table a person reads, with the sentence and its anchor."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.records import Event, Report, Sentence, Status

QUAD_STYLE = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
STATUS_STYLE = {
    Status.OCCURRED: "",
    Status.PLANNED: "italic",
    Status.HYPOTHETICAL: "dim italic",
    Status.DENIED: "strike",
}
LONGEST_SENTENCE = 320

# C0 as the pictures Unicode has for them (␛), DEL and C1 as the mark of a lost character, lines as blanks.
_HARMLESS: dict[int, int | str | None] = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),
    **dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " "),
}


def print_report(console: Console, report: Report, sentences: Sequence[Sentence], events: Sequence[Event]) -> None:
    """Print one report's events: a heading, then a row an event with its evidence in the report's sentences."""
    heading = Text(on_screen(report.title or report.origin or report.report_id), style="bold")
    if report.published:
        heading.append(f"  {report.published.isoformat()}", style="dim")
    console.print(heading)
    if not events:
        console.print(Text("  no events", style="dim"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for name, width in (("event", 22), ("status", 12), ("date", 10)):
        table.add_column(name, min_width=width, no_wrap=name != "event")
    table.add_column("sure", justify="right", min_width=4)
    table.add_column("sentence", ratio=1)
    for event in events:
        sure = f"{event.confidence:.2f}"
        table.add_row(who_did_what(event), status_of(event), event.date or "", sure, evidence(sentences, event))
    console.print(table)


def who_did_what(event: Event) -> Text:
    """Give "USA SANCTION IRN" with the type in the colour of its quad."""
    text = Text(" ".join(event.source))
    text.append(f" {event.type} ", style=f"bold {QUAD_STYLE[event.quad]}")
    text.append(" ".join(event.target))
    return text


def status_of(event: Event) -> Text:
    """Give the status, with on whose word it stands."""
    text = Text(event.status.value, style=STATUS_STYLE[event.status])
    if event.claimed_by:
        text.append(f"\nsays {event.claimed_by}", style="dim")
    return text


def evidence(sentences: Sequence[Sentence], event: Event) -> Text:
    """Give the sentence that an event stands on, its anchor highlighted, cut to a readable length."""
    sentence = next(s for s in sentences if s.index == event.sentence and s.start <= event.start < s.end)
    low, high = event.start - sentence.start, event.end - sentence.start
    words = sentence.text
    before, anchor, after = words[:low], words[low:high], words[high:]
    room = max(40, LONGEST_SENTENCE - len(anchor))
    if len(before) > room // 2:
        before = "…" + before[-room // 2 :]
    if len(after) > room // 2:
        after = after[: room // 2] + "…"
    text = Text(on_screen(before), style="dim")
    text.append(on_screen(anchor), style=f"bold {QUAD_STYLE[event.quad]} not dim")
    text.append(on_screen(after), style="dim")
    return text


def on_screen(words: str) -> str:
    """Give words as one line that only shows itself: what would move the cursor or clear the screen is drawn.

    A report is anybody's text, and a terminal obeys the escape codes in it. Codes that turn the direction
    of writing are left out, for they would show a sentence in another order than it stands.
    """
    return words.translate(_HARMLESS)
