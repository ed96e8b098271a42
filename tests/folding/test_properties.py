"""Whatever is told in whatever order: every event in one group, the same groups, and a person's word kept."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.folding.fold import fold_events, fold_new
from communique.folding.tellings import Decision, Telling
from communique.folding.traces import days_of
from tests.folding.made import telling

SENTENCES = (
    ("Washington imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions"),
    ("The United States slapped new sanctions on four Iranian banks.", "slapped new sanctions"),
    ("Iran was angry at the sanctions imposed on its banks in spring.", "sanctions imposed"),
    ("Again the United States put oil traders under sanctions.", "put oil traders under sanctions"),
)
ACTS = ("USA SANCTION IRN", "USA SANCTION -", "USA+GBR SANCTION IRN", "GBR SANCTION IRN", "USA COERCE IRN")


@st.composite
def one_telling(draw: st.DrawFn) -> Telling:
    """One of ten reports tells one of the sentences, of some actors, for some day or none."""
    sentence, anchor = draw(st.sampled_from(SENTENCES))
    day = draw(st.sampled_from([None, "2023-05", "2023-05-09", "2023-05-10", "2023-05-11"]))
    report = f"r{draw(st.integers(0, 9))}"
    return telling(report, sentence, anchor, draw(st.sampled_from(ACTS)), date=day, published="2023-05-12")


TELLINGS = st.lists(one_telling(), max_size=14, unique_by=lambda one: one.event_id)


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[Telling], list[Decision]]:
    """Tellings, and decisions on some of their pairs."""
    told = draw(TELLINGS.filter(lambda found: len(found) >= 2))
    names = [one.event_id for one in told]
    pair = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
    decisions = draw(st.lists(st.builds(lambda same, two: Decision(same, *two), st.booleans(), pair), max_size=4))
    return told, decisions


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(TELLINGS, st.randoms(use_true_random=False))
def test_the_groups_are_a_partition_that_no_order_changes(told: list[Telling], chance: object) -> None:
    groups = fold_events(told)
    assert sorted(name for group in groups for name in group) == sorted(one.event_id for one in told)
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert fold_events(mixed) == groups


@quick
@given(TELLINGS)
def test_no_group_holds_two_events_of_one_report(told: list[Telling]) -> None:
    report_of = {one.event_id: one.report_id for one in told}
    for group in fold_events(told):
        assert len({report_of[name] for name in group}) == len(group)


@quick
@given(decided())
def test_decisions_hold_against_the_rules(case: tuple[list[Telling], list[Decision]]) -> None:
    told, decisions = case
    try:
        groups = fold_events(told, decisions)
    except UsageError:
        assume(False)
    home = {name: group for group in groups for name in group}
    for decision in decisions:
        assert (home[decision.left] == home[decision.right]) == decision.same


@quick
@given(TELLINGS)
def test_reports_that_come_one_by_one_fold_as_they_would_all_at_once(told: list[Telling]) -> None:
    kept: dict[str, Telling] = {}
    home: dict[str, tuple[str, ...]] = {}
    for one in told:
        for group in fold_new([one], lambda _: list(kept.values())):
            home.update(dict.fromkeys(group, group))
        kept[one.event_id] = one
    assert tuple(sorted(set(home.values()))) == fold_events(told)


@quick
@given(TELLINGS)
def test_folded_tellings_lie_within_the_days_that_a_store_looks_in(told: list[Telling]) -> None:
    spans = {one.event_id: days_of(one) for one in told}
    for group in fold_events(told):
        known = [span for name in group if (span := spans[name]) is not None]
        for first, _ in known:
            assert all((first - last).days <= 3 for _, last in known)
