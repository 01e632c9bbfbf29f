"""What no file may hold (P3): ways to run text as code, and traces of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEVER_CALLED = {
    "eval": "runs text as code",
    "exec": "runs text as code",
    "mark_safe": "lets text into a page unescaped",
    "SafeString": "lets text into a page unescaped",
    "RawSQL": "use the ORM",
    "raw": "use the ORM",
    "extra": "use the ORM",
    "system": "runs a shell",
    "popen": "runs a shell",
}
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml"}
LOW = re.compile("ORM|query")  # a test may look under the ORM
SQL = {"execute", "executemany", "executescript"}
# Whatever is found holds one of these words; without, a file need not be taken apart.
WORDS = re.compile(
    rf"\b(?:{'|'.join([*NEVER_CALLED, *NEVER_IMPORTED, *SQL, 'shell'])})\b"
)
EXCEPTIONS = {
    "core/web/templates/web/_field.html: |safe": "help texts of our own forms",
    "portal/home/templates/home/handbook.html: |safe": "our text; its HTML is escaped",
    "core/accounts/templates/mfa/totp/activate_form.html: |safe": "a QR of our own",
}
NEVER_IN_A_TEMPLATE = ("|safe", "autoescape off", "safeseq", "javascript:", " style=")


def tracked(suffix: str = "") -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.name.endswith(suffix)]


def findings(source: str) -> Iterator[str]:
    """Yield what is wrong, with the line."""
    if WORDS.search(unicodedata.normalize("NFKC", source)):  # as Python reads names
        yield from _in_tree(ast.parse(source))


def _in_tree(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                name in NEVER_CALLED
            ):
                yield f"{node.lineno}: {name} {NEVER_CALLED[name]}"
            case ast.Call(
                func=ast.Attribute(attr=name), args=[ast.JoinedStr() | ast.BinOp(), *_]
            ) if name in SQL:
                yield f"{node.lineno}: a query is put together from text"
            case ast.Call(
                func=ast.Attribute(attr=name),
                args=[ast.Call(func=ast.Attribute(attr="format")), *_],
            ) if name in SQL:
                yield f"{node.lineno}: a query is put together from text"
            case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                yield f"{node.value.lineno}: runs a shell"
            case ast.Import(names=names):
                yield from _imports(node.lineno, [alias.name for alias in names])
            case ast.ImportFrom(module=str(module)):
                yield from _imports(node.lineno, [module])


def _imports(line: int, modules: list[str]) -> Iterator[str]:
    for module in modules:
        if module.partition(".")[0] in NEVER_IMPORTED:
            yield f"{line}: imports {module}"


@pytest.mark.slow
def test_no_code_runs_text() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{finding}"
        for path in tracked(".py")
        for finding in findings(path.read_text(encoding="utf-8"))
        if "tests" not in path.parts or not LOW.search(finding)
    ]
    assert found == []


def test_the_guard_sees_each_of_them() -> None:
    source = """
import pickle
from xml.etree import ElementTree
eval("1")
mark_safe(text)
Model.objects.raw("x")
cursor.execute(f"SELECT {x}")
cursor.execute("SELECT %s" % x)
cursor.execute("SELECT {}".format(x))
subprocess.run("ls", shell=True)
"""
    assert len(list(findings(source))) == 9
    assert all(any(findings(line)) for line in source.splitlines() if line)


def test_no_template_lets_text_through_unescaped() -> None:
    found = {
        f"{path.relative_to(ROOT / 'achterban')}: {word}"
        for path in tracked(".html")
        for word in NEVER_IN_A_TEMPLATE
        if word in path.read_text(encoding="utf-8")
    }
    assert found == set(EXCEPTIONS)


def test_no_file_names_a_folder_of_this_machine() -> None:
    ours = [f"{ROOT}/", f"{Path.home()}/", "/".join(["", "work", ""])]
    found = [
        f"{path.relative_to(ROOT)}: {folder}"
        for path in tracked()
        for folder in ours
        if folder.encode() in path.read_bytes()
    ]
    assert found == []
