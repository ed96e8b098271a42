"""Only English is read: other languages and scripts are told from it, a few words get the benefit of the doubt."""

from __future__ import annotations

import pytest

from communique.reading.language import SAMPLE_CHARACTERS, is_english

ENGLISH = [
    "Panama recalled its ambassador from Cuba.",
    "Ankara",
    "Norway and Chad signed an agreement on Monday after talks that had gone on for two years, said the minister, who "
    "was pleased with it. The text will be published in the spring, and it would enter into force by the end of the year.",
    "Erdoğan, Çavuşoğlu, Şimşek and Güler met in İzmir.",
]
OTHERS = [
    "مرحبا بالعالم، وزير الخارجية يلتقي نظيره",
    "שר החוץ נפגש עם שר הביטחון בירושלים",
    "中国外交部发言人对此表示强烈谴责。",
    "日本の首相は火曜日に訪問した",
    "Россия и Украина обменялись пленными",
    "Η Ελλάδα και η Τουρκία",
    "Die Bundesregierung hat am Montag die Angriffe verurteilt. Der Kanzler traf in Paris den Präsidenten und sprach mit "
    "ihm über neue Maßnahmen gegen die Führung des Landes, die seit Wochen erwartet werden.",
    "Le ministre des Affaires étrangères a rencontré son homologue lundi. Les deux pays ont condamné les frappes et "
    "appelé à un cessez-le-feu immédiat, selon un communiqué publié après la réunion de la commission.",
    "El canciller se reunió el lunes con su homólogo para hablar de la frontera. Los dos países firmaron un acuerdo que "
    "permitirá abrir los pasos cerrados desde hace varios meses por la crisis.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_another_language_is_not(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ["", "   \n", "2025-02-25 14:00", "— — …", "👋"])
def test_what_has_no_words_is_no_english(text: str) -> None:
    assert not is_english(text)


def test_the_beginning_decides_so_that_a_long_text_costs_no_more_than_a_short_one() -> None:
    english = "The minister said that he would go to the talks with the envoy of the union. " * 60
    assert len(english) > SAMPLE_CHARACTERS
    assert is_english(english + "中国外交部" * 50_000)
    assert not is_english("中国 外交部 " * 1_000 + english)
