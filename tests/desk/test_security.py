"""The door: who may ask, by which name, from where, and with which token."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.desk import visitors
from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.desk.settings import DeskSettings, is_loopback
from communique.errors import UsageError
from communique.pipeline import open_casebook

from .conftest import ADDRESS, form_secret

TOKEN = "correct horse battery"
ELSEWHERE = "http://192.0.2.7:8472"
OTHER_SITE = "https://news.example"


@pytest.fixture
def guarded(read_casebook: Path) -> Iterator[TestClient]:
    """A desk on the network, which asks for its token."""
    settings = DeskSettings(host="0.0.0.0", token=TOKEN, read_only=True)
    with (
        open_casebook(read_casebook, read_only=True) as casebook,
        TestClient(make_app(Desk(casebook, settings)), base_url=ELSEWHERE, follow_redirects=False) as client,
    ):
        yield client


def error_in(answer: object) -> dict[str, object]:
    found = answer.json()["error"]  # type: ignore[attr-defined]
    assert set(found) == {"kind", "message", "status", "field"}
    assert found["status"] == answer.status_code
    return dict(found)


# The name by which the desk is asked for


@pytest.mark.parametrize("host", ["127.0.0.1:8472", "localhost:9", "LOCALHOST", "[::1]:8472", "[::1]"])
def test_the_desk_answers_to_the_names_of_this_machine(desk: TestClient, host: str) -> None:
    assert desk.get("/api/contexts", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8472", "127.0.0.1.evil.example", "127.0.0.1:8472@evil.example", "", "localhost.",
     "[::2]:8472", "[::ffff:7f00:1]:8472", "[", "[::1", "localhost:8472/x", "localhost:port", "ＬＯＣＡＬＨＯＳＴ".encode().decode("latin-1")],
)  # fmt: skip
def test_a_name_that_was_bound_to_this_machine_from_outside_is_refused(desk: TestClient, host: str) -> None:
    answer = desk.get("/api/contexts", headers={"Host": host.encode("latin-1")})  # type: ignore[dict-item]
    assert answer.status_code == 403
    assert error_in(answer)["kind"] == "Refused"


def test_on_the_network_any_name_will_do_but_no_nonsense(guarded: TestClient) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert guarded.get("/api/contexts", headers={**bearer, "Host": "desk.example"}).status_code == 200
    assert guarded.get("/api/contexts", headers={**bearer, "Host": "desk.example/api/?"}).status_code == 403


def test_which_addresses_are_this_machine() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "LocalHost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.1", "localhost.example", "")))


# Writes, and where they come from


def test_a_form_without_its_secret_changes_nothing(writing_desk: TestClient) -> None:
    fields = {"title": "Iran", "actors": "Iran"}
    assert writing_desk.post("/dossiers", data=fields).status_code == 403
    assert writing_desk.post("/dossiers", data={**fields, "csrf_token": "0" * 64}).status_code == 403
    assert writing_desk.get("/api/dossiers").json()["total"] == 0
    kept = writing_desk.post("/dossiers", data={**fields, "csrf_token": form_secret(writing_desk)})
    assert kept.status_code == 200
    assert writing_desk.get("/api/dossiers").json()["total"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OTHER_SITE},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://[::1]:8472"},
        {"Origin": "http://["},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_changes_nothing_even_with_the_secret(writing_desk: TestClient, headers: dict[str, str]) -> None:
    form = {"title": "Iran", "actors": "Iran", "csrf_token": form_secret(writing_desk)}
    assert writing_desk.post("/dossiers", data=form, headers=headers).status_code == 403
    given = {"title": "Iran", "actors": ["Iran"]}
    assert writing_desk.put("/api/dossiers/iran", json=given, headers=headers).status_code == 403
    assert writing_desk.get("/api/dossiers").json()["total"] == 0


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_what_another_site_can_send_unasked_is_no_json(writing_desk: TestClient, kind: str) -> None:
    words = b'{"text": "Panama recalled its ambassador from Cuba."}'
    answer = writing_desk.post("/api/reports?keep=false", content=words, headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert error_in(answer)["kind"] == "NotJson"
    # A request without a body needs no asking either; with an unknown Origin only its kind tells it apart.
    assert writing_desk.post("/api/backtest", headers={"Origin": "null"}).status_code == 415


def test_the_api_takes_json_with_parameters_from_here(writing_desk: TestClient) -> None:
    words = b'{"title": "Iran", "actors": ["Iran"]}'
    kind = {"Content-Type": "Application/JSON; charset=utf-8", "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    assert writing_desk.put("/api/dossiers/iran", content=words, headers=kind).status_code == 201


def test_a_link_from_another_site_opens_a_page_but_nothing_is_loaded_into_one(desk: TestClient) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert desk.get("/events", headers=link).status_code == 200
    for dest, mode in (("image", "no-cors"), ("script", "no-cors"), ("empty", "cors"), ("iframe", "navigate")):
        headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        assert desk.get("/api/events", headers=headers).status_code == 403


def test_no_answer_lets_another_site_read_it(desk: TestClient) -> None:
    answer = desk.get("/api/events", headers={"Origin": OTHER_SITE})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    asked = {"Origin": OTHER_SITE, "Access-Control-Request-Method": "PUT"}
    assert desk.options("/api/dossiers/iran", headers=asked).status_code == 405


# The token


def test_without_the_token_nothing_is_shown(guarded: TestClient) -> None:
    assert guarded.get("/").headers["location"] == "/enter"
    assert guarded.get("/enter").status_code == 200
    assert guarded.get("/enterprise").status_code == 303
    assert guarded.get("/static/desk.css").status_code == 200
    for path in ("/api/events", "/api/openapi.json", "/api/nothing", "/downloads/events.csv"):
        answer = guarded.get(path)
        assert answer.status_code == 401
        assert error_in(answer)["kind"] == "NotEntered"
    assert guarded.get("/events", headers={"HX-Request": "true"}).status_code == 401
    assert guarded.post("/api/reports", json={"text": "x"}).status_code == 401
    assert guarded.get("/api/events", headers={"Authorization": "Basic Y29ycmVjdA=="}).status_code == 401
    assert guarded.get("/api/events", headers={"Authorization": "Bearer "}).status_code == 401


def test_the_token_at_the_door_gives_a_strict_cookie(guarded: TestClient) -> None:
    assert guarded.post("/enter", data={"token": "correct horse batterz"}).status_code == 401
    assert "communique_session" not in guarded.get("/enter").headers.get("set-cookie", "")
    answer = guarded.post("/enter", data={"token": TOKEN}, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 303
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("communique_session_8472=")
    assert TOKEN not in cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert guarded.get("/events").status_code == 200


def test_only_this_desk_can_make_a_session(guarded: TestClient) -> None:
    other = DeskSettings(host="0.0.0.0", token=TOKEN)
    for session in ("x", ".", "x.y", "é.ü", visitors.entered_session(other)):
        cookie = {"Cookie": f"communique_session_8472={session}".encode()}
        assert guarded.get("/api/events", headers=cookie).status_code == 401  # type: ignore[arg-type]


def test_the_form_secret_is_that_of_the_session(guarded: TestClient) -> None:
    guarded.post("/enter", data={"token": TOKEN})
    first = form_secret(guarded)
    guarded.cookies.clear()
    guarded.post("/enter", data={"token": TOKEN})
    assert form_secret(guarded) != first
    answer = guarded.post("/corrections/undo", data={"number": "1", "csrf_token": first})
    assert answer.status_code == 403
    assert "out of date" in answer.text


def test_a_program_shows_the_token_with_each_request(guarded: TestClient) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert guarded.get("/api/events", headers=bearer).json()["total"] > 0
    assert guarded.get("/api/events", headers={"Authorization": f"bearer  {TOKEN} "}).status_code == 200
    assert guarded.get("/api/events", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401


def test_a_token_may_hold_any_letters(read_casebook: Path) -> None:
    settings = DeskSettings(host="0.0.0.0", token="schlüssel-für-alle")
    with (
        open_casebook(read_casebook, read_only=True) as casebook,
        TestClient(make_app(Desk(casebook, settings)), base_url=ELSEWHERE) as client,
    ):
        shown = {"Authorization": "Bearer schlüssel-für-alle".encode()}
        assert client.get("/api/contexts", headers=shown).status_code == 200  # type: ignore[arg-type]
        assert client.get("/api/contexts", headers={"Authorization": b"Bearer \xff\xfe"}).status_code == 401  # type: ignore[dict-item]


def test_secrets_are_compared_in_constant_time(guarded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []

    class Watched:
        new = staticmethod(hmac.new)

        @staticmethod
        def compare_digest(one: bytes, other: bytes) -> bool:
            compared.append(other)
            return hmac.compare_digest(one, other)

    monkeypatch.setattr(visitors, "hmac", Watched)
    guarded.get("/api/events", headers={"Authorization": "Bearer wrong"})
    guarded.post("/enter", data={"token": "wrong"})
    assert compared.count(TOKEN.encode()) == 2


def test_two_desks_on_two_ports_keep_their_visitors_apart() -> None:
    names = {visitors.session_cookie(DeskSettings(port=port)) for port in (8472, 8473)}
    assert len(names) == 2


def test_a_desk_tells_its_token_to_nobody(guarded: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    settings = DeskSettings(host="0.0.0.0", token=TOKEN)
    assert TOKEN not in repr(settings)
    assert "secret" not in repr(settings)
    guarded.post("/enter", data={"token": TOKEN})
    guarded.get("/events")
    own = [record for record in caplog.records if record.name.startswith(("communique", "uvicorn"))]
    assert not [record for record in own if TOKEN in record.getMessage()]


@pytest.mark.parametrize("token", [None, "", "short"])
def test_the_network_needs_a_token_worth_the_name(token: str | None) -> None:
    with pytest.raises(UsageError, match="--token"):
        DeskSettings(host="192.0.2.7", token=token)


def test_who_has_not_entered_sends_little(guarded: TestClient) -> None:
    assert guarded.post("/enter", data={"token": "x" * 20_000}).status_code == 413
