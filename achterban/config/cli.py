"""The command line: ``achterban COMMAND``. Names are in docs/operations.md."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.db import DatabaseError

COMMANDS = {
    "serve": ("serve", "start de website en het achtergrondwerk"),
    "work": ("work", "doe het achtergrondwerk apart van de website"),
    "finder": ("finder", "zoek in nieuwe signalen wat iemand herkenbaar maakt"),
    "import": ("import_file", "lees een bestand van uw organisatie in"),
    "import-bodies": ("import_bodies", "lees overheden in als partijen"),
    "importer": ("importer", "lees in wat op de website is klaargezet"),
    "check": ("check_installation", "kijk of alles in orde is"),
    "first-admin": ("first_admin", "maak een organisatie met een eerste beheerder"),
    "backup": ("backup", "maak een versleutelde reservekopie"),
    "restore": ("restore", "zet een reservekopie terug in een lege map"),
    "audit": ("audit", "controleer het logboek (audit verify)"),
    "rotate-keys": ("rotate_keys", "vervang de hoofdsleutel"),
    "erase": ("erase", "wis een signaal op verzoek"),
    "withdraw": ("withdraw", "trek een toestemming in op verzoek"),
    "breach": ("breach", "zeg wie er geraakt is als een account is misbruikt"),
    "prune": ("prune", "wis wat te lang is bewaard"),
    "index": ("index", "maak de zoeklijst van nagekeken signalen in orde"),
    "rules": (
        "rules",
        "reken met een bestand: leesbaarheid, herkenbaarheid, toezeggingen",
    ),
    "demo": ("demo", "zet een voorbeeldorganisatie klaar"),
    "seed": ("seed", "maak proefgegevens met herkenbare woorden"),
    "django": ("", "voor ontwikkelaars: een opdracht van Django zelf"),
}
FOLDERS = {"--data": "ACHTERBAN_DATA", "--keys": "ACHTERBAN_KEYS"}


def main() -> None:
    """Run one command; exit 0 done, 1 refused or failed, 2 wrong use."""
    arguments = _take_folders(sys.argv[1:])
    if not arguments or arguments[0] in {"--help", "-h", "help"}:
        sys.stdout.write(_help())
        sys.exit(0 if arguments else 2)
    name, *rest = arguments
    if name not in COMMANDS:
        sys.stderr.write(f"Deze opdracht is er niet: {name}\n\n{_help()}")
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achterban.config.settings")
    if name == "restore" and not {"-h", "--help"} & set(rest):
        os.environ["ACHTERBAN_NEW_KEYS"] = "0"
    if "--unsafe-clock" in rest:
        rest.remove("--unsafe-clock")
        os.environ["ACHTERBAN_UNSAFE_CLOCK"] = "1"
    command = COMMANDS[name][0]
    if command:  # a refusal comes here whole, to be shown as the sentence it is
        rest = [command, *rest, "--traceback"]
    try:
        execute_from_command_line(["achterban", *rest])
    except (CommandError, ImproperlyConfigured, DatabaseError) as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        sys.exit(getattr(error, "returncode", 1))
    except KeyboardInterrupt:
        sys.exit(1)


def _sentence(error: Exception) -> str:
    if not isinstance(error, DatabaseError):
        return str(error)
    return (
        f"De database geeft een fout ({type(error).__name__}). Is deze map nieuw? Zet "
        "hem dan eerst klaar met: achterban check --prepare"
    )


def _take_folders(arguments: list[str]) -> list[str]:
    """Put ``--data`` and ``--keys`` in the environment; return the rest."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if name not in FOLDERS:
            rest.append(argument)
            continue
        folder = value if equals else next(waiting, "")
        if not folder:
            sys.stderr.write(f"Zet achter {name} een map.\n")
            sys.exit(2)
        os.environ[FOLDERS[name]] = os.path.abspath(folder)
    return rest


def _help() -> str:
    lines = [f"  {name:<12} {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(
        [
            "achterban OPDRACHT [--data MAP] [--keys MAP] …",
            "",
            *lines,
            "",
            "Meer over een opdracht: achterban OPDRACHT --help",
            "",
        ]
    )


if __name__ == "__main__":
    main()
