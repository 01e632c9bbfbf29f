import re
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deidentify import Kind, Span, is_iban, redacted
from achterban.rules.deidentify.structured import find_structured

# What stands between brackets is to be found, with its kind; nothing else is.
MARK = re.compile(r"\[(\w+)\|(.*?)\]")
FOUND = [
    "Mijn bsn is [bsn|999990019], of [bsn|999 990 019].",
    "BSN [bsn|123456789], zei zij, maar dat klopt niet.",
    "Rekening [iban|NL91ABNA0417164300] en [iban|NL91 ABNA 0417 1643 00].",
    "Uit België: [iban|BE68 5390 0754 7034] graag.",
    "Bel [telefoon|06-12345678] of [telefoon|010 123 45 67].",
    "Of [telefoon|+31 6 1234 5678].",
    "Bel [telefoon|nul zes twaalf vierendertig zesenvijftig achtenzeventig].",
    "Mail naar [email|jan@voorbeeld.nl] of [email|jan (at) voorbeeld.nl].",
    "Mail [email|jan punt pieters apenstaartje voorbeeld punt nl] maar.",
    "Zie [url|https://blog.voorbeeld.nl/jan] en [url|www.voorbeeld.org].",
    "Kerk, [postcode|1234 AB] en [postcode|1234AB].",
    "Ik woon [adres|Dorpsstraat 12a] nu.",
    "Stuur het naar [adres|Laan van de Vrede 3 bis].",
    "op [adres|postbus 1234] kan het ook",
    "Zaaknummer [dossiernummer|2024/00123], kenmerk [dossiernummer|ABC-12.345].",
    "Klantnr. [dossiernummer|7700 1234 56] staat erop.",
    "Ons [dossiernummer|WMO-2024-001234] loopt nog.",
    "De auto ([kenteken|12-ABC-3]) en kenteken [kenteken|AB12CD].",
    "Dank [gebruikersnaam|@zonnige_dag] en [gebruikersnaam|lies_uit_zee].",
    "Op [datum|dinsdag 3 maart 2024] en [datum|3-4-2024] en [datum|2024-03-04].",
    "Sinds [datum|maart 2023], en de [datum|27e] weer.",
    "Van [datum|3, 5 en 9 februari] tot [datum|eerste kerstdag 2023].",
    "Op [datum|drie mei tweeduizendtwintig] begon het.",
    "Ze is geboren op [geboortedatum|1 april 1960].",
    "Bouwjaar [geboortedatum|1961], zegt hij.",
    "Geb. [geboortedatum|01-02-1955].",
    "Ik ben [leeftijd|52] en moe. Mijn zoon van [leeftijd|11] ook.",
    "Een vrouw ([leeftijd|71 jaar]), haar man ([leeftijd|70]).",
    "En een [leeftijd|8-jarige].",
    "Kinderen van [leeftijd|3], [leeftijd|5] en [leeftijd|8].",
    "Hij wordt volgend jaar [leeftijd|achttien]. Op haar [leeftijd|56e] was het zover.",
    "In [instelling|het Sint Jozef] en [instelling|basisschool De Meerpaal] ook.",
    "Zij werkt bij [instelling|Van Rijn Logistiek].",
    "Bij [instelling|huisartsenpraktijk Beekzicht] nam niemand op.",
    "Daar woont [functie_uniek|de enige imker van het eiland].",
    "Ik ben [functie_uniek|de dirigent van het kerkkoor], nog wel.",
    "Vader was [functie_uniek|koster van de Pauluskerk] toen.",
    "Mevrouw [persoon|Van der Ploeg-Aktaş] en dr. [persoon|J.P. de Vries] belden.",
    "Mijn buurman [persoon|Tariq] hielp, en zuster [persoon|Małgorzata].",
    "Groeten, [persoon|Anne-Fleur]",
    "Mijn dochtertje is [leeftijd|zeven] en moe. [leeftijd|83] ben ik.",
    "Ik ben zelf ook [leeftijd|77] hè. Noor van [leeftijd|9]. [leeftijd|64] te worden.",
    "Mijn vrouw, zelf [leeftijd|79], en zij beiden [leeftijd|85].",
    "Onze Lot was [leeftijd|acht maanden oud], hij is bouwjaar [geboortedatum|58].",
    "2. [datum|17/6] brief, huisbezoek [datum|19-3]. Op de [datum|27e] gevallen.",
    "Mijn bsn is [bsn|912 34 56 07]. Bel [telefoon|0299 vier drie zes vijf acht één].",
    "Onder nummer [dossiernummer|z2024-01877], op tiktok bij [gebruikersnaam|mama030].",
    "Daar sta ik als [gebruikersnaam|tinus1986], of [gebruikersnaam|ilse#2261].",
    "Lees [url|zebrapad.nu/deel-3] en ik woon aan de [adres|Kerkweg] hier.",
    "Mijn adres is [adres|dorpsstraat honderd twaalf] boven.",
    "Bij [instelling|obs De Klimboom], [instelling|FPK De Wierde], [instelling|OLVG].",
    "[functie_uniek|De dienstdoende huisarts op Marken] kwam niet.",
    "Ik ben [persoon|Selamawit]. Mijn naam is [persoon|Oleksandra Hrytsenko].",
    "Zelf ben ik [persoon|P. Overwater]. [persoon|mei ling] is mijn naam.",
    "Naam [persoon|Abdulrahman Al-Masoudi].",
]
STAYS = [
    "",
    "Bel 112, 113 of 14 030. Of 0800 1234567.",
    "Het kostte € 1.234,56 en 23.870 euro.",
    "In 2019 MS gekregen, in 2021 ME.",
    "Dat was in maart, vorige week dinsdag, om 10.30 uur.",
    "Er stond 31 juni in de brief.",
    "Ik ben 11 jaar ziek, al 20 jaar moe, en boven de zeventig.",
    "Twee keer 4/5 uur, 2-3 keer per week, van 9 tot 14 uur.",
    "Moeder van drie, met 26 adressen en 104 weken wachten.",
    "COVID-19, B12, de A12, DSM-5 en ICD-10.",
    "De wethouder van Ede en de burgemeester van Ede.",
    "De arts van het UWV en de consulent Wmo.",
    "Mijn zus heeft de ziekte van Crohn, mijn vader Parkinson.",
    "Zie www.uwv.nl en bol.com.",
    "Het ziekenhuis, de huisarts en de school zeggen niets.",
    "Geachte mevrouw,\n\nHierbij schrijf ik u.",
    "Ik ben Wajonger. Ik ben Poolse, en MS-patiënt.",
    "Op de 3e verdieping, in de straat een huis, de bus van 9 uur.",
]


