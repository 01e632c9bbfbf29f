"""No view starts from all rows (D3): the queryset says who asks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import achterban

PACKAGE = Path(achterban.__file__).parent
SCOPES = {
    "visible_to",
    "workable_by",
    "own_of",
    "behind_code",
    "behind_passkey",
    "drafts_of",
    "published_by",
    "served",
    "of",
    "matching",
    "offered_to",
    "erasable_by",
}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
EXCEPTIONS = {
    "core/mine/views/public.py: Organisation.filter": "named by a signed link",
    "core/accounts/views/own.py: Authenticator.filter": "of whoever is logged in",
    "core/accounts/views/public.py: Invitation.open": "of the address of a signed link",
    "core/accounts/views/work.py: Account.filter": "of the team that is visible",
    "listen/reports/views/shared.py: Municipality.filter": "public reference data",
    "listen/reports/views/beats.py: Municipality.filter": "public reference data",
    "portal/home/views/look.py: Organisation.get": "the one at whose door one came in",
    "portal/home/views/work.py: Organisation.get": "the one at whose door one came in",
    "portal/home/views/public.py: Organisation.exists": "no row is read",
}


def view_modules() -> Iterator[Path]:
    yield from PACKAGE.rglob("views/*.py")
    yield from PACKAGE.rglob("views.py")


def starts(tree: ast.AST) -> Iterator[str]:
    """Yield ``Model.method`` for each place where a queryset begins."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(
                value=ast.Attribute(
                    value=model, attr="objects" | "_default_manager" | "_base_manager"
                ),
                attr=method,
            ):
                yield f"{ast.unparse(model)}.{method}"
            case ast.Call(
                func=ast.Name(id=name), args=[ast.Name(id=model_name), *_]
            ) if name in SHORTCUTS and model_name[:1].isupper():
                yield f"{model_name}.{name}"


def unscoped() -> set[str]:
    return {
        f"{path.relative_to(PACKAGE).as_posix()}: {start}"
        for path in view_modules()
        for start in starts(ast.parse(path.read_text(encoding="utf-8")))
        if start.rpartition(".")[2] not in SCOPES
    }


def test_every_queryset_in_a_view_is_scoped() -> None:
    assert unscoped() == set(EXCEPTIONS)


def test_the_guard_sees_an_unscoped_queryset() -> None:
    source = "a = Report.objects.filter(pk=1); b = get_object_or_404(Report, pk=1)"
    assert list(starts(ast.parse(source))) == [
        "Report.get_object_or_404",
        "Report.filter",
    ]
