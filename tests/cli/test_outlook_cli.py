"""`communique outlook`, `backtest` and `whatif` on a casebook of invented events, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import casebook as made_up
import communique
from communique.cli.app import app

PAIR = ("AAX", "ABX")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("outlook") / "invented.casebook"
    with communique.open_casebook(place) as kept:
        kept.add_imported(made_up.invented(4_000), "invented")
    return place


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "-c", str(path)])


def test_two_actors_get_each_kind_both_ways_with_base_rates_and_reasons(path: Path) -> None:
    done = run(path, "outlook", *PAIR, "--format", "json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.output)
    assert (made["a"], made["b"], made["horizon_days"]) == (*PAIR, 30)
    assert len(made["forecasts"]) == 2 * (16 + 4)
    for row in made["forecasts"]:
        assert 0 <= row["low"] <= row["probability"] <= row["high"] <= 1
        assert 0 <= row["base_rate"] <= 1


def test_the_table_names_acts_and_the_day_it_is_made_as_of(path: Path) -> None:
    done = run(path, "outlook", *PAIR, "--as-of", "2015-06-01")
    assert done.exit_code == 0, done.output
    assert "the 30 days after 2015-06-01" in done.output
    assert "base rate" in done.output
    assert "AAX CONSULT ABX" in done.output


def test_a_kept_forecast_is_scored_when_its_horizon_has_passed(path: Path) -> None:
    assert run(path, "outlook", *PAIR, "--as-of", "2015-06-01", "--keep").exit_code == 0
    done = run(path, "outlook", "--scored")
    assert done.exit_code == 0, done.output
    assert "40 forecasts kept; the horizon of 40 has passed" in done.output
    assert "Brier score" in done.output


def test_the_past_is_replayed_against_its_baselines(path: Path, tmp_path: Path) -> None:
    plot = tmp_path / "reliability.svg"
    done = run(path, "backtest", "--origins", "2", "--plot", str(plot), "--format", "json")
    assert done.exit_code == 0, done.output
    result = json.loads(done.output)
    assert [origin["as_of"] for origin in result["origins"]] == sorted(origin["as_of"] for origin in result["origins"])
    assert {"brier", "skill_climatology", "skill_persistence", "log_loss", "auc"} <= set(result["scores"][0])
    assert plot.read_text(encoding="utf-8").startswith("<svg")


def test_a_supposed_event_shifts_the_outlook_and_is_called_association(path: Path) -> None:
    done = run(path, "whatif", "AAX SANCTION ABX 2015-12-30")
    assert done.exit_code == 0, done.output
    assert "association" in done.output
    assert "AAX SANCTION ABX" in done.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("outlook", "AAX", "ABX", "ACX"), "3 actors"),
        (("outlook", "ZZZ"), "ZZZ"),
        (("whatif", "AAX SANCTION ABX"), "source, type, target and day"),
        (("whatif", "AAX SANCTION ABX 2015-12-30", "--dyad", "AAX"), "name two actors"),
    ],
)
def test_what_cannot_be_asked_says_what_to_write(path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(path, *arguments)
    assert isinstance(done.exception, communique.UsageError)
    assert says in str(done.exception)
