"""A text with marks is read into parts, and no word of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.papers import (
    MARK,
    Kind,
    Mark,
    Run,
    marks_in,
    read_text,
    without_proof,
)

TYPED = """## Wat er misgaat

Terugbellen duurt te lang. [3] Dat **hoort niet** zo [1].
Iemand schrijft: [citaat 2]

- een
  - twee [3]

7. zeven
"""


def marks_by_sentence(text: str) -> list[tuple[str, list[int]]]:
    return [(it.words, it.marks) for block in read_text(text) for it in block.sentences]


def test_the_parts_of_a_text() -> None:
    blocks = read_text(TYPED)

    assert [block.kind for block in blocks] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.BULLETS,
        Kind.NUMBERS,
    ]
    assert [len(block.items) for block in blocks] == [1, 1, 2, 1]
    assert blocks[3].start == 7
    assert marks_in(blocks) == [3, 1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een. [3] Twee [1].", [("Een.", [3]), ("Twee .", [1])]),
        ("Een [3]. Twee.", [("Een .", [3]), ("Twee.", [])]),
        ("Een.[3][4] Twee.", [("Een.", [3, 4]), ("Twee.", [])]),
        ("[3] Een. Twee.", [("Een.", [3]), ("Twee.", [])]),
        ("[3]", [("", [3])]),
        ("Een.\n[3]\nTwee.", [("Een.", [3]), ("Twee.", [])]),
        (
            "Zie art. 3. [1] En bijv. dit.",
            [("Zie art. 3.", [1]), ("En bijv. dit.", [])],
        ),
        ("[3](https://x) en [a] [1234]", [("(https://x) en [a] [1234]", [3])]),
        ("**Een. Twee** drie. [2]", [("Een.", []), ("Twee drie.", [2])]),
        ("[citaat 12]", [("", [12])]),
    ],
)
def test_a_mark_belongs_to_its_sentence(
    text: str, expected: list[tuple[str, list[int]]]
) -> None:
    assert marks_by_sentence(text) == expected


def test_bold_and_line_breaks_are_kept() -> None:
    (block,) = read_text("Een **vet**\nwoord.")

    assert block.items[0][0].parts == (
        Run("Een "),
        Run("vet", is_bold=True),
        Run("\nwoord."),
    )


def test_no_heading_is_two_levels_below_the_one_above_it() -> None:
    kinds = [block.kind for block in read_text("#### Diep\n\n# Hoog\n\n### Laag")]

    assert kinds == [Kind.HEADING, Kind.HEADING, Kind.SUBHEADING]


@pytest.mark.parametrize("empty", ["##", "## \n", "# \u00a0", "- \n- "])
def test_a_heading_or_list_without_words_is_none(empty: str) -> None:
    kinds = [block.kind for block in read_text(f"{empty}\n\n### Kop\n\nEen.")]

    assert kinds == [Kind.HEADING, Kind.PARAGRAPH]


@pytest.mark.parametrize(
    "hostile",
    ["<script>x</script>", "`a`", "![x](y)", "&amp;", "a | b", "```x```", "> b"],
)
def test_other_markup_is_text(hostile: str) -> None:
    assert marks_by_sentence(f"x {hostile}") == [(f"x {hostile}", [])]


def test_sentences_without_proof_are_told_and_headings_are_not() -> None:
    text = "## Kop\n\nEen. [1] Twee. … 3.\n\n- drie\n- vier [1]"

    assert without_proof(read_text(text)) == ["Twee.", "drie"]


@given(st.text(st.sampled_from("ab.[]3 \n*-#1é👩"), max_size=80))
@pytest.mark.wide
def test_no_letter_or_mark_is_lost(text: str) -> None:
    parts = [
        part for block in read_text(text) for it in block.sentences for part in it.parts
    ]

    read = "".join(part.words for part in parts if isinstance(part, Run))
    typed = MARK.sub("", text)
    assert re.findall("[abé👩]", read) == re.findall("[abé👩]", typed)
    n_marks = sum(isinstance(part, Mark) for part in parts)
    assert n_marks <= len(MARK.findall(text.replace("*", "")))
