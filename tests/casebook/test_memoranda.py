"""What is kept besides what was read: forecasts as they were made, and dossiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from communique.casebook import Casebook, Dossier, KeptForecast
from communique.errors import CasebookError, UsageError

FORECAST = KeptForecast(
    "f1", "2025-03-01", "2025-03-31", 30, "NOR", "SDN", "SANCTION", 0.3, 0.2, 0.4, 0.1, True, ("Within 30 days …",)
)
DOSSIER = Dossier("border-2025", "The border", ("NOR", "SDN/GOV"), ("sanctions",), "2025", "2025-06", "Mind the river.")


def test_forecasts_are_kept_once_and_in_order(casebook: Casebook, place: Path) -> None:
    then = datetime(2025, 3, 1, 12, 0, 0)
    second = replace(FORECAST, forecast_id="a2", made_at=then)
    assert casebook.keep_forecasts([FORECAST, second, FORECAST]) == 2
    assert casebook.keep_forecasts([replace(FORECAST, probability=0.9), replace(FORECAST, forecast_id="f3")]) == 1
    kept = casebook.forecasts()
    assert [one.forecast_id for one in kept] == ["f1", "a2", "f3"]
    assert replace(kept[0], made_at=None) == FORECAST
    assert kept[0].made_at is not None
    assert kept[1] == second
    assert casebook.keep_forecasts([]) == 0
    with Casebook.open(place, read_only=True) as reader:
        assert reader.forecasts() == kept
        with pytest.raises(CasebookError, match="reading only"):
            reader.keep_forecasts([FORECAST])


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"until": "soon"}, "'f1': until 'soon' is no day"), ({"low": 1.2}, "'f1': low 1.2 is no probability")],
)
def test_one_forecast_that_cannot_be_leaves_none(casebook: Casebook, changes: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.keep_forecasts([replace(FORECAST, forecast_id="f0"), replace(FORECAST, **changes)])  # type: ignore[arg-type]
    assert casebook.forecasts() == []


def test_a_dossier_is_saved_changed_and_deleted(casebook: Casebook) -> None:
    made = casebook.save_dossier(DOSSIER)
    assert made.made_at == made.changed_at
    assert replace(made, made_at=None, changed_at=None) == DOSSIER
    casebook.save_dossier(Dossier("alliance", "An alliance", ("NOR",)))
    changed = casebook.save_dossier(replace(DOSSIER, note=""))
    assert changed.made_at == made.made_at
    assert str(changed.changed_at) >= str(made.changed_at)
    assert casebook.dossier("border-2025") == changed
    assert [one.name for one in casebook.dossiers()] == ["alliance", "border-2025"]
    assert casebook.delete_dossier("border-2025") == changed
    assert casebook.dossier("border-2025") is None
    with pytest.raises(UsageError, match=r"no dossier 'aliance'; did you mean alliance\?"):
        casebook.delete_dossier("aliance")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "The Border"}, "in a-z, 0-9 and hyphens"),
        ({"name": ""}, "in a-z, 0-9 and hyphens"),
        ({"name": "-a"}, "in a-z, 0-9 and hyphens"),
        ({"name": "../a"}, "in a-z, 0-9 and hyphens"),
        ({"name": "a\n"}, "in a-z, 0-9 and hyphens"),
        ({"name": "a" * 81}, "80 at most"),
        ({"title": " "}, "give it a title"),
        ({"actors": ("Norland",)}, "'Norland' is no code of an actor"),
        ({"contexts": ("sanction",)}, r"context 'sanction' is unknown; did you mean sanctions"),
        ({"actors": (), "contexts": ()}, "at least one actor or context"),
        ({"since": "May"}, "since 'May'"),
        ({"since": "2026"}, "since 2026 comes after until 2025-06"),
    ],
)
def test_a_dossier_that_cannot_be(casebook: Casebook, changes: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.save_dossier(replace(DOSSIER, **changes))  # type: ignore[arg-type]
    assert casebook.dossiers() == []
