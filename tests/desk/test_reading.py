"""An analyst reads a report beside its events, asks why, puts them right and takes it back."""

from __future__ import annotations

import html
import re

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from communique.desk.desk import Desk
from tests.desk.conftest import form_secret

HTMX = {"hx-request": "true"}
TEHRAN = "/reports/tehran-refuses"


def desk_behind(client: TestClient) -> Desk:
    return client.app.state.desk  # type: ignore[attr-defined,no-any-return]


def an_event(client: TestClient, type: str, report: str = "tehran-refuses") -> str:
    """Give the id of the event of a type that a report tells."""
    from communique.casebook.told import told_in

    return next(one.event_id for one in told_in(desk_behind(client).casebook, report) if one.type == type)


def post(client: TestClient, path: str, htmx: bool = False, /, **values: object) -> Response:
    headers = {"x-csrf-token": form_secret(client), **(HTMX if htmx else {})}
    return client.post(path, data=values, headers=headers, follow_redirects=False)


def words(page: str) -> str:
    """Give what a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def form_values(page: str, action: str) -> dict[str, str]:
    """Give the values that the first form of an action carries."""
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    values = {
        name: html.unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form)
    }
    values |= {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    }
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r"<option selected>([^<]*)", options)
        values[name] = chosen[1] if chosen else ""
    return values


class TestReading:
    def test_a_report_stands_beside_its_events(self, desk: TestClient) -> None:
        page = desk.get(TEHRAN)
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        reject = an_event(desk, "REJECT")
        assert f'id="e-{reject}"' in page.text
        assert f"#e-{reject}" in page.text.split('id="passage"')[1]
        assert 'id="s0"' in page.text
        assert "https://news.example/tehran" in page.text
        assert 'rel="noreferrer noopener"' in page.text

    def test_the_text_is_whole_and_hostile_words_are_only_words(self, desk: TestClient) -> None:
        page = desk.get("/reports/minsk").text
        passage = page.split('id="passage" dir="auto">')[1].split("</div>")[0]
        assert html.unescape(re.sub(r"<[^>]+>", "", passage)).startswith(
            "Panama recalled its ambassador from Cuba on Monday. <script>"
        )
        assert "<script>alert" not in page
        assert "Ambassadors &amp; &lt;b&gt;agreements&lt;/b&gt;" in page

    def test_a_mark_opens_its_event_with_and_without_htmx(self, desk: TestClient) -> None:
        reject = an_event(desk, "REJECT")
        whole = desk.get(TEHRAN, params={"event": reject}).text
        part = desk.get("/reading/event", params={"event": reject, "report": "tehran-refuses"}, headers=HTMX).text
        for page in (whole, part):
            assert "/reading/why" in page
        assert "<html" not in part
        plain = desk.get("/reading/event", params={"event": reject, "report": "tehran-refuses"}, follow_redirects=False)
        assert plain.status_code == 303
        assert plain.headers["location"] == f"/reports/tehran-refuses?event={reject}#e-{reject}"

    def test_why_tells_who_was_resolved_to_whom_and_by_which_rule(self, desk: TestClient) -> None:
        reject = an_event(desk, "REJECT")
        part = desk.get("/reading/why", params={"event": reject, "report": "tehran-refuses"}, headers=HTMX)
        said = words(part.text)
        assert re.search(r"frame REJECT:\d+ for the word “refuse”", said)
        assert "Status: occurred, nothing says otherwise" in said
        assert "→ Iran" in said
        assert "United States" in said

    def test_there_is_no_such_report(self, desk: TestClient) -> None:
        assert desk.get("/reports/none").status_code == 404
        assert desk.get(TEHRAN, params={"version": 7}).status_code == 404
        assert desk.get("/events/none").status_code == 404

    def test_a_desk_that_only_reads_offers_no_forms(self, desk: TestClient) -> None:
        page = desk.get(TEHRAN, params={"event": an_event(desk, "REJECT")}).text
        assert "/reading/correct" not in page
        assert "/reading/add" not in page


class TestList:
    def test_reports_that_tell_the_same_are_one(self, writing_desk: TestClient) -> None:
        from dataclasses import replace

        from communique.pipeline import keep_reports
        from tests.desk.conftest import REPORTS

        copy = replace(REPORTS[1], report_id="copy", title="The same from another wire", origin="feed://other")
        keep_reports(desk_behind(writing_desk).casebook, [copy])
        said = words(writing_desk.get("/reports").text)
        assert "4 reports, 3 where those that tell the same are one" in said
        assert "and 1 more that tells the same" in said

    def test_filters(self, desk: TestClient) -> None:
        assert "1 report" in words(desk.get("/reports", params={"text": "ambassador"}).text)
        assert "2 reports" in words(desk.get("/reports", params={"until": "2025-02"}).text)
        assert "1 report" in words(desk.get("/reports", params={"origin": "https://news.example/tehran"}).text)
        assert "No reports" in words(desk.get("/reports", params={"text": "zebra"}).text)
        assert desk.get("/reports", params={"since": "soon"}).status_code == 400


class TestCorrecting:
    def test_a_type_is_put_right_and_the_part_shows_it(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        page = writing_desk.get(TEHRAN, params={"event": reject}).text
        values = form_values(page, "/reading/correct") | {"type": "ACCUSE", "why": "a rebuke"}
        answer = post(writing_desk, "/reading/correct", True, **values)
        assert answer.status_code == 200
        assert "Corrected." in answer.headers["hx-trigger-after-settle"]
        assert "type: REJECT → ACCUSE" in words(answer.text)
        kept = desk_behind(writing_desk).casebook.event(reject)
        assert kept is not None
        assert (kept.event.type, kept.event.quad) == ("ACCUSE", 3)
        (made,) = desk_behind(writing_desk).casebook.corrections()
        assert (made.who, made.why) == ("tester", "a rebuke")

    def test_without_javascript_the_page_comes_back_with_its_undo(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        page = writing_desk.get(TEHRAN, params={"event": reject}).text
        values = form_values(page, "/reading/correct") | {
            "source": "Russia",
            "target": "USA, Germany",
            "date": "2025-02",
        }
        answer = post(writing_desk, "/reading/correct", **values)
        assert answer.status_code == 303
        after = writing_desk.get(answer.headers["location"]).text
        assert "Corrected – source: Iran → Russia" in words(after)
        assert after.count('name="number"') >= 3
        undo = re.findall(r'name="number" value="(\d+)"', after.split('id="done"')[1].split("</form>")[0])
        back = post(writing_desk, "/reading/undo", number=undo, report="tehran-refuses", event=reject)
        assert back.status_code == 303
        kept = desk_behind(writing_desk).casebook.event(reject)
        assert kept is not None
        assert kept.event.source == ("IRN",)

    def test_what_another_put_right_meanwhile_stays(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        page = writing_desk.get(TEHRAN, params={"event": reject}).text
        values = form_values(page, "/reading/correct")
        desk_behind(writing_desk).casebook.correct(reject, "status", "denied", "another")
        assert post(writing_desk, "/reading/correct", True, **(values | {"date": "2025-02-24"})).status_code == 200
        kept = desk_behind(writing_desk).casebook.event(reject)
        assert kept is not None
        assert (kept.event.status.value, kept.event.date) == ("denied", "2025-02-24")

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"type": "QUARREL"}, "type 'QUARREL'"),
            ({"source": "Nobody in particular"}, "is no actor that is known"),
            ({"date": "last week"}, "write a day as"),
            ({"type": "CONSULT", "date": "never"}, "write a day as"),
            ({}, "nothing was changed"),
        ],
    )
    def test_a_value_that_cannot_be_is_told_beside_the_form_and_nothing_is_written(
        self, writing_desk: TestClient, change: dict[str, str], said: str
    ) -> None:
        reject = an_event(writing_desk, "REJECT")
        page = writing_desk.get(TEHRAN, params={"event": reject}).text
        values = form_values(page, "/reading/correct") | change
        part = post(writing_desk, "/reading/correct", True, **values)
        assert part.status_code == 400
        assert part.headers["hx-retarget"] == f"#fault-{reject}"
        assert said in words(part.text)
        whole = post(writing_desk, "/reading/correct", **values)
        assert whole.status_code == 400
        assert said in words(whole.text)
        for value in change.values():
            assert value in whole.text
        assert desk_behind(writing_desk).casebook.corrections() == []

    def test_an_act_that_was_none_is_taken_out_and_comes_back(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        gone = post(writing_desk, "/reading/delete", True, event=reject, report="tehran-refuses", why="a film")
        assert gone.status_code == 200
        assert "Taken out" in words(gone.text)
        assert "a film" in words(gone.text)
        page = writing_desk.get(f"/events/{reject}")
        assert page.status_code == 200
        assert "Taken out" in page.text
        back = post(writing_desk, "/reading/undo", True, number=1, report="tehran-refuses", event=reject)
        assert back.status_code == 200
        assert f'id="e-{reject}"' in back.text
        assert "Taken out" not in back.text

    def test_an_event_is_added_by_words_of_the_text(self, writing_desk: TestClient) -> None:
        text = writing_desk.get(TEHRAN).text
        assert 'action="/reading/add"' in text
        added = post(
            writing_desk, "/reading/add", True, report="tehran-refuses", words="met  Araghchi", near=5, type="CONSULT",
            source="Russia", target="Iran", status="occurred",
        )  # fmt: skip
        assert added.status_code == 200
        (made,) = desk_behind(writing_desk).casebook.corrections()
        assert made.told.anchor == "met Araghchi"
        assert made.sentence_text.startswith("Russia's foreign minister")
        missing = post(
            writing_desk, "/reading/add", report="tehran-refuses", words="met nobody", type="CONSULT", source="Russia"
        )
        assert missing.status_code == 400
        assert "do not stand so" in words(missing.text)
        assert 'value="met nobody"' in missing.text
        empty = post(writing_desk, "/reading/add", True, report="tehran-refuses", type="CONSULT", source="Russia")
        assert empty.headers["hx-retarget"] == "#fault-add"

    def test_words_behind_an_emoji_keep_their_place(self, writing_desk: TestClient) -> None:
        text = "🕊️🕊️ Panama recalled its ambassador from Cuba. Panama recalled its ambassador from Peru. שלום e\u0301"
        kept = post(writing_desk, "/paste", text=text, report_id="doves")
        assert kept.headers["location"] == "/reports/doves"
        near = text.rindex("recalled")
        post(writing_desk, "/reading/add", report="doves", words="recalled its ambassador", near=near, type="SANCTION",
             source="Panama", target="Peru", status="occurred")  # fmt: skip
        told = desk_behind(writing_desk).casebook.corrections()[-1].told
        assert text[told.start : told.end] == "recalled its ambassador"
        assert told.start == near

    def test_a_write_without_the_forms_secret_is_refused(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        assert writing_desk.post("/reading/delete", data={"event": reject}).status_code == 403
        assert desk_behind(writing_desk).casebook.event(reject) is not None


class TestCorrectionsList:
    def test_all_are_listed_and_undone(self, writing_desk: TestClient) -> None:
        reject = an_event(writing_desk, "REJECT")
        desk_behind(writing_desk).casebook.correct(reject, "status", "denied", "Bo", "<i>never</i>")
        page = writing_desk.get("/corrections").text
        assert "1 corrections, 1 hold" in words(page)
        assert "&lt;i&gt;never" in page
        assert post(writing_desk, "/corrections/undo", number=1).status_code == 303
        assert "undone" in words(writing_desk.get("/corrections").text)


class TestEvent:
    def test_an_act_shows_all_that_tell_it_and_what_stands_on_it(self, desk: TestClient) -> None:
        sanction = an_event(desk, "SANCTION", "washington-tightens")
        page = desk.get(f"/events/{sanction}")
        assert page.status_code == 200
        assert "Told by 2 reports" in words(page.text)
        assert "/reports/washington-tightens?event=" in page.text
        assert "/reports/tehran-refuses?event=" in page.text
        part = desk.get("/reading/standing", params={"event": sanction}, headers=HTMX)
        assert "United States on Iran" in words(part.text)

    def test_it_is_put_right_on_its_own_page(self, writing_desk: TestClient) -> None:
        sanction = an_event(writing_desk, "SANCTION", "washington-tightens")
        values = form_values(writing_desk.get(f"/events/{sanction}").text, "/reading/correct")
        answer = post(writing_desk, "/reading/correct", **(values | {"status": "planned"}))
        assert answer.headers["location"] == f"/events/{sanction}?done=1"
        assert "status: occurred → planned" in words(writing_desk.get(answer.headers["location"]).text)
