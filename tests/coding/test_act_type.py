"""`act_type`: the type of one act whose sides are marked, as shares over the sixteen types."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique
from communique.coding.single import by_rules, unmark
from communique.errors import UsageError
from communique.ontology.loader import TYPES, ontology
from communique.reading.parser import parse

MARKED = [
    ("AGREE", "<s>Oslo</s> promised <t>Malawi</t> to cooperate on fisheries."),
    ("AGREE", "<s>Borduria</s> agreed to hold talks with <t>Syldavia</t>."),
    ("CONSULT", "<s>The Danish premier</s> met <t>the Finnish president</t> in Turku."),
    ("SUPPORT", "<s>Chile</s> praised <t>Uruguay</t> for its reforms."),
    ("CONCEDE", "<s>Sudan</s> promised <t>the rebels</t> to lift the state of emergency."),
    ("COOPERATE", "<s>Kenya</s> and <t>Uganda</t> held joint military exercises."),
    ("AID", "<s>Japan</s> sent tents and medicine to <t>Nepal</t>."),
    ("RETREAT", "<s>Serbia</s> withdrew its troops from <t>Kosovo</t>."),
    ("REQUEST", "<s>Portugal</s> urged <t>Angola</t> to free the journalist."),
    ("ACCUSE", "<s>Ghana</s> accused <t>Togo</t> of smuggling cocoa."),
    ("REJECT", "<s>Armenia</s> rejected <t>Azerbaijan</t>'s proposal."),
    ("REJECT", "<s>Libya</s> refused to hand over the suspects to <t>Britain</t>."),
    ("THREATEN", "<s>Ankara</s> warned <t>Nicosia</t> that it would retaliate."),
    ("PROTEST", "<s>Farmers</s> blocked roads in protest against <t>the cabinet</t>."),
    ("SANCTION", "<s>Canada</s> imposed sanctions on <t>Belarus</t>."),
    ("SANCTION", "<s>Bolivia</s> expelled <t>the Peruvian ambassador</t>."),
    ("MOBILIZE", "<s>Ethiopia</s> massed troops on the border with <t>Eritrea</t>."),
    ("MOBILIZE", "<s>Pyongyang</s> test-fired a missile, alarming <t>Seoul</t>."),
    ("COERCE", "<s>Turkish police</s> arrested <t>two Greek soldiers</t>."),
    ("ASSAULT", "<s>Rebels</s> ambushed <t>an army convoy</t> and killed nine soldiers."),
]


def test_at_least_sixteen_of_twenty_sentences_over_the_sixteen_types_are_ranked_right() -> None:
    assert len(MARKED) == 20
    assert {kind for kind, _ in MARKED} == set(TYPES)
    wrong = [
        (kind, communique.act_type(text)[0], text) for kind, text in MARKED if communique.act_type(text)[0][0] != kind
    ]
    assert len(wrong) <= 4, "\n".join(map(str, wrong))


@pytest.mark.parametrize("text", [text for _, text in MARKED])
def test_the_shares_cover_all_types_sum_to_one_and_fall(text: str) -> None:
    ranked = communique.act_type(text)
    assert {name for name, _ in ranked} == set(TYPES)
    assert len(ranked) == 16
    shares = [share for _, share in ranked]
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share < 1 for share in shares)


@pytest.mark.parametrize(
    ("kind", "text"), [pair for pair in MARKED if "test-fired" in pair[1] or "refused to hand" in pair[1]]
)
def test_a_missile_test_is_a_show_of_force_and_a_refusal_is_no_deed(kind: str, text: str) -> None:
    assert communique.act_type(text)[0][0] == kind


def test_to_the_rules_a_sentence_without_any_act_is_a_draw() -> None:
    ruled = by_rules("<s>Chad</s> slept beside <t>Mali</t>.", parse, ontology())
    assert {round(share, 9) for share in ruled.values()} == {1 / 16}


def test_marks_may_come_more_than_once_and_the_target_not_at_all() -> None:
    assert communique.act_type("<s>Mali</s> and <s>Chad</s> shelled <t>a camp</t>.")[0][0] == "ASSAULT"
    assert communique.act_type("<s>Students</s> marched in protest.")[0][0] == "PROTEST"


def test_a_denied_future_is_a_refusal() -> None:
    assert communique.act_type("<s>Borduria</s> will not meet <t>Syldavia</t>.")[0][0] == "REJECT"


@pytest.mark.parametrize(
    "marked",
    ["", "Chad attacked Mali.", "<s>Chad attacked <t>Mali</t>.", "<s>Chad</s> attacked <t>Mali", "</s>Chad<s>"],
)
def test_marks_that_are_missing_or_left_open_are_a_usage_error_that_shows_them(marked: str) -> None:
    with pytest.raises(UsageError, match="<s>…</s>") as raised:
        communique.act_type(marked)
    assert raised.value.exit_code == 2


@pytest.mark.xfail(strict=True, reason="a target alone is taken although the source is what must be marked")
def test_a_target_without_a_source_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        communique.act_type("<t>Chad</t> was attacked.")


def test_unmark_gives_the_sentence_and_where_its_sides_stand() -> None:
    text, sources, targets = unmark("<s>Mali</s> and <s>Chad</s> met <t>Niger</t>.")
    assert text == "Mali and Chad met Niger."
    assert [text[start:end] for start, end in sources] == ["Mali", "Chad"]
    assert [text[start:end] for start, end in targets] == ["Niger"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(["<s>", "</s>", "<t>", "</t>", "Chad", " attacked ", "Mali", ".", "<", "\n"]), max_size=14)
)
def test_any_marked_text_is_ranked_or_refused(pieces: list[str]) -> None:
    try:
        ranked = communique.act_type("".join(pieces))
    except UsageError:
        return
    assert sum(share for _, share in ranked) == pytest.approx(1.0)
    assert len(ranked) == 16
