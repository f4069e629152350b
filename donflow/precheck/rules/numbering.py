"""Numbers of units that are missing or stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.precheck.anatomy import Anatomy, Numbering, Unit
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Mend, Severity
from donflow.precheck.labels import label_of
from donflow.precheck.paper import Paper
from donflow.precheck.references import own_references


def numbering(draft: Draft) -> Iterator[Finding]:
    """Gaps and repetitions in every series of numbers: one finding for each slip of its author.

    One wrong label is one slip, whether it leaves a gap, repeats a number, or both.
    """
    for series in _series(draft.anatomy):
        yield from _slips(draft, series)


def _series(anatomy: Anatomy) -> Iterator[list[Unit]]:
    """Units that count on from each other: siblings; articles count on across chapters."""
    groups: dict[tuple[object, ...], list[Unit]] = {}
    for unit in anatomy.units:
        place = next((at for at, annex in enumerate(anatomy.annexes) if unit.first in annex), -1)
        parent: object = unit.parent
        if unit.numbering is Numbering.ARTICLE:
            parent = None
        depth = unit.label.count(".") if unit.numbering is Numbering.DECIMAL else 0
        prefix = unit.label.rpartition(".")[0] if depth else ""
        groups.setdefault((place, parent, unit.numbering, unit.english, depth, prefix), []).append(
            unit
        )
    yield from groups.values()


def _slips(draft: Draft, series: Sequence[Unit]) -> Iterator[Finding]:
    seen: set[int] = set()
    before = 0
    after_twin = False
    former: Unit | None = None
    for position, unit in enumerate(series):
        number = unit.number
        wanted = before + 1
        if number == 1 and _begins_anew(draft, former, unit):
            seen, before, after_twin = {1}, 1, False
        elif number != wanted and former is not None and _is_lone(series, position, wanted):
            again = any(each.number == number for each in series if each is not unit)
            code = "numbering_duplicate" if again else "numbering_gap"
            yield _finding(draft, code, unit, wanted, [unit], alone=True)
            before, after_twin = wanted, False
            seen.add(wanted)
        elif number in seen:
            numbers = [each.number for each in series[position + 1 :]]
            shifted = not numbers or numbers[0] != before + 2
            yield _finding(
                draft, "numbering_duplicate", unit, wanted, series[position:] if shifted else [unit]
            )
            before, after_twin = max(before, number), True
        elif number == wanted or (after_twin and number == before + 2):
            before, after_twin = number, False
            seen.add(number)
        elif number > wanted:
            if former is not None or _must_begin(draft.paper, draft.anatomy, unit):
                # A clause, or a page, may be lost: new numbers would hide that.
                yield _finding(draft, "numbering_gap", unit, wanted, [])
            before, after_twin = number, False
            seen.add(number)
        former = unit


def _is_lone(series: Sequence[Unit], position: int, wanted: int) -> bool:
    """Whether only this label is wrong: 五, 七, 七, 八 and 五, 九, 七, 八 go on behind it.

    The number that is missing must not come later: 五, 七, 六 are two that changed places.
    """
    later = [each.number for each in series[position + 1 :]]
    return bool(later) and later[0] == wanted + 1 and wanted not in later


def _begins_anew(draft: Draft, former: Unit | None, unit: Unit) -> bool:
    """Whether a 1 begins another list: not where the 1 before it stands right above."""
    if former is None:
        return True
    if unit.numbering in (Numbering.ARTICLE, Numbering.CHAPTER):
        return unit.parent is not None and unit.parent != former.parent
    if former.number != 1:
        return unit.parent is not None or unit.numbering is not Numbering.HAN
    between = draft.paper.between(former.label_at.line + 1, unit.label_at.line - 1)
    return any(line.text.strip() for line in between)


def _must_begin(paper: Paper, anatomy: Anatomy, unit: Unit) -> bool:
    """Whether a series that begins with 2 lacks a 1: not where the 1 stands in running text."""
    if unit.number != 2:
        return unit.numbering is Numbering.ARTICLE and unit.number < 4
    if unit.numbering is Numbering.ARTICLE:
        return True
    first = {
        Numbering.HAN: r"一\s*、",
        Numbering.HAN_BRACKETED: r"[（(]\s*一\s*[）)]",
        Numbering.ARABIC: r"[1１]\s*[、.．]",
        Numbering.ARABIC_BRACKETED: r"[1１]\s*[）)]",
        Numbering.DECIMAL: r"\d\.1",
        Numbering.CIRCLED: "①",
        Numbering.CHAPTER: "第一",
    }[unit.numbering]
    start = anatomy.units[unit.parent].first if unit.parent is not None else 0
    said = any(re.search(first, line.text) for line in paper.between(start, unit.label_at.line - 1))
    return not said and unit.numbering is Numbering.HAN


def _finding(
    draft: Draft,
    code: str,
    unit: Unit,
    wanted: int,
    affected: Sequence[Unit],
    *,
    alone: bool = False,
) -> Finding:
    label = _renumbered(draft.paper.text(unit.label_at), wanted)
    return Finding(
        code,
        Severity.ERROR,
        unit.label_at.line,
        _quote(draft.paper, unit),
        _expected(code, label, alone=alone),
        mend=_mends(draft, code, unit, wanted, affected),
    )


def _expected(code: str, label: str, *, alone: bool) -> Sentence:
    shown = re.sub(r"\s", "", label)
    if alone and code == "numbering_gap":
        return say(N_("It should be number {label}."), label=shown)
    if code == "numbering_gap":
        return say(N_("Number {label} is missing before it."), label=shown)
    return say(N_("It should be number {label}: that number stands twice."), label=shown)


def _quote(paper: Paper, unit: Unit) -> str:
    """The label, and the heading or the first words behind it."""
    line = paper.by_number[unit.label_at.line]
    label = label_of(line)
    rest = label.rest if label else unit.label_at.end
    words = line.text[rest:]
    if unit.heading and unit.heading in words:
        end = rest + words.index(unit.heading) + len(unit.heading)
    else:
        end = rest + len(re.split(r"[，,。；;：:]", words[:16])[0])
    return line.text[unit.label_at.start : end].rstrip()


def _mends(
    draft: Draft, code: str, unit: Unit, wanted: int, affected: Sequence[Unit]
) -> tuple[Mend, ...]:
    """New numbers for the unit and for those that it pushes, and for what refers to them.

    None where Word makes the numbers, or where a reference could mean either of two units.
    """
    if not affected or any(each.automatic for each in affected):
        return ()
    shift = wanted - unit.number
    new = {id(each): each.number + shift for each in affected}
    if code == "numbering_duplicate" and any(
        each.number != unit.number + place for place, each in enumerate(affected)
    ):
        return ()
    mends = [
        Mend(each.label_at, _renumbered(draft.paper.text(each.label_at), new[id(each)]))
        for each in affected
    ]
    is_top = unit.parent is None or unit.numbering is Numbering.ARTICLE
    references = own_references(draft.paper, draft.anatomy)
    if not is_top:
        listed = any(
            re.search(r"第[（(]?[一二三四五六七八九十\d]+[）)]?[款项目]", line.text)
            for line in draft.paper.lines
        )
        return () if listed else tuple(mends)
    if not draft.anatomy.in_body(unit.first):
        return tuple(mends)
    moved = {each.number: new[id(each)] for each in affected}
    for reference in references:
        if code == "numbering_duplicate" and reference.number == unit.number:
            return ()
        if reference.number in moved:
            text = draft.paper.text(reference.number_at)
            mends.append(Mend(reference.number_at, _numeral(text, moved[reference.number])))
    if any(mend.span.start < draft.paper.by_number[mend.span.line].label_length for mend in mends):
        return ()
    return tuple(mends)


def _renumbered(label: str, number: int) -> str:
    """A label with another number, in the script that it is written in."""
    found = list(_NUMERAL.finditer(label))
    if not found:
        return label
    last = found[-1]
    return label[: last.start()] + _numeral(last[0], number) + label[last.end() :]


def _numeral(old: str, number: int) -> str:
    if old[0] in _CIRCLES:
        return _CIRCLES[number - 1] if number <= len(_CIRCLES) else str(number)
    if old[0].isdigit() and old[0].isascii():
        return str(number)
    if old[0] in "０１２３４５６７８９":
        return str(number).translate({ord("0") + each: 0xFF10 + each for each in range(10)})
    tens, ones = divmod(number, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (
        _HAN[ones] if ones else ""
    )
    if old[0] in _FORMAL + "拾":
        return words.translate(str.maketrans(_HAN[1:] + "十", _FORMAL + "拾"))
    return words


_HAN: Final = "零一二三四五六七八九"
_FORMAL: Final = "壹贰叁肆伍陆柒捌玖"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMERAL: Final = re.compile(
    rf"[0-9]+|[０-９]+|[{_CIRCLES}]|[一二三四五六七八九十百零〇]+|[{_FORMAL}拾]+"
)
