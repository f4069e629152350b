"""Numbers of people and things told twice: in the text, in a list, in the annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Item
from donflow.precheck.facts_items import item_tables, items_of_table
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.items_in_text import UNITS, given_shares
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.rules.lists import cells_of_names, chinese_lines, counted_rows
from donflow.precheck.tables import Table, tables, total_row


def rule(draft: Draft) -> Iterator[Finding]:
    """Both."""
    yield from _people(draft)
    yield from _kinds_of_things(draft)
    yield from _books(draft)
    yield from _things(draft)


def _people(draft: Draft) -> Iterator[Finding]:
    """名单共35人, but 34 are listed."""
    listed = _listed_people(draft)
    if listed is None or listed < 2:
        return
    for table in tables(draft.paper):
        yield from _people_in_total(draft, table)
    for number, text in chinese_lines(draft):
        for read in re.finditer(_PEOPLE, text):
            count = whole_number(next(each for each in read.groups() if each))
            before = re.split("[。;]", text[max(0, read.start() - 30) : read.start()])[-1]
            if count in (None, listed) or re.search("曾|此前|每年|其中|另有", before):
                continue
            yield found(
                "list_count_mismatch",
                Severity.ERROR,
                draft.paper.by_number[number],
                read.span(),
                say(N_("{said} are said, but {listed} are listed."), said=count, listed=listed),
            )


def _people_in_total(draft: Draft, table: Table) -> Iterator[Finding]:
    """合计 8人 under a list of seven names."""
    listed = len(cells_of_names(table))
    for cell in (cell for row in table.rows[1:] if total_row(row) for cell in row):
        read = re.fullmatch(
            rf"(?:共|合?计)?\s*({NUMERAL})\s*[人名位]", halfwidth(cell.text).strip()
        )
        count = whole_number(read[1]) if read else None
        if listed > 1 and count not in (None, listed):
            yield found(
                "list_count_mismatch",
                Severity.ERROR,
                draft.paper.by_number[cell.at.line],
                (cell.at.start, cell.at.end),
                say(N_("{said} are said, but {listed} are listed."), said=count, listed=listed),
            )


def _listed_people(draft: Draft) -> int | None:
    """How many the list of names holds: a table's rows, or names after its heading."""
    for table in tables(draft.paper):
        cells = cells_of_names(table)
        if len(cells) > 1:
            return len(cells)
    lines = [line for line in draft.paper.lines if line.number not in draft.anatomy.signing]
    for index, line in enumerate(lines):
        if not re.search(_LIST_HEADING, line.text.strip()):
            continue
        names: list[str] = []
        inline = re.search("(?:名单|名录|花名册)[^:：]{0,12}[:：](.+)$", line.text)
        for each in ([inline[1]] if inline else []) + [one.text for one in lines[index + 1 :]]:
            text = re.sub(r"^\s*(?:[0-9]{1,3}|[（(][0-9]{1,3}[)）])\s*[、.．)]?\s*", "", each)
            if re.search(_NOT_NAMES, each):
                if names or each.strip():
                    break
                continue
            names += [
                name
                for name in re.split(r"[、，,；;。\t]+|\s{1,}", _joined(text))
                if _is_name(name)
            ]
        if len(names) > 1:
            return len(names)
    return None


def _joined(text: str) -> str:
    """张 伟: blanks inside a name of two characters."""
    return re.sub(
        r"(?<![\u4e00-\u9fff·])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])",
        r"\1\2",
        text,
    )


def _is_name(text: str) -> bool:
    plain = re.sub(r"[（(].*|[0-9.,￥¥元]+$", "", text.strip())
    return (
        re.fullmatch("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+", plain) is not None
    )


def _kinds_of_things(draft: Draft) -> Iterator[Finding]:
    """下列4种设备, but the list has five rows."""
    rows = counted_rows(draft)
    if len(rows) != 1 or rows[0] < 2:
        return
    for number, text in chinese_lines(draft):
        for read in re.finditer(_KINDS, text):
            count = whole_number(read["count"])
            if count is not None and count != rows[0]:
                yield found(
                    "list_count_mismatch",
                    Severity.ERROR,
                    draft.paper.by_number[number],
                    read.span(),
                    say(
                        N_("{said} are said, but {listed} are listed."), said=count, listed=rows[0]
                    ),
                )


def _books(draft: Draft) -> Iterator[Finding]:
    """共计1,260种、3580册 in the text, 3,850册 in the annex: the first place is taken for right."""
    first: dict[str, tuple[int, int]] = {}
    for number, text in chinese_lines(draft):
        for read in re.finditer(_BOOKS, text):
            counts = {
                unit: whole_number(said)
                for said, unit in re.findall(rf"({_COUNT})\s*(种|册)", read[0])
            }
            wrong = None
            for unit, count in counts.items():
                if count is None:
                    continue
                known = first.setdefault(unit, (count, number))
                if known[0] != count and known[1] != number:
                    wrong = known[0]
            if wrong is not None:
                yield _quantity(draft, number, read.span(), wrong)


