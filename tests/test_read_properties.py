"""What holds for any text at all: no crash, anchors that stand where they say, the same answer twice."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique

ACTORS = [
    "Iran",
    "the U.S.",
    "Russian Foreign Minister Sergei Lavrov",
    "rebels",
    "Hamas",
    "the two countries",
    "NATO",
    "he",
]
ACTS = [
    "attacked",
    "will not meet",
    "agreed to lift sanctions on",
    "held talks with",
    "denied having bombed",
    "called on",
    "'s visit to",
    ", which accused",
    "and",
    "may, if asked,",
    "“condemned”",
    "- recalls ambassador from",
]
NEWS = st.lists(
    st.sampled_from(ACTORS + ACTS + [".", ",", "\n\n", "on Monday", "in May", "…", "؟", "\u202e", "\x00", "U.N."]),
    max_size=25,
)
SLOW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_any_text_is_read_without_a_crash(text: str, title: str | None) -> None:
    for event in communique.read(text, title=title):
        passage = (title or "") if event.sentence < 0 else text
        assert passage[event.start : event.end] == event.anchor != ""


@SLOW
@given(NEWS.map(" ".join))
def test_news_like_text_keeps_its_promises(text: str) -> None:
    events = communique.read(text, published="2025-02-25")
    assert events == communique.read(text, published="2025-02-25")
    for event in events:
        assert text[event.start : event.end] == event.anchor
        assert event.source
        assert 1 <= event.quad <= 4
        assert -10 <= event.intensity <= 10
        assert 0 < event.confidence < 1
        assert not set(event.source) & set(event.target)
        for _, start, end in event.anchors:
            assert 0 <= start < end <= len(text)


def test_a_batch_gives_what_single_reports_give() -> None:
    texts = [
        "Panama recalled its ambassador from Cuba.",
        "",
        "مرحبا بالعالم",
        "Turkey and Greece held talks.",
        "x" * 5000,
    ]
    reports = [communique.make_report(text, report_id=str(number)) for number, text in enumerate(texts)]
    together = list(communique.read_many(reports))
    apart = [event for report in reports for event in communique.read_many([report])]
    assert together == apart
    assert len(together) == 2


def test_an_endless_stream_is_read_lazily() -> None:
    def endless() -> object:
        while True:
            yield communique.make_report("Panama recalled its ambassador from Cuba.")

    stream = communique.read_many(endless())  # type: ignore[arg-type]
    assert next(stream).type == "SANCTION"


def test_other_languages_are_not_coded() -> None:
    german = (
        "Die Bundesregierung hat am Montag die Angriffe Russlands auf die Ukraine verurteilt. Der Kanzler traf in Paris "
        "den Präsidenten Macron und sprach mit ihm über neue Sanktionen gegen Moskau. Iran und USA verhandeln weiter."
    )
    assert communique.read(german) == []
