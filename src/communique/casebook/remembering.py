"""What a casebook remembers besides what was read: forecasts as they were made, and dossiers."""

from __future__ import annotations

from collections.abc import Iterable

from communique.casebook import memoranda
from communique.casebook.handle import Handle
from communique.casebook.kept import Dossier, KeptForecast
from communique.casebook.opening import now


class Remembering(Handle):
    """The part of a casebook that keeps forecasts and dossiers."""

    def keep_forecasts(self, forecasts: Iterable[KeptForecast]) -> int:
        """Keep forecasts as they are, and give how many were new; those that are there by their id are left alone.

        One without `made_at` gets this moment. Raises UsageError for a day or a probability that is none; nothing is
        kept then.
        """
        given = list(forecasts)
        with self._writing() as connection:
            return memoranda.write_forecasts(connection, given, now())

    def forecasts(self) -> list[KeptForecast]:
        """Give all forecasts in the order in which they were kept."""
        with self._reading() as connection:
            return memoranda.forecasts_kept(connection)

    def save_dossier(self, dossier: Dossier) -> Dossier:
        """Keep a dossier in the place of one of the same name, and give it with its times.

        Raises UsageError for a name that is no slug (a-z, 0-9, hyphens), no title, a code or a context that is none,
        neither actor nor context, or days that cannot be.
        """
        with self._writing() as connection:
            return memoranda.write_dossier(connection, dossier)

    def dossiers(self) -> list[Dossier]:
        """Give all dossiers, by name."""
        with self._reading() as connection:
            return memoranda.dossiers_kept(connection)

    def dossier(self, name: str) -> Dossier | None:
        """Give the dossier of this name; None where there is none."""
        with self._reading() as connection:
            return next(iter(memoranda.dossiers_kept(connection, name)), None)

    def delete_dossier(self, name: str) -> Dossier:
        """Delete a dossier and give it as it was; UsageError where there is none."""
        with self._writing() as connection:
            return memoranda.remove_dossier(connection, name)