def unmarked(marked: str) -> tuple[str, set[tuple[str, str]]]:
    return MARK.sub(r"\2", marked), {
        (kind, words) for kind, words in MARK.findall(marked)
    }


def found(text: str) -> set[tuple[str, str]]:
    return {(s.kind.value, text[s.start : s.end]) for s in find_structured(text)}


@pytest.mark.parametrize("marked", FOUND)
def test_what_could_identify_somebody_is_found(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text) == expected


@pytest.mark.parametrize("text", STAYS)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert found(text) == set()


def test_looking_without_lists_needs_no_gigabyte() -> None:
    assert "deduce" not in sys.modules


def test_there_are_seventeen_kinds() -> None:
    assert len(Kind) == 17
    assert str(Kind.PERSON) == "persoon"


def test_a_text_is_redacted_by_kind() -> None:
    text = "Bel Jan op 06-12345678 of 06-87654321."
    spans = find_structured(text)
    assert redacted(text, spans) == "Bel Jan op [telefoon] of [telefoon]."


def test_of_two_that_overlap_all_that_was_covered_stays_covered() -> None:
    text = "Mail jan_de_vries@voorbeeld.nl"
    assert found(text) == {("email", "jan_de_vries@voorbeeld.nl")}


@given(st.text())
@pytest.mark.slow
def test_any_text_is_read(text: str) -> None:
    spans = find_structured(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.wide
@given(st.lists(st.sampled_from([unmarked(m)[0] for m in FOUND]), max_size=80))
def test_a_long_text_is_read_in_pieces(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    spans = find_structured(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert not any(
        text[span.start : span.end] in redacted(text, spans)
        for span in spans
        if span.kind in {Kind.EMAIL, Kind.IBAN, Kind.BSN}
    )


@pytest.mark.wide
@pytest.mark.parametrize(
    "letters", ["Aa-", "1 ", "a.", "A-", "mei ", "bij Jan en ", "🙂"]
)
def test_a_text_that_is_no_language_takes_no_time(letters: str) -> None:
    text = letters * (5_000 // len(letters))  # more than it reads at a time
    for span in find_structured(text):
        assert isinstance(span, Span)


@given(st.from_regex(r"\A[0-9]{10}\Z"), st.integers(0, 99))
@pytest.mark.wide
def test_an_account_number_with_other_check_digits_does_not_pass(
    digits: str, check: int
) -> None:
    right = 98 - int("".join(str(int(c, 36)) for c in f"INGB{digits}NL00")) % 97
    assert is_iban(f"NL{check:02}INGB{digits}") is (check % 97 == right % 97)


@pytest.mark.parametrize(
    "written", ["", "NL", "NL91ABNA04171643é0", "91NLABNA0417164300"]
)
def test_what_is_no_account_number_does_not_pass(written: str) -> None:
    assert not is_iban(written)


@pytest.mark.parametrize("between", ["; ", ", ", " "])
def test_in_a_long_list_none_is_cut_in_two(between: str) -> None:
    boxes = [f"persoon{n}@voorbeeld.test" for n in range(400)]
    text = between.join(boxes)

    found = [text[span.start : span.end] for span in find_structured(text)]

    assert found == boxes
