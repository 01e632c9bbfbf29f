"""List what the program is made of, as CycloneDX 1.6.

Usage: python scripts/sbom.py > sbom.json

Read from the lock, with the hashes that are checked at every installation. Known holes
in these versions: ``pip-audit --require-hashes -r requirements.txt``.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")


def components(lock: str) -> list[dict[str, Any]]:
    """Return each package of a lock file: name, version, package URL and hashes."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if match := PACKAGE.match(line):
            name, version = match.groups()
            purl = f"pkg:pypi/{name}@{version}"
            found.append(
                {
                    "type": "library",
                    "bom-ref": purl,
                    "name": name,
                    "version": version,
                    "purl": purl,
                    "hashes": [],
                }
            )
        elif digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest[1]})
    return found


def bill() -> dict[str, Any]:
    """Return the whole list, the same for the same lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components((ROOT / "requirements.txt").read_text()),
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
