import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.deidentify import MASK, is_bsn, mask_bsn

# Numbers that pass the check and are given to nobody: the test range of the RvIG.
VALID = "999990019"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        (VALID, True),
        ("999990018", False),
        ("111222333", True),
        ("10464554", True),
        ("000000000", False),
        ("1112223334", False),
        ("11122233x", False),
    ],
)
def test_is_bsn(digits: str, expected: bool) -> None:
    assert is_bsn(digits) is expected


@pytest.mark.parametrize(
    "written",
    [
        "111222333",
        "111 222 333",
        "111.222.333",
        "1112.22.333",
        "111-222-333",
        "1 1 1 2 2 2 3 3 3",
        "111\u00a0222\u00a0333",
        "11 12 22 333",
        "111 22 23 33",
        "11-122-2333",
        "１１１２２２３３３",
    ],
)
def test_a_bsn_is_taken_out_however_it_is_written(written: str) -> None:
    masked = mask_bsn(f"Mijn nummer is {written}, zei ik.")
    assert masked.text == f"Mijn nummer is {MASK}, zei ik."
    assert masked.n_masked == 1


@pytest.mark.parametrize(
    "text",
    [
        "bel 0612345678",
        "bel +31 111222333",
        "bel 06 11 12 22 33 of 010 111 22 23",
        "op 11-12-2233, in 2019 202 en 11",
        "NL91ABNA0417164300",
        "op 12-04-2021 om 10.30 uur",
        "dossier 1112223334",
        "niet geldig: 123456780",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_bsn(text).text == text


def test_two_numbers_are_both_taken_out() -> None:
    assert mask_bsn(f"{VALID} en 111222333").n_masked == 2


def test_the_end_of_a_number_is_no_country_code_of_the_next() -> None:
    assert mask_bsn("999990019  111222333").text == f"{MASK}  {MASK}"


@pytest.mark.wide
@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_bsn(text)
    assert mask_bsn(once.text).n_masked == 0
