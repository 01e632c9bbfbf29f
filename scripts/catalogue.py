"""Keep the Dutch catalogue: collect what must be translated, compile it, check it.

``catalogue.py update`` adds new texts to ``django.po`` and drops those that are gone,
``compile`` makes ``django.mo``, ``check`` says what is missing (exit 1). The texts in
the code are English and need no catalogue. No gettext on the machine: Babel does it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django.utils.translation.template as django_templates
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "achterban"
FOLDER = PACKAGE / "locale" / "nl" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
BORROWED = FOLDER.parent / "borrowed.txt"  # texts of packages that lack Dutch
KEYWORDS = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|</?[a-z]+")

Found = tuple[str | tuple[str, ...], str | None, str]  # text, context, file


def main(arguments: list[str]) -> int:
    """Do what was asked; return the exit code."""
    match arguments:
        case ["update"]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            write_catalogue(updated(read_catalogue()))
        case ["compile"]:
            compile_catalogue()
        case ["check"]:
            problems = list(find_problems(read_catalogue()))
            print("\n".join(problems) or "De vertaling is volledig.")
            return 1 if problems else 0
        case ["-h" | "--help"]:
            print(__doc__)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


@cache  # nothing changes while one command looks
def found_texts() -> tuple[Found, ...]:
    """Return every text in the program that a person may read."""
    return tuple(_found_texts())


def _found_texts() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE.parent).as_posix()
        source = _source(path, name)
        if not CALL.search(source):  # most files: to read them by tokens takes long
            continue
        extracted = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, text, _comments, context in extracted:
            yield text, context, name
    for line in BORROWED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            singular, _, plural = line.partition(" | ")
            yield (singular, plural) if plural else singular, None, BORROWED.name


def _source(path: Path, name: str) -> str:
    """Return the Python of a file of the program, empty where it has none."""
    if "/tests/" in name or "/migrations/" in name:
        return ""
    if path.suffix == ".py":
        return path.read_text(encoding="utf-8")
    if "/templates/" in name and path.suffix in {".html", ".txt"}:
        return _as_python(path.read_text(encoding="utf-8"))
    return ""


def _as_python(template: str) -> str:
    """Return the calls in a template as lines of Python, and nothing else."""
    text = django_templates.templatize(template)
    calls = re.findall(
        r"\b(?:n|p|np)?gettext\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)"
        r"|(?<!\w)_\((?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')\)",
        text,
    )
    return "\n".join(call.replace("\n", "\\n") for call in calls)


def updated(old: Catalog) -> Catalog:
    """Return the catalogue of today's texts, with the translations that there are."""
    new = empty_catalogue()
    for text, context, name in found_texts():
        new.add(text, locations=[(name, 0)], context=context)
    for message in messages(new):
        known = old.get(message.id, message.context)
        if known and known.string:
            message.string = known.string
    return new


def empty_catalogue() -> Catalog:
    """Return a Dutch catalogue without texts."""
    return Catalog(locale="nl", domain="django", fuzzy=False, charset="utf-8")


def messages(catalogue: Catalog) -> list[Message]:
    """Return the texts of a catalogue, without its header."""
    return [message for message in catalogue if message.id]


def read_catalogue(path: Path = PO) -> Catalog:
    """Return the catalogue as it stands, empty where there is none."""
    if not path.exists():
        return empty_catalogue()
    with path.open("rb") as source:
        return read_po(source, locale="nl", domain="django")


def write_catalogue(catalogue: Catalog) -> None:
    """Write what people translate."""
    PO.write_text(as_text(catalogue), encoding="utf-8")


def as_text(catalogue: Catalog) -> str:
    """Return the catalogue so that two people who add a text seldom meet."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=88, no_location=True, omit_header=True, sort_output=True
    )
    header = "\n".join(f'"{name}: {value}\\n"' for name, value in HEADER)
    return f'msgid ""\nmsgstr ""\n{header}\n\n{out.getvalue().decode().strip()}\n'


HEADER = [
    ("Language", "nl"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
]


def compile_catalogue() -> None:
    """Make what Django reads."""
    with MO.open("wb") as out:
        write_mo(out, read_catalogue())


def find_problems(catalogue: Catalog) -> Iterator[str]:
    """Yield what is missing, doubtful, left over, or not equal in its placeholders."""
    wanted = {(_key(text), context) for text, context, _name in found_texts()}
    known = {(_key(m.id), m.context): m for m in messages(catalogue)}
    for text, context in sorted(wanted - known.keys(), key=str):
        yield f"niet in de catalogus: {text!r} {context or ''}"
    for key in sorted(known.keys() - wanted, key=str):
        yield f"niet meer in gebruik: {key[0]!r}"
    for gone in catalogue.obsolete.values():
        yield f"niet meer in gebruik: {gone.id!r}"
    for message in known.values():
        yield from _problems_of(message)


def _problems_of(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield f"twijfelachtig: {message.id!r}"
    strings = _all(message.string)
    if not all(strings):
        yield f"niet vertaald: {message.id!r}"
        return
    # In a plural form the number may be spelled out: "één" for %(n)s.
    allowed = {mark for text in _all(message.id) for mark in PLACEHOLDER.findall(text)}
    for text, string in zip(_all(message.id), strings, strict=True):
        has = sorted(PLACEHOLDER.findall(string))
        if has != sorted(PLACEHOLDER.findall(text)) or not allowed.issuperset(has):
            yield f"andere invulplekken: {message.id!r} → {string!r}"


def _key(text: str | tuple[str, ...] | list[str]) -> str:
    return _all(text)[0]


def _all(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
