"""See which promises are found in texts: docs/measurements-commitments.md.

Usage: python -m bench.commitments [--learn]

Compares with ``gold/commitments.jsonl`` in the shared folder, and counts in its motions
of parliament which words for a term are read. ``--learn`` weighs the signs anew, and
writes ``achterban/rules/commitments/weights.py``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from achterban.rules.commitments import Suggestion, neighbours, suggestions, weight
from achterban.rules.commitments.signs import Passage, passages
from achterban.rules.commitments.weights import ENOUGH
from achterban.rules.recurrence import terms_in
from bench.deidentify import GOLD, ROOT

TEXTS = GOLD.parent / "commitments.jsonl"
MOTIONS = GOLD.parents[1] / "data" / "parliament" / "moties.jsonl.gz"
DOCUMENT = ROOT / "docs" / "measurements-commitments.md"
WEIGHTS = ROOT / "achterban" / "rules" / "commitments" / "weights.py"
COUNTED = frozenset({"new", "restated", "conditional", "fulfilled"})
REFUSED = frozenset({"denied", "refused", "withdrawn"})
MARGINS = {"week": 7, "month": 31, "quarter": 92, "year": 366}  # days
N_FOLDS, PENALTY, ROUNDS = 10, 0.6, 60
# Words that begin a term in what a motion asks, whether or not they can be read.
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
)
CUES = re.compile(
    r"\b(?:uiterlijk\s+\S+|v[óo]{1,2}r\s+(?:de\s+zomer|het\s+einde?\b|de\s+kerst"
    r"|het\s+\w*reces|(?:eind|begin|medio)\b|de\s+\w*(?:nota|begroting)\w*|de\s+"
    rf"behandeling|prinsjesdag|\d|(?:{_MONTHS}|december)|20\d\d)|binnen\s+\w+\s+(?:dag"
    r"|we+k|maand|jaar|half)\w*|binnen\s+een\s+half|in\s+het\s+\w+\s+kwartaal|in\s+het"
    r"\s+(?:voor|na)jaar|(?:half|twee)?jaarlijks|elke?\s+(?:jaar|kwartaal|maand|week"
    r"|half)|per\s+kwartaal|zodra|(?:dit|volgend)\s+jaar|deze\s+(?:maand|week)|(?:begin"
    rf"|medio|eind|halverwege)\s+(?:20\d\d|{_MONTHS}|december))",
    re.I,
)
LEAST_WEIGHT = 0.15  # less says nothing
TARGET_F1, TARGET_TERM = 0.75, 0.85

PAGE = """# Promises in a text: measured

`python -m bench.commitments` looks for promises in {n_texts} letters, mails, minutes
and notes, of which somebody marked {n_gold} passages. Found is what shares at least
half with a marked passage. A term is right to the day, or to the week, month, quarter
or year where the words are no sharper.

| | Precision | Recall | F1 | asked |
|---|--:|--:|--:|--:|
| all texts, which also taught the weights | {seen} | {asked} |
| texts left out while the weights were learnt, in {n_folds} parts | {unseen} | |

The second line is what a text that nobody saw may expect of the weights; the words of
the signs themselves were chosen with all texts in view.

Term or rhythm right of those found: {n_right} of {n_terms} ({share:.2f}; asked
{asked_term}).
Denials, refusals and what was taken back: {n_taken} of {n_refused} taken for a promise.