def _things(draft: Draft) -> Iterator[Finding]:
    """A thing of the list, counted otherwise in the text; and all of them together."""
    tabled = [each for table in item_tables(draft.paper) for each in items_of_table(table)]
    yield from _shares(draft)
    items = draft.facts.items if len(draft.facts.items) > 1 else tabled
    lines = chinese_lines(draft)
    listed = {item.at.line for item in items}
    for item in items:
        if item.quantity is not None and len(item.item) > 1:
            yield from _one_thing(
                draft, item, items, [one for one in lines if one[0] not in listed]
            )
    quantities = [item.quantity for item in items if item.quantity is not None]
    if len(items) < 2 or len(quantities) < len(items):
        yield from _single(draft, lines)
        yield from _heading_of_one(draft, lines)
        return
    units = {item.unit for item in items if item.unit}
    names = [item.item for item in items]
    for number, text in lines:
        for read in (read for pattern in _TOGETHER for read in re.finditer(pattern, text)):
            count, unit = whole_number(read["count"]), read["unit"]
            fits = not units or units == {unit} or unit in ("件", "台套", "台件", "台（套）")
            noun = text[read.start() : read.start("count")].rstrip(" 共计合总:")
            before = re.split("[。;]", text[max(0, read.start() - 20) : read.start()])[-1]
            of_one = re.search(_APART + "|其中", before) or any(
                noun.endswith(name) for name in names
            )
            if count is not None and fits and not of_one and count != sum(quantities):
                yield _quantity(draft, number, read.span(), sum(quantities))
                break


def _one_thing(
    draft: Draft, item: Item, items: Sequence[Item], lines: Sequence[tuple[int, str]]
) -> Iterator[Finding]:
    """Where the text counts one thing of the list otherwise; parts that make it up are right."""
    name, same = re.escape(item.item), [one for one in items if one.item == item.item]
    pattern = (
        rf"(?:(?P<before>{_COUNT})\s*(?:{UNITS})\s*{name}|{name}\s*(?:共|计|\(|,|数量|:|"
        rf"共计)*\s*(?P<behind>{_COUNT})\s*(?:{UNITS}))"
    )
    right = {item.quantity, sum(one.quantity or 0 for one in same)}
    for number, text in lines:
        reads = list(re.finditer(pattern, text)) if item.item in text else []
        counts = [whole_number(read["before"] or read["behind"]) for read in reads]
        if sum(count or 0 for count in counts) in right:
            continue
        for read, count in zip(reads, counts, strict=True):
            before = text[max(0, read.start() - 12) : read.start()]
            sentence = re.split("[。;]", text[read.end() : read.end() + 60])[0]
            parts = [
                whole_number(one) or 0 for one in re.findall(rf"({_COUNT})\s*{item.unit}", sentence)
            ]
            is_shared = bool(item.unit) and (count or 0) + sum(parts) in right
            if count not in (None, *right) and not is_shared and not re.search(_APART, before):
                yield _quantity(draft, number, read.span(), item.quantity or 0)


def _single(draft: Draft, lines: tuple[tuple[int, str], ...]) -> Iterator[Finding]:
    """The one kind of thing that a sentence gives, counted otherwise further on."""
    items = [each for each in draft.facts.items if each.quantity is not None and each.unit]
    for item in items:
        if item.unit == "册":
            continue
        name = re.escape(re.sub("^(?:一批|全新|的)", "", item.item))
        pattern = (
            rf"{name}\s*(?:共|共计|合计|计|\(|,|数量|:)*\s*(?P<count>{_COUNT})\s*{item.unit}|"
            rf"(?P<first>{_COUNT})\s*{item.unit}\s*{name}"
        )
        for number, text in lines:
            for read in re.finditer(pattern, text):
                count = whole_number(read["count"] or read["first"])
                listed = [one.quantity for one in items if one.item == item.item]
                if number != item.at.line and count is not None and count not in listed:
                    yield _quantity(draft, number, read.span(), item.quantity or 0)


def _heading_of_one(draft: Draft, lines: tuple[tuple[int, str], ...]) -> Iterator[Finding]:
    """附：作品目录（共二十八幅）, where the text gives 26 of one kind."""
    items = [each for each in draft.facts.items if each.quantity is not None and each.unit]
    if len(items) != 1 or items[0].unit == "册":
        return
    for number, text in lines:
        for read in re.finditer(_HEADING, text):
            count = whole_number(read["count"])
            if read["unit"] == items[0].unit and count not in (None, items[0].quantity):
                yield _quantity(draft, number, read.span(), items[0].quantity or 0)


def _shares(draft: Draft) -> Iterator[Finding]:
    """3%股权 given in one place, 5%股权 in another."""
    given = given_shares(draft.paper)
    for each in given[1:]:
        if each.percent != given[0].percent:
            yield found(
                "quantity_mismatch",
                Severity.ERROR,
                draft.paper.by_number[each.at.line],
                (each.at.start, each.at.end),
                say(N_("Elsewhere it is {number}."), number=f"{given[0].percent}%"),
            )


def _quantity(draft: Draft, number: int, at: tuple[int, int], right: int) -> Finding:
    return found(
        "quantity_mismatch",
        Severity.ERROR,
        draft.paper.by_number[number],
        at,
        say(N_("Elsewhere it is {number}."), number=right),
    )


