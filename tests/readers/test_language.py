"""Only a sure answer rejects an article for its language."""

from __future__ import annotations

import pytest

from extractor.errors import InputError
from extractor.readers.language import check_english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le gouvernement a annoncé mardi de nouveaux droits de douane de 25 % sur l'acier importé des États-Unis.", "French"),
        ("El gobierno anunció el martes nuevos aranceles del 25 % al acero que llega de Estados Unidos.", "Spanish"),
        ("Die Regierung kündigte am Dienstag neue Zölle von 25 Prozent auf Stahl aus den Vereinigten Staaten an.", "German"),
        ("O governo anunciou na terça-feira novas tarifas de 25% sobre o aço importado dos Estados Unidos.", "Portuguese"),
        ("商务部周二宣布，对原产于美国的钢铁加征百分之二十五的关税，自七月十五日起实施。", "Chinese"),
        ("Правительство объявило во вторник о новых пошлинах на сталь из Соединённых Штатов.", "Russian"),
        ("政府は火曜日、米国産の鉄鋼に二十五パーセントの関税を課すと発表した。", "Japanese"),
    ],
)
def test_other_languages_are_named(text, language):
    for sample in (text, text.upper(), f"{text}\n\n{text}"):
        with pytest.raises(InputError, match=f"R009.*{language}"):
            check_english(sample, "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "25%",
        "Tariffs up.",
        "EC TO TAX CORN GLUTEN",
        "CHINA CUTS DUTY ON SOYBEANS",
        "BRAZIL SETS COFFEE EXPORT REGISTRATIONS, SAO PAULO TRADERS SAY",
        "BONN, MARCH 9 - WEST GERMAN STEEL DUTY TO END JULY 1, MINISTER BANGEMANN SAYS IN DUESSELDORF",
        "S.Africa lifts poultry duty to 37 pct; Brazil, Mexico hit",
        "Peugeot, Renault shares fall as Paris weighs EV levy",
        "Xi Jinping, Li Qiang meet Lula da Silva, Fernando Haddad in Sao Paulo over soy duty",
        "José García Ñíguez, Müller-Jäger and Übermann said no.",
        "The minister said “la guerra comercial no le conviene a nadie” and put a 25% duty on steel.",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "- - - - - - - - - - -",
    ],
)
def test_short_english_and_capitals_are_not_rejected(text):
    check_english(text, "a.txt")
    check_english(text.upper(), "a.txt")