Of {n_cues:,} words for a term in what {n_motions:,} motions of parliament ask,
{read:.0%} are read as a day or a rhythm, {doubted:.0%} are known and asked (an event, a
recess, no day at all), and {unseen_cues:.0%} are not seen. Motions without a date are
left out.
"""

Floats = NDArray[np.float64]
Weights = dict[str, float]
One = TypeVar("One", Suggestion, Passage)


@dataclass(frozen=True)
class Gold:
    """A passage of which somebody said what it is."""

    spans: tuple[tuple[int, int], ...]
    is_counted: bool
    status: str
    due: str | None
    rhythm: str | None
    precision: str


@dataclass(frozen=True)
class Text:
    """A document with its date and its passages."""

    name: str
    words: str
    on: date
    gold: tuple[Gold, ...]


class Found(NamedTuple):
    """How many were found, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return which share of what was found is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return which share of what is there was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_texts(file: Path = TEXTS) -> list[Text]:
    """Return the documents with what is promised in them."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Text(
            row["id"],
            row["text"],
            date.fromisoformat(row["doc_date"]),
            tuple(_gold(it) for it in row["gold"]),
        )
        for row in rows
    ]


def _gold(row: dict[str, Any]) -> Gold:
    is_counted = (
        row["strength"] in {"firm", "intention"}
        and row["status"] in COUNTED
        and row["promiser_side"] != "patientenorganisatie"
    )
    return Gold(
        tuple((span["start"], span["end"]) for span in row["spans"]),
        is_counted,
        row["status"],
        row["due"],
        row["rrule"],
        row["due_precision"] or "",
    )


def is_hit(start: int, end: int, gold: Gold) -> bool:
    """Return whether at least half of both is in the other."""
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b in gold.spans)
    length = sum(b - a for a, b in gold.spans)
    return 2 * shared >= max(length, end - start)


def pairs(text: Text, found: Sequence[One]) -> dict[Gold, One]:
    """Return which counted passage was found by what, each used once."""
    hits: dict[Gold, One] = {}
    for gold in (it for it in text.gold if it.is_counted):
        for one in found:
            if is_hit(one.start, one.end, gold) and one not in hits.values():
                hits[gold] = one
                break
    return hits


def count(texts: Iterable[Text], found: dict[str, list[Any]]) -> Found:
    """Return how many passages were found of what is counted."""
    right = wrong = missed = 0
    for text in texts:
        hits = pairs(text, found[text.name])
        right += len(hits)
        wrong += len(found[text.name]) - len(hits)
        missed += sum(it.is_counted for it in text.gold) - len(hits)
    return Found(right, wrong, missed)


def is_term_right(gold: Gold, said: Suggestion) -> bool:
    """Return whether the term is right: to the day, or as sharp as the words are."""
    due = said.term.due if said.term else None
    rhythm = said.term.rhythm if said.term else ""
    if gold.rhythm or rhythm:
        return rhythm == (gold.rhythm or "")
    if due is None or gold.due is None:
        return due is None and gold.due is None
    off = abs((due - date.fromisoformat(gold.due)).days)
    return off <= MARGINS.get(gold.precision, 0)


def main() -> None:
    """Measure, and learn when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", action="store_true")
    texts = read_texts()
    if parser.parse_args().learn:
        write_weights(*learn(texts))
        print(f"{WEIGHTS.name} is new: measure once more without --learn.")
        return
    report = measured(texts)
    DOCUMENT.write_text(report, encoding="utf-8")
    print(report)


def measured(texts: list[Text]) -> str:
    """Return the page of figures."""
    found = {it.name: suggestions(it.words, it.on) for it in texts}
    all_in = count(texts, found)
    terms = [
        is_term_right(gold, said)
        for text in texts
        for gold, said in pairs(text, found[text.name]).items()
    ]
    refused = [it for text in texts for it in text.gold if it.status in REFUSED]
    taken = sum(
        any(is_hit(one.start, one.end, gold) for one in found[text.name])
        for text in texts
        for gold in text.gold
        if gold.status in REFUSED
    )
    unseen = Found(*(sum(it) for it in zip(*folds(texts), strict=True)))
    return PAGE.format(
        n_texts=len(texts),
        n_gold=all_in.right + all_in.missed,
        seen=_cells(all_in),
        unseen=_cells(unseen),
        asked=TARGET_F1,
        n_folds=N_FOLDS,
        n_right=sum(terms),
        n_terms=len(terms),
        share=sum(terms) / len(terms),
        asked_term=TARGET_TERM,
        n_taken=taken,
        n_refused=len(refused),
        **motions(),
    )


