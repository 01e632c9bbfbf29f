import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deidentify import Kind, Span
from achterban.rules.deidentify.names import (
    NameLists,
    is_nobody,
    joined,
    repeated,
    titled,
)
from achterban.rules.deidentify.places import (
    is_home,
    named_as_authority,
    said_homes,
)
from achterban.rules.deidentify.spans import without_overlap

LISTS = NameLists(
    ["Anna", "Wim", "Jan", "Roos", "Lotte"],
    ["Bruin", "Jansen", "Bakker", "Bakkum", "Öztürk"],
    ["Jong"],
)


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dokter Papadopoulos belde.", ["Papadopoulos"]),
        ("dhr. Mei en mw. De Boer", ["Mei", "De Boer"]),
        ("Patiënt: Şükrü Öztürk", ["Şükrü Öztürk"]),
        ("Met groet,\nMarie-José van 't Hof", ["Marie-José van 't Hof"]),
        ("mevr. Li Fen Ho-A-Fong heeft", ["Li Fen Ho-A-Fong"]),
        ("mijn vriendin Zofia Alzheimer", ["Zofia"]),
        ("Mevrouw Becker en dr. Wilson belden", ["Becker", "Wilson"]),
        ("De arts UWV en de consulent Wmo", []),
        ("Wijkcoach van Arnhem belde.", []),
        ("beroep: verpleegkundige\nPlaats: Ede", []),
        ("Mijn ex Dennis en onze kinderen Noor en Sem", ["Dennis", "Noor en Sem"]),
        ("Groeten van Noud en Pien", ["Noud en Pien"]),
        ("mw. bouzidi van het loket", ["bouzidi"]),
        ("mw vertelde dat dhr. belde, mw van de bank ook", []),
    ],
)
def test_a_name_follows_a_title_role_or_greeting(
    text: str, expected: list[str]
) -> None:
    assert words(text, [*titled(text)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schoonzus wim de bruin is blind", ["wim de bruin"]),
        ("mevrouw jansen zei", ["jansen"]),
        ("dokter de bakker zei", []),
        ("namens mijn vrouw anna", ["anna"]),
        ("groetjes anna", ["anna"]),
        ("mvg,\nwim", ["wim"]),
        ("mijn naam is anna en", ["anna"]),
        ("mijn kinderen anna en lotte", ["anna", "lotte"]),
        ("meneer ozturk belde", ["ozturk"]),
        ("groet roos", []),
        ("mijn man is ziek", []),
        ("op de bank in de zon", []),
        ("de bakker en de roos", []),
    ],
)
def test_a_name_in_small_letters_needs_a_title_or_a_surname(
    text: str, expected: list[str]
) -> None:
    assert words(text, [*LISTS.in_small_letters(text)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat was het.\nLotte Okonkwo\n", ["Lotte Okonkwo"]),
        ("Het is klaar. Chidi Bakkum", ["Chidi Bakkum"]),
        ("ik hoop het. m.", ["m."]),
        ("groet g. bakkum", ["g. bakkum"]),
        ("Wij gaan naar Huis", []),
        ("mevrouw de bruin kwam", ["de bruin"]),
        ("mevrouw de bank", []),
        ("meneer de jong", ["de jong"]),
    ],
)
def test_a_letter_ends_with_a_name(text: str, expected: list[str]) -> None:
    assert words(text, [*LISTS.signed(text)]) == expected


@pytest.mark.parametrize(
    ("text", "name", "nobody"),
    [
        ("Jan Modaal betaalt", "Jan Modaal", True),
        ("Joost mag weten waarom", "Joost", True),
        ("Vraag het dr. Google", "Google", True),
        ("de ziekte van Graves", "Graves", True),
        ("Wilson-patiënten", "Wilson", True),
        ("De heer Graves belde", "Graves", False),
        ("Lieve mensen", "Lieve", True),
        ("en Lieve belde", "Lieve", False),
        ("bij Jumbo kocht ik", "Jumbo", True),
        ("Jan Modaaldijk", "Jan Modaaldijk", False),
    ],
)
def test_illnesses_sayings_and_brands_are_nobody(
    text: str, name: str, nobody: bool
) -> None:
    start = text.index(name)
    assert is_nobody(text, start, start + len(name)) is nobody


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("zei Bé van Soelen.", ["van Soelen"], ["Bé van Soelen"]),
        ("Tariq B. zei", ["Tariq"], ["Tariq B."]),
        ("Ada Quispe zei", ["Ada"], ["Ada Quispe"]),
        ("Lotte en Bo Vos zijn", ["Lotte", "Bo Vos"], ["Lotte en Bo Vos"]),
        ("Anna en Wim zijn", ["Anna", "Wim"], ["Anna", "Wim"]),
        ("Ans Bo-Vos zei", ["Ans Bo", "Vos"], ["Ans Bo-Vos"]),
    ],
)
def test_parts_of_a_name_come_together(
    text: str, parts: list[str], whole: list[str]
) -> None:
    spans = [
        Span(text.index(part), text.index(part) + len(part), Kind.PERSON)
        for part in parts
    ]
    assert words(text, joined(text, spans)) == whole


