"""Small networks of invented people, drawn in a line or by lot."""

from __future__ import annotations

from hypothesis import strategies as st

from achterban.rules.network import Network, Relation

WARMTHS = (0.1, 0.3, 0.5, 0.8, 1.0)


def drawn(picture: str, alone: str = "") -> Network:
    """Read "Jet-Guus Guus>Fleur:0.5 Guus=Fleur": mutual, one way, a second kind."""
    relations = []
    for n, word in enumerate(picture.split()):
        line, _colon, warmth = word.partition(":")
        sign = next(sign for sign in "->=" if sign in line)
        one, other = line.split(sign)
        kind = "board" if sign == "=" else "works with"
        key = f"{n}:{line}"
        heat = float(warmth or 1)
        relations.append(Relation(key, one, other, heat, kind, sign != ">"))
    named = [name for each in relations for name in (each.one, each.other)]
    return Network([*named, *alone.split()], relations)


@st.composite
def networks(draw: st.DrawFn, most: int = 7) -> Network:
    """Draw a network of a few people: with loops, double lines and people alone."""
    people = "Jet Guus Fleur Bram Saar Teun Roos Mees Lot"[: most * 5].split()[:most]
    people = people[: draw(st.integers(0, most))]
    if not people:
        return Network([], [])
    relations = []
    # One number for each: hypothesis takes ten times as long over five choices.
    for number in draw(st.lists(st.integers(0, 10_000), max_size=2 * most)):
        rest, one = divmod(number, len(people))
        rest, other = divmod(rest, len(people))
        rest, warmth = divmod(rest, len(WARMTHS))
        kind, way = ("works with", "board")[rest % 2], rest % 3 > 0
        relations.append(
            Relation("a", people[one], people[other], WARMTHS[warmth], kind, way)
        )
    return Network(people, relations)


def groups_without(
    network: Network, person: str = "", line: Relation | None = None
) -> list[set[str]]:
    """Return who hangs together, by walking, without somebody or without a line."""
    left = set(network.people) - {person}
    relations = [
        relation
        for relations in network.pairs.values()
        for relation in relations
        if line is None
        or {relation.one, relation.other} != {line.one, line.other}
        or relation.kind != line.kind
    ]
    found = []
    while left:
        group, edge = set[str](), {min(left)}
        while edge:
            group |= edge
            near = {r.other for r in relations if r.one in edge}
            near |= {r.one for r in relations if r.other in edge}
            edge = near & left - group
        found.append(group)
        left -= group
    return found
