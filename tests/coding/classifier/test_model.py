"""The shipped encoder: what it promises, and what it must be right about."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import communique
from communique.coding.classifier.model import CONVENTIONS, DATA, NONE, type_model
from communique.ontology.loader import TYPES

# Two of a kind that are easily confused, none of them among the sentences it was trained on.
PAIRS = [
    ("<s>Gabon</s> promised to free the two sailors whom <t>Togo</t> wants back.", "CONCEDE"),
    ("<s>Gabon</s> has freed the two sailors whom <t>Togo</t> wanted back.", "RETREAT"),
    ("<s>Fiji</s> begged <t>Tonga</t> to stop the dredging.", "REQUEST"),
    ("<s>Fiji</s> called the dredging by <t>Tonga</t> an outrage.", "ACCUSE"),
    ("<s>Kuwait</s> would close its port to <t>Oman</t> unless the fee fell, it warned.", "THREATEN"),
    ("<s>Kuwait</s> has closed its port to <t>Omani</t> goods.", "SANCTION"),
    ("<s>Norway</s> flew field hospitals to <t>Malawi</t>.", "AID"),
    ("<s>Norway</s> and <t>Malawi</t> hold a yearly exercise of their rescue services.", "COOPERATE"),
    ("<s>Nepal</s> massed two brigades on the border with <t>India</t>.", "MOBILIZE"),
    ("<s>Nepalese</s> gunners killed four <t>Indian</t> frontier guards.", "ASSAULT"),
    ("<s>Police in Lusaka</s> locked up <t>the editor of the Zambian daily</t>.", "COERCE"),
    ("<s>Nurses</s> marched on the ministry in <t>Lusaka</t> over unpaid wages.", "PROTEST"),
    ("<s>Jordan</s> turned down <t>Israel's</t> offer.", "REJECT"),
    ("<s>Jordan</s> and <t>Israel</t> struck a deal on water.", "AGREE"),
    ("<s>Ghana</s> congratulated <t>Liberia's</t> new president.", "SUPPORT"),
    ("<s>Ghana's president</s> sat down with <t>Liberia's new leader</t> in Monrovia.", "CONSULT"),
]


@pytest.mark.parametrize(("sentence", "wanted"), PAIRS)
def test_types_that_are_easily_confused_are_told_apart(sentence: str, wanted: str) -> None:
    judgement = type_model().judge(sentence)
    assert judgement.likeliest == wanted, judgement.types


@pytest.mark.parametrize(
    "sentence",
    [
        "<t>Bolivia</t> expelled the envoy of <s>Chile</s>.",
        "<s>Poland</s> lies east of <t>Germany</t>.",
    ],
)
def test_a_pair_that_no_act_joins_in_this_direction_is_none(sentence: str) -> None:
    assert type_model().judge(sentence).likeliest == NONE


def test_probabilities_are_of_every_name_and_sum_to_one() -> None:
    judgement = type_model().judge("<s>Peru</s> met <t>Chile</t>.")
    assert set(judgement.types) == {*TYPES, NONE}
    assert sum(judgement.types.values()) == pytest.approx(1, abs=1e-3)
    assert sum(judgement.statuses.values()) == pytest.approx(1, abs=1e-3)


def test_a_judgement_does_not_hang_on_what_was_judged_before() -> None:
    model = type_model()
    first = model.judge("<s>Peru</s> met <t>Chile</t>.")
    model.judge("<s>The government of Peru</s>, which had long refused, at last met <t>Chile</t> in Arica. " * 3)
    assert model.judge("<s>Peru</s> met <t>Chile</t>.") == first


@pytest.mark.parametrize("convention", sorted(CONVENTIONS))
def test_each_convention_is_known_to_the_tokenizer(convention: str) -> None:
    token = CONVENTIONS[convention].strip()
    assert len(type_model().tokenizer.encode(token).ids) == 3  # between the marks of begin and end


def test_the_model_fits_in_the_package_and_says_what_it_was_trained_on() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 30e6
    card = type_model().card
    assert card["trained_on"]["own sentences"] >= 4000
    assert "MiniLM" in card["base"]


def test_onnxruntime_is_told_not_to_report_even_where_ci_is_not_set() -> None:
    code = "import communique, os; communique.read('Peru met Chile.'); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "1"


def test_act_type_ranks_all_types_by_rules_and_classifier() -> None:
    ranked = communique.act_type("<s>Peru</s> recalled its ambassador from <t>Chile</t>.")
    assert ranked[0][0] == "SANCTION"
    assert {name for name, _ in ranked} == set(TYPES)
    assert sum(share for _, share in ranked) == pytest.approx(1)