_COUNT: Final = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{NUMERAL})"
_PERSON: Final = (
    "校友|同学|捐赠人|捐款人|捐赠者|出资人|成员|校友代表|班友|系友|老师|教师|教职工|会员|人"
)
_PEOPLE: Final = (
    rf"(?:名单|名录|花名册|芳名录)[^。;]{{0,10}}?(?:共|计|合计|共计|"
    rf"\()\s*(?P<a>{_COUNT})\s*(?:人|名|位)"
    rf"|(?:捐赠(?:人|校友|者)|校友|参与捐赠|参捐|捐款人|出资人|全体同学|"
    rf"集资)[^。;,]{{0,8}}?(?:共计|合计|共|计)\s*(?P<b>{_COUNT})\s*(?:人|名|位)"
    rf"|(?:共(?:计|有)?|合计|总计|等|下列|以下|如下)\s*(?P<c>{_COUNT})\s*(?:名|位|人)(?:校友|同学|捐赠人|捐款人|系友|班友|捐赠者)"
    rf"|(?:校友|同学)等?\s*(?P<d>{_COUNT})\s*(?:人|名|位)(?=[(,。;共]|$)"
    rf"|(?P<e>{_COUNT})\s*(?:名|位)(?:{_PERSON})(?=[^。;,]{{0,8}}?(?:解囊|捐出|集资|出资|认捐|参与(?:本次)?捐|"
    rf"捐款|捐赠(?!人(?!民币)|者|方)|共同捐|众筹|募集|筹集|凑集|自愿[^。;,]{{0,4}}(?:捐|出资|集资)|"
    rf"参加捐|参与,))"
    rf"|(?:参与|参加)(?:本次|此次)?(?:捐赠|捐款|集资|认捐)?的?(?:校友|同学)?(?:共计|合计|共)?\s*(?P<f>{_COUNT})\s*(?:人|名|位)"
)
_LIST_HEADING: Final = (
    r"^(?:附件?[一二三四五六七八九十0-9]*\s*[:：、]?\s*)?[^。，；]{0,16}(?:名单|名录|花名册|"
    r"芳名录)\s*(?:[（(][^()（）]*[)）])?\s*(?:如下)?\s*(?:[:：].*)?$"
)
_NOT_NAMES: Final = (
    r"^\s*附件|[甲乙丙]方|盖章|签字|[。]|^\s*第[一二三四五六七八九十]+[条章]|合计|共计|日期|[:：]"
)
_KINDS: Final = (
    rf"(?:下列|以下|如下|清单所列|清单共|共计?|合计|捐赠)\s*(?P<count>{_COUNT})\s*(?:种|项|类)"
    rf"(?:设备|物资|物品|仪器|实物|器材|捐赠物|教学设备|科研设备|实验设备)"
)
_BOOKS: Final = (
    rf"(?<![0-9,]){_COUNT}\s*种[、,，和及]?\s*(?:共|计|共计|合计)?\s*{_COUNT}\s*册|(?:图书|书籍|"
    rf"书目|藏书|教材|期刊|共计|合计|共)[^。;,]{{0,8}}?{_COUNT}\s*册"
)
_APART: Final = "备用|另|额外|首批|先|第.批|剩余|其余|每|曾|此前|已"
_GOODS: Final = (
    "设备|物资|物品|仪器|实物|器材|图书|书籍|藏书|作品|书画|画作|"
    "捐赠物|软件|乐器|藏品|教材|期刊|家具|桌椅"
)
_GIVEN_ALL: Final = (
    rf"(?:捐赠|赠送|赠与|捐出|捐献)(?:[^。;,0-9]{{0,8}}?)(?:{_GOODS})\s*(?:共计?|合计|总计)?\s*"
    rf"(?P<count>{_COUNT})\s*\(?(?P<unit>台套|台件|{UNITS})(?=[^。;]{{0,24}}(?:详见|见下|见附|清单|下列|如下|明细|下表|书目))"
)
_ALL: Final = (
    rf"(?:{_GOODS})[^。;,0-9]{{0,8}}?(?:共计|合计|"
    rf"总计|共)\s*(?P<count>{_COUNT})\s*\(?(?P<unit>台套|台件|{UNITS})"
)
_THESE: Final = (
    rf"(?:所捐赠?的?|(?:上述|以上|全部|该批|本批|上列|所列|前述)(?:捐赠)?的?)\s*"
    rf"(?P<count>{_COUNT})\s*(?P<unit>台套|台件|{UNITS})\s*(?:[\u4e00-\u9fff]{{0,4}}(?:{_GOODS}))"
)
_HEADING: Final = (
    r"(?:目录|清单|明细表?|书目|一览表?)[》”]?\s*[(,:]?\s*(?:共计?|合计|总计|计)\s*"
    rf"(?P<count>{_COUNT})\s*(?P<unit>台套|台件|{UNITS})"
)
_TOGETHER: Final = (_ALL, _GIVEN_ALL, _THESE, _HEADING)
