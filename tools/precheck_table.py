"""Holds the pre-check against agreements whose truth is known, and prints the table.

`python -m tools.precheck_table [FOLDER …] [--misses]`; without folders, all under tests/precheck.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from donflow.precheck.check import precheck
from donflow.precheck.facts_json import facts_json
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Paper, from_text
from donflow.precheck.rulebook import load
from donflow.shipping import rule_texts
from donflow.word.reading import read

FOLDERS: Final = tuple(
    f"tests/precheck/{name}" for name in ("corpus", "second", "third", "fourth", "fifth")
)
ON: Final = date(2026, 11, 21)
_HEAD: Final = f"{'agreement':34}{'errors':>9}{'warnings':>10}{'too much':>10}{'facts':>12}"
_UNTOLD: Final = {"file", "raw", "structure_from", "faults", "fault_codes"}


@dataclass
class Score:
    """What one agreement, or many, came to."""

    faults: Counter[tuple[str, bool]] = field(default_factory=Counter)  # (severity, found)
    by_code: Counter[tuple[str, bool]] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)  # severity of what nobody marked
    facts: Counter[tuple[str, bool]] = field(default_factory=Counter)  # (field, exact)
    misses: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.faults += other.faults
        self.by_code += other.by_code
        self.false += other.false
        self.facts += other.facts
        self.misses += other.misses
        return self

    def share_of_errors(self) -> float:
        """Error faults found with the right code, severity and place, of all."""
        return _share(self.faults["error", True], self.faults["error", False])

    def share_of_facts(self) -> float:
        """Leaf values that are exact, of all that are told in truth or too much."""
        exact = sum(count for (_, right), count in self.facts.items() if right)
        return _share(exact, self.facts.total() - exact)


def main(arguments: list[str] | None = None) -> int:
    """Print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="say what was missed, and where")
    given = parser.parse_args(arguments)
    for folder in given.folders or [Path(name) for name in FOLDERS if Path(name).is_dir()]:
        total = Score()
        print(f"\n{folder}\n{_HEAD}")
        for name, score in scores(folder):
            total += score
            print(_row(name, score))
        print(_row("all", total))
        print(
            f"error faults found {total.share_of_errors():.1%}, facts {total.share_of_facts():.1%}"
        )
        missed = {code for code, found in total.by_code if not found}
        for code in sorted(missed):
            right, wrong = total.by_code[code, True], total.by_code[code, False]
            print(f"  {code:32}{right}/{right + wrong}")
        for name in sorted({name for name, right in total.facts if not right}):
            right, wrong = total.facts[name, True], total.facts[name, False]
            print(f"  fact {name:27}{right}/{right + wrong}")
        if given.misses:
            print("\n".join(total.misses))
    return 0


def scores(folder: Path) -> Iterator[tuple[str, Score]]:
    """Each agreement of a folder with its score, by name."""
    book = load(rule_texts(), on=ON)
    for truth in sorted(folder.glob("*.yaml")):
        told = yaml.safe_load(truth.read_text("utf-8"))
        report = precheck(paper_of(folder / told["file"]), book, on=ON)
        yield truth.stem, score_of(truth.stem, told, report.findings, facts_json(report.facts))


def paper_of(path: Path) -> Paper:
    """A text or Word file as the pre-check sees it."""
    if path.suffix == ".txt":
        return from_text(path.read_text("utf-8"))
    return read(path.read_bytes()).paper


def score_of(
    name: str, truth: Mapping[str, Any], findings: Iterable[Finding], facts: Mapping[str, Any]
) -> Score:
    """Compare what was found with the truth: one finding answers one fault."""
    score = Score()
    left = list(findings)
    for fault in truth["faults"]:
        match = next((finding for finding in left if _answers(finding, fault)), None)
        if match is not None:
            left.remove(match)
        score.faults[fault["severity"], match is not None] += 1
        if fault["severity"] != "info":
            score.by_code[fault["code"], match is not None] += 1
        if match is None and fault["severity"] != "info":
            place = f"line {fault.get('line', '-')}: {fault['quote']}"
            near = [_told(finding) for finding in left if finding.code == fault["code"]]
            score.misses.append(
                f"{name}: missed {fault['code']} ({fault['severity']}) {place}"
                + (f"  found instead: {near}" if near else "")
            )
    known = {(fault["code"], fault.get("line")) for fault in truth["faults"]}
    for finding in left:
        if (finding.code, finding.line) not in known:
            score.false[finding.severity.value] += 1
            if finding.severity is not Severity.INFO:
                score.misses.append(f"{name}: too much {_told(finding)}")
    _score_facts(name, score, truth, facts)
    return score


def _answers(finding: Finding, fault: Mapping[str, Any]) -> bool:
    if finding.code != fault["code"] or finding.severity.value != fault["severity"]:
        return False
    if not fault["quote"]:
        return True
    said, meant = finding.quote, str(fault["quote"])
    overlaps = said and (said in meant or meant in said or _share_words(said, meant))
    return finding.line == fault.get("line") and bool(overlaps)


def _share_words(said: str, meant: str) -> bool:
    """Whether they share at least four characters in a row, or half of the shorter."""
    least = min(4, max(1, min(len(said), len(meant)) // 2))
    return any(said[at : at + least] in meant for at in range(len(said) - least + 1))


def _score_facts(
    name: str, score: Score, truth: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    expected = dict(leaves(truth))
    found = dict(leaves(facts))
    for path, value in expected.items():
        exact = found.get(path) == value
        score.facts[_field(path), exact] += 1
        if not exact:
            score.misses.append(f"{name}: fact {path} is {value!r}, read {found.get(path)!r}")
    for path in found.keys() - expected.keys():
        if path.startswith(("parties", "amount", "payment", "clauses", "signature_blocks")):
            score.facts[_field(path), False] += 1
            score.misses.append(f"{name}: fact {path} too much, read {found[path]!r}")


def leaves(facts: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf value as text with its path; a clause is a path of its own; None is empty."""
    for key, value in facts.items():
        path = f"{at}{key}"
        if key in _UNTOLD or key.endswith("_raw"):
            continue
        if key == "clauses":
            yield from ((f"{path}.{name}", "yes") for name in value or ())
        elif isinstance(value, Mapping):
            yield from leaves(value, f"{path}.")
        elif isinstance(value, list):
            for no, item in enumerate(value, start=1):
                yield from leaves(item, f"{path}.{no}.")
        elif value is not None:
            yield path, str(value)


def _field(path: str) -> str:
    parts = [part for part in path.split(".") if not part.isdigit()]
    return "clauses" if parts[0] == "clauses" else ".".join(parts[:2])


def _told(finding: Finding) -> str:
    return f"{finding.code} ({finding.severity.value}) line {finding.line}: {finding.quote}"


def _row(name: str, score: Score) -> str:
    def of(severity: str) -> str:
        right = score.faults[severity, True]
        return f"{right}/{right + score.faults[severity, False]}"

    exact = sum(count for (_, right), count in score.facts.items() if right)
    false = f"{score.false['error']}+{score.false['warning']}"
    return (
        f"{name:34}{of('error'):>9}{of('warning'):>10}{false:>10}{exact:>7}/{score.facts.total()}"
    )


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


if __name__ == "__main__":
    sys.exit(main())