def motions(file: Path = MOTIONS) -> dict[str, Any]:
    """Return how many words for a term in motions are read, asked and not seen."""
    n_motions = n_cues = n_read = n_doubted = 0
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            motion = json.loads(line)
            if not motion["datum"]:
                continue
            asked = " ".join(motion["tekst"].partition("verzoekt")[2].split())
            cues = [match.span() for match in CUES.finditer(asked)]
            terms = terms_in(asked, date.fromisoformat(motion["datum"][:10]))
            n_motions += 1
            for start, end in cues:
                held = [it for it in terms if it.start < end and start < it.end]
                n_cues += 1
                is_read = any(it.due or it.rhythm for it in held)
                n_read += is_read
                n_doubted += bool(held) and not is_read
    return {
        "n_motions": n_motions,
        "n_cues": n_cues,
        "read": n_read / n_cues,
        "doubted": n_doubted / n_cues,
        "unseen_cues": 1 - (n_read + n_doubted) / n_cues,
    }


def _cells(found: Found) -> str:
    return f"{found.precision:.2f} | {found.recall:.2f} | {found.f1:.3f}"


def folds(texts: list[Text]) -> Iterable[Found]:
    """Yield what is found in each part by weights that were learnt from the others."""
    for n in range(N_FOLDS):
        out = texts[n::N_FOLDS]
        first, second = learn([it for it in texts if it not in out])
        yield count(out, {it.name: chosen(it, first, second) for it in out})


def chosen(text: Text, first: Weights, second: Weights) -> list[Passage]:
    """Return the passages that weigh enough."""
    seen = passages(text.words, text.on)
    beside = neighbours(seen, [weight(it.signs, first) for it in seen])
    return [
        it
        for it, more in zip(seen, beside, strict=True)
        if weight(it.signs | more, second) > ENOUGH
    ]


def learn(texts: list[Text]) -> tuple[Weights, Weights]:
    """Return what signs weigh at a first look, and with what stands beside them."""
    seen = [passages(it.words, it.on) for it in texts]
    is_promise = np.array(
        [
            one in pairs(text, found).values()
            for text, found in zip(texts, seen, strict=True)
            for one in found
        ],
        dtype=float,
    )
    first = _fit([it.signs for found in seen for it in found], is_promise)
    with_beside = [
        it.signs | more
        for found in seen
        for it, more in zip(
            found,
            neighbours(found, [weight(o.signs, first) for o in found]),
            strict=True,
        )
    ]
    return first, _fit(with_beside, is_promise)


def _fit(rows: list[frozenset[str]], is_promise: Floats) -> Weights:
    """Return weights by logistic regression, held small (ridge), by Newton's method."""
    names = sorted(frozenset().union(*rows))
    table = np.array([[name in row for name in names] + [True] for row in rows], float)
    held = np.full(len(names) + 1, PENALTY)
    held[-1] = 0.01
    weights = np.zeros(len(held))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - is_promise) + held * weights
        bend = (table.T * (chance * (1 - chance))) @ table + np.diag(held)
        weights -= np.linalg.solve(bend, slope)
    said = dict(zip(names, weights[:-1].tolist(), strict=True))
    return {"": float(weights[-1])} | {
        k: v for k, v in said.items() if abs(v) >= LEAST_WEIGHT
    }


def write_weights(first: Weights, second: Weights) -> None:
    """Write what was learnt as code."""
    tables = "\n".join(
        f"{name}: dict[str, float] = {{\n"
        + "".join(f'    "{sign}": {said:.2f},\n' for sign, said in table.items())
        + "}"
        for name, table in (("FIRST_LOOK", first), ("SECOND_LOOK", second))
    )
    WEIGHTS.write_text(
        '"""What each sign weighs, by ``python -m bench.commitments --learn``."""\n\n'
        f"from __future__ import annotations\n\nENOUGH = {ENOUGH}\n{tables}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
