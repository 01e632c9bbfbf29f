from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.receipts import ALPHABET, NotACode, in_groups, make_code, read_code

bits = st.integers(0, 2**75 - 1)


@given(bits)
def test_a_code_is_read_back_as_shown(random_bits: int) -> None:
    code = make_code(random_bits)
    assert read_code(in_groups(code)) == code
    assert len(code) == 16


@pytest.mark.parametrize(
    "typed",
    [
        "aaaa-bbbb",
        " ",
        "12!",
        "0000 0000 0000 0000 0",
    ],
)
def test_nonsense_is_no_code(typed: str) -> None:
    with pytest.raises(NotACode):
        read_code(typed)


def test_a_tired_hand_is_understood() -> None:
    code = make_code(0b1_00001_00000)  # has 0s and 1s
    typed = in_groups(code).lower().replace("0", "o").replace("1", "l")
    assert read_code(f"\u00a0{typed.replace(' ', '-')}.\n") == code


@given(bits, st.integers(0, 15), st.sampled_from(ALPHABET))
@pytest.mark.wide
def test_every_single_wrong_character_is_found(
    random_bits: int, place: int, character: str
) -> None:
    code = make_code(random_bits)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(NotACode, match="check"):
            read_code(wrong)


@pytest.mark.wide
@given(bits)
def test_every_swap_of_two_characters_is_found(random_bits: int) -> None:
    code = make_code(random_bits)
    for i, j in combinations(range(16), 2):
        if code[i] != code[j]:
            swapped = list(code)
            swapped[i], swapped[j] = code[j], code[i]
            with pytest.raises(NotACode, match="check"):
                read_code("".join(swapped))


@pytest.mark.parametrize("random_bits", [-1, 2**75])
def test_bits_out_of_range_are_refused(random_bits: int) -> None:
    with pytest.raises(ValueError, match="75 bits"):
        make_code(random_bits)
