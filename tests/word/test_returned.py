"""Returned files with known truth: each is read to its last comment, change and line.

The files and how they are made: tests/word/returned. A truth leaves out what is usual: a comment
that is open and answers none, a text before that is the text after.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from donflow.word.reading import as_json, read
from tests import second_reader
from tests.word.returned import build
from tests.word.returned.comments_of_word import threads
from tests.word.returned.markup import packed

NAMES = sorted(path.stem for path in build.HERE.glob("*.docx"))
UNSETTLED = "Tracked changes neither accepted nor refused"
Told = dict[str, Any]


def file(name: str) -> bytes:
    return (build.HERE / f"{name}.docx").read_bytes()


def truth(name: str) -> Told:
    told = yaml.safe_load((build.HERE / f"{name}.yaml").read_text("utf-8"))
    changes = told.get("changes", [])
    return {
        "before": told.get("before", told["after"]),
        "after": told["after"],
        "comments": [
            {"id": number, "resolved": False, "parent": None, **comment}
            for number, comment in enumerate(told.get("comments", []))
        ],
        "changes": changes,
        "warnings": [UNSETTLED] * bool(changes) + told.get("warnings", []),
    }


def reading(data: bytes) -> Told:
    return as_json(read(data), str)


def differences(true: Told, seen: Told) -> list[str]:
    """Where the two are not the same, field by field: the checker."""
    found = []
    for part in ("before", "after"):
        found += _lines(part, true[part].split("\n"), seen[part].split("\n"))
    for part in ("comments", "changes"):
        found += _lines(part, true[part], seen[part])
    warnings = list(seen["warnings"])
    for word in true["warnings"]:
        named = [one for one in warnings if word in one]
        if named:
            warnings.remove(named[0])
        else:
            found.append(f"no warning of {word}")
    return found + [f"a warning too many: {one}" for one in warnings]


def _lines(part: str, true: list[Any], seen: list[Any]) -> list[str]:
    if len(true) != len(seen):
        return [f"{part}: {len(seen)} instead of {len(true)}: {seen}"]
    return [
        f"{part} {number}: {saw} instead of {line}"
        for number, (line, saw) in enumerate(zip(true, seen, strict=True))
        if line != saw
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_returned_file_is_read_as_people_see_it(name: str) -> None:
    assert differences(truth(name), reading(file(name))) == []


def test_the_files_are_those_that_are_described() -> None:
    assert len(NAMES) >= 25
    for name, data in build.by_hand().items():
        assert members(data) == members(file(name)), name


def test_what_libreoffice_writes_here_and_now_is_read_alike(tmp_path: Path) -> None:
    written = build.by_libreoffice()

    assert sorted(written) == [name for name in NAMES if name.startswith("libreoffice")]
    for name, data in written.items():
        assert differences(truth(name), reading(data)) == [], name


def test_libreoffice_accepts_and_rejects_to_the_same_texts(tmp_path: Path) -> None:
    told = {name: truth(name) for name in NAMES if name not in _NOT_FOR_LIBREOFFICE}
    files = {name: file(name) for name, one in told.items() if one["changes"]}

    seen = second_reader.read_all(files.values(), (), tmp_path)

    assert len(files) >= 15
    for name, data in files.items():
        # It numbers with other spaces and sets cells as lines: the characters are compared.
        assert "".join(seen.accepted[data].split()) == "".join(told[name]["after"].split()), name
        assert "".join(seen.rejected[data].split()) == "".join(told[name]["before"].split()), name


_NOT_FOR_LIBREOFFICE = {
    "in-notes": "7.4 cannot open comments in notes",
    "in-text-boxes": "its text export leaves them out",
    "controls": "its text export leaves them out",
    "fields": "it brings a date field up to date",
    "check-boxes": "it exports a symbol as the private character of its font",
}


# Negative controls: the checker must notice a wrong truth, and a reader that sees too little.


@pytest.mark.parametrize("name", NAMES)
def test_no_field_of_a_truth_can_be_wrong_unnoticed(name: str) -> None:
    seen = reading(file(name))
    for part in ("comments", "changes"):
        for number, told in enumerate(truth(name)[part]):
            for field in told:
                wrong = truth(name)
                wrong[part][number][field] = "别的"
                assert differences(wrong, seen) != differences(truth(name), seen), (number, field)
            shorter = truth(name)
            del shorter[part][number]
            assert differences(shorter, seen)


def test_a_reader_without_the_states_part_is_noticed() -> None:
    blind = packed(replace(threads(), extended=""))

    assert len(differences(truth("threads"), reading(blind))) == 4


def test_a_reader_that_skips_tracked_changes_is_noticed() -> None:
    for name in ("replacements", "moves", "on-changed-words", "libreoffice-scripts"):
        seen = reading(file(name))
        lines = [line.text for line in docx.Document(io.BytesIO(file(name))).paragraphs]
        assert differences(truth(name), {**seen, "after": "\n".join(lines)}), name


def test_a_warning_that_is_missing_or_too_much_is_noticed() -> None:
    seen = reading(file("concealed"))

    assert differences(truth("concealed"), {**seen, "warnings": seen["warnings"][:1]})
    assert differences(truth("ranges"), {**reading(file("ranges")), "warnings": ["hidden"]})


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
