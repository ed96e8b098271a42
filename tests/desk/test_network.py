"""/network: actors and signed ties at a date, with blocs, the same each time."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from starlette.testclient import TestClient

from communique.desk.curves import laid_out, ties_at
from communique.desk.network import Network, network
from communique.desk.pages.network import month_ends

from .acts import act

WEST, EAST = ("USA", "GBR", "FRA", "DEU"), ("RUS", "CHN", "PRK")
STORY = [
    *(
        act(a, "COOPERATE", b, "2014-03-01", n)
        for camp in (WEST, EAST)
        for a, b in combinations(camp, 2)
        for n in range(4)
    ),
    *(act("USA", "SANCTION", "RUS", "2014-06-01", n) for n in range(5)),
    *(act("PRK", "THREATEN", "GBR", "2014-06-02", n) for n in range(3)),
    act("NZL", "CONSULT", "DEU", "2014-03-04"),
]


def net(day: date | None = None, **particulars: object) -> Network:
    return network(ties_at(laid_out(STORY), day, 0.0), **particulars)  # type: ignore[arg-type]


def test_blocs_are_the_camps_with_those_against_them() -> None:
    found = net()
    assert [bloc.members for bloc in found.blocs] == [tuple(sorted(WEST)), tuple(sorted(EAST))]
    assert found.blocs[0].opposed == ("PRK", "RUS")
    assert {node.code: node.bloc for node in found.nodes} == {
        **dict.fromkeys(WEST, 1), **dict.fromkeys(EAST, 2), "NZL": None,
    }  # fmt: skip


def test_before_the_sanctions_no_tie_is_hostile() -> None:
    assert all(tie.score > 0 for tie in net(date(2014, 5, 1)).ties)
    assert {(tie.a, tie.b) for tie in net().ties if tie.score < 0} == {("RUS", "USA"), ("GBR", "PRK")}


def test_weak_scores_and_weak_actors_are_left_out() -> None:
    assert "NZL" not in {node.code for node in net(least=0.3).nodes}
    few = net(most=3)
    assert len(few.nodes) == 3
    assert all(tie.a in {node.code for node in few.nodes} for tie in few.ties)


def test_about_an_actor_it_and_those_tied_to_it_are_shown() -> None:
    assert {node.code for node in net(about=("RUS",)).nodes} == {"RUS", "CHN", "PRK", "USA"}
    assert net(about=("BRA",)) == Network((), (), ())


def test_the_same_acts_in_any_order_give_the_same_net() -> None:
    assert network(ties_at(laid_out(STORY[::-1]), None, 0.0)) == net()


def test_no_acts_no_net() -> None:
    assert network(()) == Network((), (), ())


def test_months_end_with_the_casebook() -> None:
    days = (date(2014, 2, 10), date(2013, 12, 5), date(2013, 12, 6), date(2014, 2, 3))
    assert month_ends(days) == ("2013-12-31", "2014-02-10")
    assert month_ends([date.max]) == ("9999-12-31",)
    assert month_ends(()) == ()


def test_the_page_has_the_tables_and_the_map_the_same_ties(desk: TestClient) -> None:
    told = desk.get("/network.json?least=0").json()
    part = desk.get("/network/ties?least=0").text
    assert {tie["a"] + tie["b"] for tie in told["ties"]} >= {"IRNUSA", "EGYQAT", "CUBPAN"}
    for tie in told["ties"]:
        assert f'href="/dyad?a={tie["a"]}&amp;b={tie["b"]}"' in part
    assert all(-1 <= actor["x"] <= 1 and -1 <= actor["y"] <= 1 for actor in told["actors"])
    page = desk.get("/network?least=0").text
    assert f"{len(told['ties'])} ties of {len(told['actors'])} actors" in page
    assert "<h1>Network</h1>" in page


def test_the_net_holds_for_the_day_that_is_asked_for(desk: TestClient) -> None:
    early = desk.get("/network.json?as_of=2025-02-26&least=0").json()
    assert "PAN" not in {actor["code"] for actor in early["actors"]}
    assert early["as_of"] == "2025-02-26"
    assert desk.get("/network.json?as_of=2020-01-01").json()["ties"] == []


def test_about_takes_names(desk: TestClient) -> None:
    told = desk.get("/network.json", params={"about": "Panama", "least": 0}).json()
    assert {actor["code"] for actor in told["actors"]} == {"PAN", "CUB"}


@pytest.mark.parametrize(
    ("query", "status"),
    [("as_of=soon", 400), ("about=qqqq", 400), ("least=2", 422), ("most=0", 422), ("least=nan", 422)],
)
@pytest.mark.parametrize("place", ["/network", "/network.json", "/network/ties"])
def test_what_means_nothing_is_refused(desk: TestClient, place: str, query: str, status: int) -> None:
    assert desk.get(f"{place}?{query}").status_code == status
