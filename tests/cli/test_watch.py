"""`communique watch` from the shell, with feeds served on loopback and a casebook of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli import watch as command
from communique.cli.app import app
from communique.errors import InputError, UsageError
from communique.feeds import FeedRound
from communique.pipeline import open_casebook, watch_feeds
from tests.feeds.server import FeedServer, Reply, rss, serving

ONE = (
    "Panama calls its ambassador home",
    "http://wire.example/1",
    "Panama recalled its ambassador from Cuba on Monday.",
)
TWO = ("Kenya strikes", "http://wire.example/2", "&lt;p&gt;Kenya attacked Somalia on Sunday.&lt;/p&gt;")
FOREIGN = (
    "Reunión en Lima",
    "http://wire.example/3",
    "El presidente del Perú se reunió ayer en Lima con el presidente de Chile. Los dos hablaron de comercio y de la"
    " frontera común, y acordaron que sus ministros se verán de nuevo la próxima semana en Santiago.",
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as served:
        yield served


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    return tmp_path / "wires.duckdb"


def run(casebook: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["watch", *arguments, "-c", str(casebook)])


def once(casebook: Path, *arguments: str) -> Result:
    return run(casebook, *arguments, "--once", "--allow-private")


def test_entries_become_reports_with_events_and_the_next_run_knows_them(server: FeedServer, casebook: Path) -> None:
    server.replies["/feed"] = Reply(rss(ONE, TWO), etag='"v1"')
    done = once(casebook, server.url("/feed"))
    assert done.exit_code == 0, done.output
    assert f"{server.url('/feed')}: 2 new, 0 changed, 0 known, 0 not read" in done.stderr
    assert done.stdout.startswith("2 new, 0 changed, 0 not read, ")
    assert "in 1 round, 0 of them failed" in done.stdout
    assert "the casebook holds 2 reports" in done.stdout
    with open_casebook(casebook, read_only=True) as kept:
        acts = {(act.event.source, act.event.type, act.event.target) for act in kept.events()}
        assert acts == {(("PAN",), "SANCTION", ("CUB",)), (("KEN",), "ASSAULT", ("SOM",))}
        assert {one.report.origin for one in kept.reports()} == {ONE[1], TWO[1]}
    again = once(casebook, server.url("/feed"))
    assert ": 0 new, 0 changed, 2 known, 0 not read" in again.stderr
    assert server.paths() == ["/feed", "/feed"], "what the links lead to was not asked for"


def test_an_entry_that_changed_is_the_next_version_of_its_report(server: FeedServer, casebook: Path) -> None:
    server.replies["/feed"] = Reply(rss(ONE))
    once(casebook, server.url("/feed"))
    server.replies["/feed"] = Reply(rss((*ONE[:2], "Panama recalled its ambassador from Peru on Monday.")))
    assert ": 0 new, 1 changed, 0 known" in once(casebook, server.url("/feed")).stderr
    with open_casebook(casebook, read_only=True) as kept:
        (report,) = kept.reports()
    assert report.version == 2
    assert "Peru" in report.report.text


def test_what_is_not_english_is_kept_and_told(server: FeedServer, casebook: Path) -> None:
    server.replies["/feed"] = Reply(rss(FOREIGN))
    done = once(casebook, server.url("/feed"))
    assert "not read: http://wire.example/3: it is taken for another language" in done.stderr
    assert done.exit_code == 0


def test_a_list_of_feeds_with_remarks_and_one_that_fails(server: FeedServer, casebook: Path, tmp_path: Path) -> None:
    server.replies["/a"] = Reply(rss(ONE))
    addresses = tmp_path / "feeds.txt"
    addresses.write_text(
        f"\ufeff# the wires\n{server.url('/a')}  # the first\n\n{server.url('/missing')}\n", encoding="utf-8"
    )
    done = once(casebook, "--list", str(addresses))
    assert done.exit_code == 0
    assert f"{server.url('/missing')}: failed: the server answers 404 (there is nothing there)" in done.stderr
    assert "1 new" in done.stdout
    assert "1 of them failed" in done.stdout


def test_once_fails_where_every_feed_does(server: FeedServer, casebook: Path) -> None:
    assert once(casebook, server.url("/missing")).exit_code == 2
    refused = run(casebook, server.url("/missing"), "--once")
    assert refused.exit_code == 2
    assert "--allow-private" in refused.stderr
    assert server.paths() == ["/missing"]


def test_control_c_ends_with_a_summary(
    server: FeedServer, casebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    server.replies["/feed"] = Reply(rss(ONE))

    def stopped(*arguments: object) -> Iterator[FeedRound]:
        yield next(watch_feeds(*arguments))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "watch_feeds", stopped)
    done = run(casebook, server.url("/feed"), "--allow-private")
    assert done.exit_code == 0
    assert "; next " in done.stderr
    assert done.stdout.startswith("1 new, 0 changed, 0 not read, ")
    with open_casebook(casebook, read_only=True) as kept:
        assert kept.contents().reports == 1


def test_wrong_arguments_are_told(casebook: Path, tmp_path: Path) -> None:
    for arguments, error, words in (
        ((), UsageError, "no feed to watch"),
        (("file:///etc/passwd",), UsageError, "only http and https"),
        (("http://e.example/f", "--every", "often"), UsageError, "write it as 30s, 15m, 2h or 1d"),
        (("--list", str(tmp_path / "none.txt")), InputError, "there is no such file"),
        (("--list", str(tmp_path)), InputError, "cannot be read"),
    ):
        done = run(casebook, *arguments)
        assert isinstance(done.exception, error), (arguments, done.exception)
        assert words in str(done.exception)


def test_what_a_feed_says_moves_no_cursor(server: FeedServer, casebook: Path) -> None:
    server.replies["/feed"] = Reply(status=301, headers={"Location": "http://127.0.0.1:1/\x1b[2Jx"})
    done = once(casebook, server.url("/feed"))
    assert "\x1b" not in done.stderr
