"""Who is next in a history of events: found, explained with whole counts, and without a look at what was not known yet."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.ranking import history_ranking
from communique.outlook.ranking.history_facts import HistoryFacts
from communique.outlook.ranking.history_ranking import HistoryRanking, kept_ranking, learn_ranking
from communique.outlook.ranking.next_actors import asked_of, next_actors
from communique.outlook.ranking.settings import RankingSettings, ranking_settings
from communique.records import KeptEvent, Status
from tests.outlook.made import NAMES, day_of, history, kept, on

THREAT_DAY = 415
AS_OF = day_of(THREAT_DAY + 2)
NUMBERS = replace(ranking_settings(), least_facts=100)


@pytest.fixture(scope="module")
def events(world: list[KeptEvent]) -> list[KeptEvent]:
    """The threatening world, in which nothing follows yet on one last threat by Estonia to Ireland."""
    until = [event for event in world if (event.event.date or "") <= on(THREAT_DAY)]
    return [*until, kept("last-threat", "EST", "THREATEN/sanctions", "IRL", on(THREAT_DAY))]


@pytest.fixture(scope="module")
def ranking(events: list[KeptEvent]) -> HistoryRanking:
    return learn_ranking(history(events), AS_OF, NUMBERS)


def test_whom_it_threatened_is_the_likeliest_to_be_sanctioned(events: list[KeptEvent], ranking: HistoryRanking) -> None:
    found = next_actors(history(events), "EST", "SANCTION", "?", AS_OF, ranking=ranking, numbers=NUMBERS)
    assert (found.source, found.target, found.learned, found.note) == ("EST", "?", True, None)
    assert [each.place for each in found.order] == list(range(1, len(found.order) + 1))
    assert {each.actor for each in found.order} <= {*NAMES} - {"EST"}
    assert "IRL" in [each.actor for each in found.order[:3]]
    assert [each.score for each in found.order] == sorted((each.score for each in found.order), reverse=True)


def test_a_rule_is_told_with_whole_counts_that_can_be_counted_again(
    events: list[KeptEvent], ranking: HistoryRanking
) -> None:
    found = next_actors(history(events), "?", "SANCTION", "IRL", AS_OF, ranking=ranking, numbers=NUMBERS)
    estonia = next(each for each in found.order if each.actor == "EST")
    rule = next(rule for rule in estonia.rules if rule.antecedent == "THREATEN/sanctions")
    assert (rule.by, rule.on, rule.then, rule.source, rule.target) == ("EST", "IRL", "SANCTION", "EST", "IRL")
    assert (rule.held, rule.cases) == counted(events, "EST", "IRL")
    assert 0.6 < rule.world_held / rule.world_cases < 0.85
    assert f"EST sanctioned IRL or cut relations with it in {rule.held} of {rule.cases} case" in rule.words
    assert "within 30 days after EST threatened IRL with sanctions" in rule.words
    assert [event.event_id for event in rule.fired_by][:1] == ["last-threat"]


def counted(events: list[KeptEvent], source: str, target: str) -> tuple[int, int]:
    """Count by hand: threats whose 30 days had passed, none within 30 days of the case before, and those that held."""
    # After the last event nothing is known, not even that nothing happened.
    last = day_of(THREAT_DAY) - timedelta(days=30)
    dates = {
        kind: sorted(
            each.event.date or ""
            for each in events
            if (each.event.type, each.event.source, each.event.target) == (kind, (source,), (target,))
        )
        for kind in ("THREATEN", "SANCTION")
    }
    held = cases = 0
    free_from = ""
    for day in dates["THREATEN"]:
        if day < free_from or day > last.isoformat():
            continue
        horizon = on((day_of(0).fromisoformat(day) - day_of(0)).days + 30)
        cases, free_from = cases + 1, horizon
        held += any(day < sanction <= horizon for sanction in dates["SANCTION"])
    return held, cases


def test_reasons_tell_candidates_apart_and_precedents_are_events(
    events: list[KeptEvent], ranking: HistoryRanking
) -> None:
    found = next_actors(history(events), "EST", "SANCTION", "?", AS_OF, ranking=ranking, most=3, numbers=NUMBERS)
    assert len(found.order) == 3
    known = {event.event.event_id: event.event for event in events}
    for each in found.order:
        assert len(each.reasons) == 5
        assert not any(reason.name == "relation" or reason.name.startswith("asked.") for reason in each.reasons)
        for past in each.precedents:
            event = known[past.event_id]
            assert (event.date, event.source, event.target) == (past.date, (past.source,), (past.target,))
            assert {past.source, past.target} == {"EST", each.actor}
            assert past.date <= AS_OF.isoformat()
    assert found.as_row()["order"][0]["place"] == 1


@pytest.mark.parametrize("asked", [("EST", "SANCTION", "?"), ("?", "SANCTION", "IRL")])
def test_what_happened_or_was_published_later_changes_nothing(
    events: list[KeptEvent], ranking: HistoryRanking, asked: tuple[str, str, str]
) -> None:
    planted = [
        kept("leak-1", "EST", "SANCTION/embargo", "FIN", on(THREAT_DAY + 3)),
        kept("leak-2", "EST", "SANCTION/embargo", "FIN", on(THREAT_DAY - 1), published=on(THREAT_DAY + 9)),
        # An actor of whom nobody had heard, whose code comes before all others.
        kept("leak-3", "AAA", "SANCTION/embargo", "IRL", on(THREAT_DAY - 5), published=on(THREAT_DAY + 4)),
        kept("leak-4", "AAA", "CONSULT", "EST", on(THREAT_DAY + 20)),
    ]
    leaking = history([*planted, *events])
    before = next_actors(history(events), *asked, AS_OF, ranking=ranking, numbers=NUMBERS)
    after = next_actors(leaking, *asked, AS_OF, ranking=learn_ranking(leaking, AS_OF, NUMBERS), numbers=NUMBERS)
    assert before == after
    # What was learned without them is the same too, and does for both.
    assert next_actors(leaking, *asked, AS_OF, ranking=ranking, numbers=NUMBERS) == before


def test_the_same_event_known_in_time_does_change_something(events: list[KeptEvent], ranking: HistoryRanking) -> None:
    told = history([*events, kept("in-time", "AAA", "SANCTION/embargo", "IRL", on(THREAT_DAY - 5))])
    with pytest.raises(UsageError, match="other events"):
        next_actors(told, "?", "SANCTION", "IRL", AS_OF, ranking=ranking, numbers=NUMBERS)
    found = next_actors(told, "?", "SANCTION", "IRL", AS_OF, numbers=NUMBERS, most=20)
    assert "AAA" in {each.actor for each in found.order}


def test_a_plan_or_a_denial_is_no_fact(events: list[KeptEvent], ranking: HistoryRanking) -> None:
    more = [
        kept("plan", "EST", "SANCTION/embargo", "FIN", on(THREAT_DAY), status=Status.PLANNED),
        kept("denial", "EST", "SANCTION/embargo", "FIN", on(THREAT_DAY), status=Status.DENIED),
    ]
    asked = {"as_of": AS_OF, "ranking": ranking, "numbers": NUMBERS}
    assert next_actors(history([*events, *more]), "EST", "SANCTION", "?", **asked) == next_actors(
        history(events), "EST", "SANCTION", "?", **asked
    )


SMALL = [
    kept("1", "USA", "SANCTION", "IRN", on(1)),
    kept("2", "USA", "SANCTION", "IRN", on(9)),
    kept("3", "USA", "SANCTION", "RUS", on(5)),
    kept("4", "USA", "CONSULT", "CHN", on(6)),
    kept("5", "CHN", "SANCTION", "TWN", on(6)),
    kept("6", "USA", "CONSULT", "", on(7)),
]


def test_too_little_history_is_said_and_ranked_by_recurrence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    found = next_actors(history(SMALL), "USA", "SANCTION", "?")
    assert not found.learned
    assert "too little history to learn from" in (found.note or "")
    assert [each.actor for each in found.order] == ["IRN", "RUS", "CHN", "TWN"]
    assert found.order[0].reasons[0].words == "days with the same between the two: 2"
    assert [past.event_id for past in found.order[0].precedents] == ["2", "1"]
    assert [int(each.score) for each in found.order[:2]] == [2, 1]


def test_an_actor_of_few_events_is_said_to_have_little_history() -> None:
    found = next_actors(history(SMALL), "TWN", "SANCTION", "?")
    assert "too little history of TWN: 1 act with others" in (found.note or "")


def test_a_type_never_seen_ranks_those_one_had_to_do_with_or_nobody() -> None:
    assert [each.actor for each in next_actors(history(SMALL), "CHN", "ASSAULT", "?").order] == ["TWN", "USA"]
    alone = next_actors(history([kept("1", "USA", "CONSULT", "", on(1))]), "USA", "ASSAULT", "?")
    assert alone.order == ()
    assert "nobody to rank" in (alone.note or "")


def test_an_old_history_says_when_it_ends() -> None:
    found = next_actors(history(SMALL), "USA", "SANCTION", "?", day_of(100))
    assert f"the history ends on {on(9)}, 91 days before" in (found.note or "")


def test_an_actor_that_is_not_known_is_told_with_those_near_it() -> None:
    with pytest.raises(UsageError, match=r"IRM: no event .*IRN \(Iran\)"):
        next_actors(history(SMALL), "IRM", "SANCTION", "?")
    # Known one day, it is unknown the day before.
    with pytest.raises(UsageError, match="RUS: no event"):
        next_actors(history(SMALL), "?", "SANCTION", "RUS", day_of(4))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("USA SANCTION ?", ("USA", "SANCTION", "?")),
        ("? sanction  Saudi Arabia", ("?", "SANCTION", "Saudi Arabia")),
        ("Saudi Arabia AID ?", ("Saudi Arabia", "AID", "?")),
    ],
)
def test_a_question_is_read(text: str, parts: tuple[str, str, str]) -> None:
    assert asked_of(text) == parts


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "source, type and target"),
        ("USA SANCTION", "question mark"),
        ("USA SANCTION IRN", "question mark"),
        ("? SANCTION ?", "question mark"),
        ("USA PUNISH ?", "one of AGREE"),
        ("USA SANCTION/embargo ?", "ask for its type, SANCTION"),
    ],
)
def test_what_is_no_question_says_how_to_write_one(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        asked_of(text)


@pytest.mark.parametrize("asked", [("USA", "PUNISH", "?"), ("USA", "SANCTION", "IRN"), ("?", "SANCTION", "?")])
def test_one_side_is_asked_for(asked: tuple[str, str, str]) -> None:
    with pytest.raises(UsageError):
        next_actors(history(SMALL), *asked)


@pytest.fixture
def learnings(monkeypatch: pytest.MonkeyPatch, ranking: HistoryRanking) -> list[object]:
    """Counts how often a ranking is learned, and gives the one learned already."""
    calls: list[object] = []

    def learn(laid_out: HistoryFacts, numbers: RankingSettings) -> HistoryRanking:
        calls.append(numbers)
        return replace(ranking, laid_out=laid_out)

    monkeypatch.setattr(history_ranking, "_learn", learn)
    return calls


def test_it_is_learned_once_and_gives_the_same_list(
    events: list[KeptEvent], ranking: HistoryRanking, learnings: list[object], tmp_path: Path
) -> None:
    known = history(events)
    kept_ranking(known, tmp_path, AS_OF, NUMBERS)
    again = kept_ranking(known, tmp_path, AS_OF, NUMBERS)
    assert len(learnings) == 1
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {"trees.txt", "numbers.npz", "rules.npz"}
    asked = known, "EST", "SANCTION", "?", AS_OF
    assert next_actors(*asked, ranking=again, numbers=NUMBERS) == next_actors(*asked, ranking=ranking, numbers=NUMBERS)


def test_other_events_are_learned_anew_and_later_ones_are_not(
    events: list[KeptEvent], learnings: list[object], tmp_path: Path
) -> None:
    kept_ranking(history(events), tmp_path, AS_OF, NUMBERS)
    kept_ranking(history([*events, kept("x", "EST", "AID", "IRL", on(THREAT_DAY + 9))]), tmp_path, AS_OF, NUMBERS)
    assert len(learnings) == 1
    kept_ranking(history([*events, kept("x", "EST", "AID", "IRL", on(9))]), tmp_path, AS_OF, NUMBERS)
    assert len(learnings) == 2


@pytest.mark.parametrize("damaged", ["trees.txt", "numbers.npz", "rules.npz"])
@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04 cut off"])
def test_what_is_damaged_is_learned_anew(
    damaged: str, junk: bytes, events: list[KeptEvent], learnings: list[object], tmp_path: Path
) -> None:
    known = history(events)
    kept_ranking(known, tmp_path, AS_OF, NUMBERS)
    (folder,) = tmp_path.iterdir()
    (folder / damaged).write_bytes(junk)
    kept_ranking(known, tmp_path, AS_OF, NUMBERS)
    kept_ranking(known, tmp_path, AS_OF, NUMBERS)
    assert len(learnings) == 2


def test_a_folder_that_cannot_be_made_is_no_error_and_the_oldest_go(
    events: list[KeptEvent], learnings: list[object], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert kept_ranking(history(events), tmp_path / "file", AS_OF, NUMBERS).learned is not None
    for number in range(6):
        more = [*events, kept("x", "EST", "AID", "IRL", on(number))]
        kept_ranking(history(more), tmp_path / "kept", AS_OF, NUMBERS)
    assert len(list((tmp_path / "kept").iterdir())) == 4


def test_a_long_history_is_learned_from_fewer_days(events: list[KeptEvent]) -> None:
    laid_out = learn_days(events, NUMBERS)
    assert laid_out == 90
    assert 20 <= learn_days(events, replace(NUMBERS, most_facts_learned=100)) < 90
    assert learn_days(events, replace(NUMBERS, least_facts=10_000)) == 0


def learn_days(events: list[KeptEvent], numbers: RankingSettings) -> int:
    known: EventHistory = history(events)
    return history_ranking.facts_known(known, AS_OF).days_to_learn(numbers)