def test_a_name_is_found_wherever_it_comes_back() -> None:
    text = "Mevrouw Anna Jansen. Anna zei: Jansens zijn zo. Hannah niet."
    spans = [*titled(text)]
    assert words(text, [*repeated(text, spans)]) == ["Anna", "Anna", "Jansen"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("De gemeente Ede zegt dat het niet kan", False),
        ("Ede wees het af.", False),
        ("Aanvraag bij Ede afgewezen", False),
        ("De beschikking van Ede klopt niet", False),
        ("Geen pgb volgens Ede, want", False),
        ("Beste Ede (cc de vereniging)", False),
        ("In Ede moet de hulp resultaat halen", False),
        ("ik heb gebeld naar Ede maar", False),
        ("De keuringsarts in Ede zei", False),
        ("Ik woon al dertig jaar in Ede.", True),
        ("Ik kom uit Ede en", True),
        ("Een meisje uit Ede wier naam", True),
        ("Groeten uit Ede", True),
        ("mijn huisarts in Ede zei", True),
        ("ik moest naar Ede of Tiel", True),
        ("UWV Ede belde", True),
        ("op Ede wonen", True),
        ("Woonplaats: Ede", True),
        ("Ede, 12 mei 2024\n\nGeachte", True),
        ("dag.\nEde\n", True),
        ("omdat ik in Ede woon", True),
        ("in Ede waar mijn zus woont", True),
        ("van Ede naar Tiel verhuisd", True),
        ("de bus van Ede naar het station", True),
        ("als inwoner van Ede", True),
        ("ik lag drie weken in Ede", True),
        ("bij ons in Ede rijdt", True),
        ("het zwembad in Ede", True),
        ("ik wacht al maanden op Ede", False),
        ("mijn bezwaar naar Ede is kwijt", False),
        ("het is naar Ede doorgestuurd", False),
        ("van Ede naar Tiel overgedragen", False),
    ],
)
def test_a_municipality_is_home_or_authority(text: str, home: bool) -> None:
    start = text.index("Ede")
    assert is_home(text, start, start + 3, set()) is home


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ik woon nu in den helder en", [("den helder en", True)]),
        ("Groet, Rinus (uit Urk)", [("Urk", True)]),
        ("ik zit in tiel", [("tiel", False)]),
        ("in Ede doen ze dat niet", []),
    ],
)
def test_what_a_home_must_follow_is_given(
    text: str, said: list[tuple[str, bool]]
) -> None:
    found = [*said_homes(text)]
    assert [(words, is_sure) for _start, words, is_sure in found] == said
    assert all(text[start:].startswith(words) for start, words, _sure in found)


def test_a_name_in_brackets_is_of_who_stands_before_it() -> None:
    text = "mijn zoon (Wim) en de arts (Ede), in dienst (Anna)"
    assert words(text, [*LISTS.in_brackets(text)]) == ["Wim"]


@pytest.mark.parametrize(
    ("text", "home"), [("Jo, 69, Ede. Zij", True), ("Jo, 69, Ede wees af", False)]
)
def test_what_stands_in_a_row_with_a_name_is_home(text: str, home: bool) -> None:
    assert is_home(text, 8, 11, {6}) is home


def test_a_village_named_as_municipality_is_the_authority() -> None:
    assert named_as_authority("de gemeente Veghel", 12)
    assert not named_as_authority("ik ging naar Veghel", 13)


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)))
)
@pytest.mark.wide
def test_no_span_lies_over_another(text: str, pairs: list[tuple[int, int]]) -> None:
    given_spans = [Span(a, min(b, len(text)), Kind.DATE) for a, b in pairs]
    kept = without_overlap(text, given_spans)
    covered = [place for span in kept for place in range(span.start, span.end)]
    wanted = {place for s in given_spans for place in range(s.start, s.end)}
    assert len(covered) == len(set(covered))
    assert {p for p in wanted if text[p].isalnum()} <= set(covered) <= wanted
