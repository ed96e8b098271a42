"""Of several bearers of one name, the one that a report means.

The title in front decides first, then the countries and groups that the report names, then the
higher and the longer office. Where nothing decides, nobody is meant: a wrong actor is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from communique.actors.knowledge import Entry
from communique.actors.naming import NameMatch, rank
from communique.actors.words import name_words


def narrowed(
    match: NameMatch,
    bearers: list[Entry],
    named_often: Callable[[Entry], int],
    tenure: Mapping[tuple[str, str], int],
) -> list[Entry]:
    """Give the entries that remain of `bearers`; none where they cannot be told apart.

    `named_often` tells how often the report names an entry's country or group; `tenure` the years
    that a (name, country) held office in all.
    """
    highest = min(rank(entry) for entry in bearers)
    if bearers[0].kind == "person" and bearers[0].full_name:
        return [entry for entry in bearers if rank(entry) == highest]
    titled = [entry for entry in bearers if entry.detail in name_words().offices.get(match.title, ())]
    bearers = titled or bearers
    counts = [named_often(entry) for entry in bearers]
    if any(counts):
        return [entry for entry, count in zip(bearers, counts, strict=True) if count == max(counts)]
    if bearers[0].kind != "person" or titled:
        return bearers
    top = [entry for entry in bearers if rank(entry) == highest]
    years = sorted(((tenure.get((entry.name, entry.code), 0), entry.code) for entry in top), reverse=True)
    first, best = years[0]
    rival = next((count for count, code in years if code != best), 0)
    return [entry for entry in top if entry.code == best] if first >= 2 * rival else []
