"""Acts written by hand, as the casebook keeps them, for the tests of charts and the network."""

from __future__ import annotations

from communique.records import Event, KeptEvent, Status

QUADS = {"CONSULT": 1, "SUPPORT": 1, "AGREE": 1, "COOPERATE": 2, "AID": 2, "ACCUSE": 3, "THREATEN": 3, "SANCTION": 4,
         "ASSAULT": 4}  # fmt: skip
INTENSITIES = {1: 3.0, 2: 7.0, 3: -3.0, 4: -8.0}


def act(source: str, type_name: str, target: str = "", day: str | None = "2014-03-01", number: int = 0) -> KeptEvent:
    """Give an act: `act("USA", "SANCTION", "RUS", "2014-03-17")`; several actors are joined by "+"."""
    quad = QUADS[type_name]
    event = Event(
        f"{source} {type_name} {target} {day} {number}", f"report-{number}", 0, type_name, None, quad, "0",
        INTENSITIES[quad], tuple(source.split("+")), tuple(target.split("+")) if target else (), source, target,
        Status.OCCURRED, None, None, day, None, None, None, (), type_name, 0, 1, 1.0, "",
    )  # fmt: skip
    return KeptEvent(event, day, ((event.event_id, event.report_id),), f"{source} {type_name} {target}.")
