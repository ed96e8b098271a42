"""Friends lie near one another on the map, always in the same place."""

from __future__ import annotations

from itertools import combinations
from math import dist, hypot

from communique.standing.alignment_layout import places

CAMPS = [(a, b, 0.9) for camp in ("ABCD", "WXYZ") for a, b in combinations(camp, 2)] + [
    ("A", "W", -0.8),
    ("B", "X", -0.6),
]


def test_friends_lie_nearer_than_enemies() -> None:
    at = places(CAMPS)
    near = [dist(at[a], at[b]) for a, b, pull in CAMPS if pull > 0]
    far = [dist(at[a], at[b]) for a in "ABCD" for b in "WXYZ"]
    assert max(near) < min(far)


def test_the_same_ties_in_any_order_give_the_same_map() -> None:
    assert places(CAMPS) == places(CAMPS[::-1]) == places([(b, a, pull) for a, b, pull in CAMPS])


def test_the_map_is_filled_and_nobody_stands_outside() -> None:
    at = places(CAMPS).values()
    assert max(x for x, _ in at) == max(y for _, y in at) == 1
    assert min(x for x, _ in at) == min(y for _, y in at) == -1


def test_names_have_room() -> None:
    crowd = [(f"A{one}", f"A{other}", 1.0) for one, other in combinations(range(20), 2)]
    at = places(crowd)
    assert min(hypot(at[a][0] - at[b][0], at[a][1] - at[b][1]) for a, b in combinations(at, 2)) > 0.1


def test_from_where_they_stood_actors_move_little() -> None:
    before = places(CAMPS)
    after = places([*CAMPS, ("A", "N", 0.9)], before)
    moved = sum(dist(before[code], after[code]) for code in before) / len(before)
    anew = places([*CAMPS, ("A", "N", 0.9)], {code: (-y, x) for code, (x, y) in before.items()})
    assert moved < sum(dist(before[code], anew[code]) for code in before) / len(before)
    assert dist(after["N"], after["A"]) < dist(after["N"], after["W"])


def test_few_or_no_actors_have_places_too() -> None:
    assert places([]) == {}
    assert set(places([("A", "B", -1.0)])) == {"A", "B"}
    assert places([("A", "A", 1.0)]) == {}
