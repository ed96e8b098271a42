"""Forecasts as a person reads them: names for codes, the likeliest first, reasons in words."""

from __future__ import annotations

from communique.desk.likely import act_words, fired_words, reason_of, rows_of, strongest
from communique.outlook.records import FiredEvent, Forecast, Outlook, Precedent

FIRED = FiredEvent("e1", "2025-02-20", "USA", "IRN", "THREATEN/sanctions", "USA threatened IRN with sanctions")
RULE = Precedent(
    "THREATEN/sanctions", "USA", "IRN", "SANCTION", "USA", "IRN", 14, 52, 0.12, 1_200, 4_000, 0.2, "in codes", (FIRED,)
)


def forecast(kind: str, probability: float, base_rate: float = 0.1, source: str = "USA", **more: object) -> Forecast:
    values = {"low": 0.0, "high": 1.0, "learned": True, "events": 3, "quad": 4} | more
    return Forecast(source=source, target="IRN", kind=kind, probability=probability, base_rate=base_rate, **values)  # type: ignore[arg-type]


def outlook_with(*forecasts: Forecast) -> Outlook:
    return Outlook("USA", "IRN", "2025-02-25", 30, 40, None, forecasts)


def test_a_reason_is_told_with_names_and_counts() -> None:
    reason = reason_of(RULE, 30)
    assert reason.words == (
        "Within 30 days after United States threatened Iran with sanctions, United States imposed sanctions on Iran or"
        " cut relations with it in 14 of 52 cases, against 12% of all such spans; between any two actors in 1,200 of"
        " 4,000, where 20% would be usual."
    ).replace(
        "imposed sanctions on Iran or cut relations with it",
        act_words("SANCTION", "USA", "IRN").partition(" States ")[2],
    )
    assert reason.fired_by == (("e1", "2025-02-20", "United States threatened Iran with sanctions"),)


def test_a_recent_event_of_a_mode_without_words_of_its_own_is_told_by_its_type() -> None:
    event = FiredEvent("e2", "2025-02-20", "RUS", "*", "CONSULT/other", "")
    assert fired_words(event) == "Russia met or consulted anyone"


def test_rare_acts_are_shown_only_where_all_are_asked_for() -> None:
    made = outlook_with(forecast("SANCTION", 0.3), forecast("ASSAULT", 0.004), forecast("ACCUSE", 0.6))
    assert [row.forecast.kind for row in rows_of(made)] == ["ACCUSE", "SANCTION"]
    assert [row.forecast.kind for row in rows_of(made, all_kinds=True)] == ["ACCUSE", "SANCTION", "ASSAULT"]


def test_the_few_rows_that_say_most_are_types_away_from_their_base_rate() -> None:
    made = outlook_with(
        forecast("verbal conflict", 0.9, 0.2),
        forecast("ACCUSE", 0.60, 0.59),
        forecast("SANCTION", 0.55, 0.1),
        forecast("CONSULT", 0.2, 0.2),
    )
    assert [row.forecast.kind for row in strongest(made, 2)] == ["SANCTION", "ACCUSE"]
