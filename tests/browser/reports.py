"""The affair that the browser tests follow, in our own words: Iran, the United States and the rest, winter 2025."""

from __future__ import annotations

from datetime import date

from communique.records import Report

OIL = "oil-sanctions"
REFUSAL = "tehran-refuses"
DIRECT_TALKS = "direct-talks"

REPORTS = (
    Report(
        "censure",
        "The International Atomic Energy Agency censured Iran on Thursday. Iran condemned the agency. Britain, France and"
        " Germany urged Iran to cooperate with the agency. Iran threatened to withdraw from the Joint Comprehensive Plan of"
        " Action. The United States accused Iran of hiding uranium. Iran denied the accusation.",
        "The agency censures Tehran",
        date(2024, 11, 22),
    ),
    Report(
        "warning",
        "The United States warned Iran on Wednesday. Iran rejected the American warning. Iranian President Masoud"
        " Pezeshkian visited Russia and signed a partnership treaty with Russian President Vladimir Putin on Friday.",
        "Warnings from Washington, a treaty with Moscow",
        date(2025, 1, 17),
    ),
    Report(
        "pressure-returns",
        "US President Donald Trump threatened Iran with new sanctions on Tuesday. Iran's supreme leader, Ayatollah Ali"
        " Khamenei, rejected talks with the United States. Israel praised the United States.",
        "Maximum pressure is back",
        date(2025, 2, 5),
    ),
    Report(
        "geneva",
        "Iran held talks with Britain, France and Germany in Geneva on Monday. Iranian Deputy Foreign Minister Majid"
        " Takht-Ravanchi met European diplomats. Germany offered to mediate between Iran and the United States.",
        "A quiet round in Geneva",
        date(2025, 2, 11),
    ),
    Report(
        OIL,
        "The United States imposed new sanctions on Iran's oil exports on Monday. Washington sanctioned China over"
        " Iranian oil. China condemned the sanctions and demanded that the United States lift them.",
        "Washington tightens the screw on oil",
        date(2025, 2, 25),
    ),
    Report(
        REFUSAL,
        "Iran refused to hold direct nuclear talks with the United States while the sanctions last, Iranian Foreign"
        " Minister Abbas Araghchi said on Tuesday. The United States imposed sanctions on Iran's oil exports on Monday."
        " Araghchi met Russian Foreign Minister Sergei Lavrov in Tehran on Tuesday. Russia pledged to support"
        " Iran. Britain, France and Germany threatened to restore United Nations sanctions on Iran.",
        "Tehran shuts the door on direct talks",
        date(2025, 2, 25),
        "https://news.example/tehran",
    ),
    Report(
        "board",
        "The UN Security Council adopted a resolution on Ukraine on Monday. The United States, Russia and China voted"
        " for the resolution. Britain and France abstained from the vote.",
        "Council votes on Ukraine",
        date(2025, 2, 25),
    ),
    Report(
        "pipeline",
        "Russia and Iran signed a gas agreement in Moscow on Thursday. Iran agreed to supply Russia with drones."
        " Ukraine accused Iran of arming Russia. The European Union imposed sanctions on Iran on Friday.",
        "Moscow and Tehran sign for gas",
        date(2025, 3, 7),
    ),
    Report(
        DIRECT_TALKS,
        "Oman offered to mediate between Iran and the United States on Wednesday. Iran agreed to hold indirect talks"
        " with the United States in Muscat. <script>alert('no')</script> Israel threatened to attack Iran.",
        "Muscat offers <b>a table</b>",
        date(2025, 4, 3),
    ),
)

# What the analyst pastes: it is in no casebook yet.
PASTED_TITLE = "Tehran answers the oil sanctions"
PASTED_DAY = date(2025, 4, 15)
PASTED = (
    "Canada imposed sanctions on Iran on Monday. Iranian Foreign Minister Abbas Araghchi"
    " said that Iran would not hold direct talks with the United States under pressure. He spoke beside Russian Foreign"
    " Minister Sergei Lavrov in Tehran on Tuesday. Russia condemned the American sanctions. Britain, France and Germany"
    " agreed to meet Iran in Geneva."
)
