"""Lists what a running donflow is made of (CycloneDX): `python -m tools.bill_of_materials`.

Every package of requirements.lock with version, licence and the hashes that it may have. Written
for whoever must say what stands on the office's machine; it needs no network.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from donflow import __version__

LOCK = Path(__file__).parent.parent / "requirements.lock"
_ENTRY = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True)
class Pinned:
    """One package of a lock: its name, the one version, the sha256 of each file it may be."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pinned(lock: str) -> tuple[Pinned, ...]:
    """The packages of a lock; ValueError names a line that pins nothing."""
    found = []
    for entry in re.sub(r"\\\n\s*", " ", lock).splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        named = _ENTRY.match(entry)
        if named is None:
            raise ValueError(f"this pins no package: {entry}")
        found.append(Pinned(named[1].lower(), named[2], tuple(_HASH.findall(entry))))
    return tuple(found)


def licence_of(name: str) -> str:
    """What the installed package says of its licence; empty where it says nothing."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    (stated, *_) = said.get_all("License-Expression") or said.get_all("License") or [""]
    return "; ".join(filter(None, [stated.strip().partition("\n")[0], *classified]))


def bill(lock: str) -> dict[str, object]:
    """The bill (CycloneDX 1.6) of donflow with the packages of this lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "donflow", "version": __version__}
        },
        "components": [
            {
                "type": "library",
                "name": package.name,
                "version": package.version,
                "purl": f"pkg:pypi/{package.name}@{package.version}",
                "licenses": [{"license": {"name": licence_of(package.name) or "not stated"}}],
                "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
            }
            for package in pinned(lock)
        ],
    }


def main() -> None:
    json.dump(bill(LOCK.read_text("utf-8")), sys.stdout, indent=2, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
