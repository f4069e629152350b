"""300 pairs of revisions: accepted each redline is the new one, rejected the old, to the letter.

Three readers judge: LibreOffice, a plain reader of the markup in `redlines`, and donflow's own.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from donflow.word.filling import field_faults, fill
from donflow.word.redline import compare
from donflow.word.seeing.seen import View, lines, open_document
from donflow.word.settling import accept_all, reject_all
from donflow.word.templates import Template, load_template
from donflow.word.templating.compiling import compile_template
from donflow.word.templating.fields import FieldType
from tests.experiments import redlines
from tests.experiments.revisions import TEMPLATES, agreement, revised, sentences, written
from tests.second_reader import Readings, read_all

AT = datetime(2026, 9, 21, 10, 30, tzinfo=timezone(timedelta(hours=8)))
PAIRS = 300
LIMIT = 1.3
PAGES_30 = 25_000  # characters


@dataclass(frozen=True)
class Pair:
    """Two versions and the redline from one to the other."""

    old: bytes
    new: bytes
    redline: bytes


def made(old: bytes, new: bytes) -> Pair:
    return Pair(old, new, compare(old, new, author="林秘书", at=AT).docx)


def pairs(seed: int, count: int) -> list[Pair]:
    bank = sentences()
    found = []
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        before = agreement(draw, bank, draw.randint(2, 10))
        after = revised(before, draw, bank, draw.randint(1, 14))
        found.append(made(written(before, draw), written(after, draw, suffix=str(number % 3))))
    return found


def versions(template: Template) -> list[bytes]:
    """A template filled in as several offices would: other words, other clauses left out."""
    compiled = compile_template(template.content)
    optional = [name for name, field in template.fields.items() if not field.required]
    mixtures = [dict(template.example)]
    for seed in range(12):
        draw = random.Random(seed)
        left_out = draw.sample(optional, min(len(optional), seed % 4))
        mixtures.append(
            {
                name: _other(value) if template.fields[name].type is FieldType.TEXT
                and draw.random() < 0.3 else value
                for name, value in template.example.items() if name not in left_out
            }
        )  # fmt: skip
    fitting = [one for one in mixtures if not field_faults(compiled, template.fields, one)]
    return [fill(template.content, template.fields, one) for one in fitting[:5]]


def _other(value: str) -> str:
    return value[: len(value) // 2] + "（另行约定）" + value[len(value) // 2 + 1 :]


def seen(docx: bytes, view: View = View.AFTER) -> list[str]:
    return [line.text for line in lines(open_document(docx), view)]


def faults_of_plain_reader(pair: Pair) -> list[str]:
    return [
        name
        for name, left_out, expected in (("accept", "del", pair.new), ("reject", "ins", pair.old))
        if redlines.text(pair.redline, left_out) != redlines.text(expected)
    ]


def faults_of_ours(pair: Pair) -> list[str]:
    found = []
    if not seen(accept_all(pair.redline)) == seen(pair.redline) == seen(pair.new):
        found.append("accept")
    if not (seen(reject_all(pair.redline)) == seen(pair.redline, View.BEFORE) == seen(pair.old)):
        found.append("reject")
    return found


def read_by_libreoffice(found: Sequence[Pair], folder: Path) -> Readings:
    """Each file without automatic numbers, and with them where LibreOffice brings them back."""
    bare = [_without_numbers(pair) for pair in found]
    numbered = [pair for pair in found if not redlines.restores_numbers(pair.redline)]
    every = [*bare, *numbered]
    return read_all(
        (pair.redline for pair in every),
        (one for pair in every for one in (pair.old, pair.new)),
        folder,
    )


def faults_of_libreoffice(pair: Pair, readings: Readings) -> list[str]:
    found = _differences(_without_numbers(pair), readings)
    if not redlines.restores_numbers(pair.redline):
        found += [f"{name} with its numbers" for name in _differences(pair, readings)]
    return found


def _without_numbers(pair: Pair) -> Pair:
    return Pair(*map(redlines.without_numbers, (pair.old, pair.new, pair.redline)))


def _differences(pair: Pair, readings: Readings) -> list[str]:
    loose = redlines.stands_before_a_table(pair.redline)

    def lines_of(text: str) -> list[str]:
        """LibreOffice leaves an empty line of a paragraph that went before a table."""
        return [line for line in text.split("\n") if line or not loose]

    accepted, rejected = readings.accepted, readings.rejected
    found = []
    if lines_of(accepted[pair.redline]) != lines_of(accepted[pair.new]):
        found.append("accept")
    if lines_of(rejected[pair.redline]) != lines_of(accepted[pair.old]):
        found.append("reject")
    return found


def test_every_redline_says_both_versions_exactly(points, seed, figures, tmp_path: Path):
    found = pairs(seed, points(PAIRS))

    assert [n for n, pair in enumerate(found) if faults_of_plain_reader(pair)] == []
    assert [n for n, pair in enumerate(found) if faults_of_ours(pair)] == []
    readings = read_by_libreoffice(found, tmp_path)
    faults = {
        n: wrong for n, pair in enumerate(found)
        if (wrong := faults_of_libreoffice(pair, readings))
    }  # fmt: skip
    assert faults == {}
    numbered = sum(not redlines.restores_numbers(pair.redline) for pair in found)
    figures("redline", f"{len(found)} pairs, accepted and rejected exactly by three readers, "
            f"{numbered} of them by LibreOffice with their automatic numbers too")  # fmt: skip


def test_a_redline_changes_little_more_than_it_must(points, seed, figures):
    ratios = []
    for pair in pairs(seed, points(PAIRS)):
        least = redlines.least_change(redlines.text(pair.old), redlines.text(pair.new))
        if not least:
            assert redlines.changed(pair.redline) == 0
        else:
            ratios.append(redlines.changed(pair.redline) / least)

    assert max(ratios) <= LIMIT
    mean = sum(ratios) / len(ratios)
    figures("redline", f"changed characters {mean:.3f} of the least, at most {max(ratios):.3f}")


@pytest.mark.parametrize(
    "harm", [redlines.with_an_insertion_lost, redlines.with_a_change_misplaced]
)
def test_the_judges_catch_a_careless_writer(harm, seed, tmp_path: Path):
    whole = [pair for pair in pairs(seed, 12) if harm(pair.redline) != pair.redline][:4]
    broken = [Pair(pair.old, pair.new, harm(pair.redline)) for pair in whole]

    readings = read_by_libreoffice(broken, tmp_path)

    assert broken
    for pair in broken:
        assert faults_of_plain_reader(pair)
        assert faults_of_ours(pair)
        assert faults_of_libreoffice(pair, readings)


@pytest.mark.parametrize("name", ["cash", "acknowledgement"])
def test_all_versions_of_our_templates_compare_with_each_other(name, long, figures, tmp_path: Path):
    filled = versions(load_template(TEMPLATES / name))
    both_ways = itertools.permutations if long else itertools.combinations
    found = [made(old, new) for old, new in both_ways(filled, 2)]

    assert len(filled) >= 3
    readings = read_by_libreoffice(found, tmp_path)
    for pair in found:
        assert faults_of_plain_reader(pair) == []
        assert faults_of_ours(pair) == []
        assert faults_of_libreoffice(pair, readings) == []
    figures("redline", f"{len(found)} pairs of versions of {name}, exact")


def test_python_docx_opens_every_redline(seed):
    for pair in pairs(seed, 10):
        assert Document(BytesIO(pair.redline)).paragraphs


def test_the_checker_of_office_open_xml_finds_nothing(points, seed, figures, tmp_path: Path):
    """openxml-audit, where it is installed; what it says of both versions is not ours."""
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")

    def told(docx: bytes) -> set[str]:
        path = tmp_path / "one.docx"
        path.write_bytes(docx)
        return {str(one.description) for one in audit.OpenXmlValidator().validate(path).errors}

    found = pairs(seed, points(PAIRS, 20))
    for pair in found:
        assert told(pair.redline) <= told(pair.old) | told(pair.new)
    figures("redline", f"{len(found)} redlines, nothing found by openxml-audit")


def test_a_second_engine_agrees(points, seed, figures, tmp_path: Path):
    """Docxodus takes up our changes by itself and finds no difference to the new version."""
    engines = pytest.importorskip("python_redlines", reason="python-redlines is not installed")
    try:
        engine = engines.DocxodusEngine(target_path=str(tmp_path / "engine"))
    except engines.engines.EngineNotInstalledError:
        pytest.skip("the docxodus engine of python-redlines is not installed")
    found = pairs(seed, points(60, 4))
    for pair in found:
        for one, other in (
            (pair.redline, pair.new),
            (accept_all(pair.redline), pair.new),
            (reject_all(pair.redline), pair.old),
        ):
            bare = map(redlines.without_controls, (one, other))
            found_by_it, _, _ = engine.run_redline("judge", *bare)
            assert redlines.changed(found_by_it) == 0
    figures("redline", f"{len(found)} pairs, Docxodus agreeing")


def test_thirty_pages_take_less_than_two_seconds(seed, figures):
    bank, draw = sentences(), random.Random(seed)
    before = []
    while len(redlines.text(written(before, draw))) < PAGES_30:
        before += agreement(draw, bank, 12)
    old, new = written(before, draw), written(revised(before, draw, bank, 60), draw)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        compare(old, new, author="林秘书", at=AT)
        times.append(time.perf_counter() - start)

    assert min(times) < 2
    figures("redline", f"30 pages, 60 changes: {min(times):.2f} s")
