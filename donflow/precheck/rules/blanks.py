"""What was left blank: spaces to fill, placeholders, options that nobody ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from donflow.errors import N_, say
from donflow.precheck.clauses import HAN, UNIT_LABEL, found, sentence_of
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Line

_BLANK: Final = re.compile(
    r"[_＿﹍]{2,}"
    r"|(?<![A-Za-z0-9.@-])_(?![A-Za-z0-9.])"
    r"|(?:[-—─]{3,}|…{2,}|\.{4,})(?=\s*[年月日元份万])"
    r"|(?<=[^\s条章节])[ \u3000]{2,}(?=年(?:[ \u3000\d_]*月|[，。；止]|$)|月(?:[ \u3000\d_]*日"
    r"|[，。；前内底末]|$)"
    r"|日(?:[前内起止至，。；]|$)|份(?:[，。；]|$))"
    r"|(?<=人民币)[ \u3000]{2,}(?=元|（|[(])"
    r"|(?<=[年月])[ \u3000]{2,}(?=[月日])"
    rf"|(?<=[为立励在赠币执第共计给于约由达到即每额号])[ \u3000]{{3,}}(?=[{HAN}%％])"
    r"(?=[^\t]*[，。；])"
    r"|（[ \u3000]*）|[(][ \u3000]+[)]|【[ \u3000]*】|\[[ \u3000]+\]|《[ \u3000]+》|“[ \u3000]+”"
)
_STRUCK: Final = re.compile(r"[_＿]*\s*[/／\\]\s*[_＿]*|[_＿]*\s*无\s*[_＿]+")
_FILLED: Final = re.compile(r"(?<!_)_{1,2}(?![年月日份元期台])[^_\s，。；、]{1,40}?_{1,2}(?!_)")
_FIELD: Final = re.compile(
    r"(?:户\s*名|账\s*户\s*名\s*称?|开\s*户\s*(?:银\s*)?行|账\s*号|帐\s*号|银行账号|统一社会信用代码"
    r"|信用代码"
    r"|身份证号码?|身份证件号码?|法定代表人|法人代表|负责人|住\s*所|地\s*址|联系地址|注册地址"
    r"|联系人"
    r"|联系电话|电\s*话|手\s*机|捐赠金额|捐赠用途)\s*[：:]"
    rf"(?=[ \u3000]*$|[ \u3000]{{2,}}(?:[，。；,;）)]|万?元|(?:[{HAN}][ \u3000]*){{2,10}}[：:]))"
)
_SIGN_DAY: Final = re.compile(r"签[订署约][日时][期间]|签订地点|签[字章](?:日期)?")
_NUMBER_FIELD: Final = re.compile(r"编\s*号|合同号|协议号")
_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|«[^»]*»|\{[a-zA-Z_]{2,30}\}"
    rf"|<[^<>@/]{{0,30}}[{HAN}][^<>@]{{0,30}}>|＜[^＜＞]{{1,30}}＞|〈(?:请|此处|填)[^〉]*〉"
    r"|【[^【】]{0,40}(?:填|请|此处|待[定补确]|名称|姓名|全称|金额|日期|公司|学院|选择|删除"
    r"|[Xx×]{2}"
    r"|根据实际|注[：:]|如有|可选|账号|地址|电话|编号|项目名|用途|代码|大写|小写)[^【】]{0,40}】"
    rf"|\[(?!盖章|签字|签章|公章|印章|注|附|以下|正文"
    rf"|本页)[^\[\]\n]{{0,20}}[{HAN}][^\[\]\n]{{0,20}}\]"
    rf"|〔(?!盖章|签字|签章|公章|印章|注|附|以下|正文|原)[{HAN}]{{2,16}}〕"
    r"|[XxＸ×]{1,4}\s*年\s*[XxＸ×]{1,2}\s*月(?:\s*[XxＸ×]{1,2}\s*日)?"
    r"|(?<![A-Za-z0-9.-])(?:[XxＸ]{2,}|[×✕╳]{2,}|＊{2,})(?![A-Za-z0-9])"
    r"|(?<![0-9*A-Za-z])\*{2,}(?![0-9*A-Za-z])"
    r"|(?<![A-Za-z0-9.-])[XxＸ×](?=\s*[年月日元万份届级])"
    rf"|(?<![〇○一二三四五六七八九十\d])[○〇◯]{{2,}}(?=[{HAN}])(?![一二三四五六七八九十])"
    r"|某某(?=公司|集团|大学|学院|先生|女士|基金|项目|年|银行|奖学金|同学|校友)"
    r"|[（(](?:待[定填补确][^）)]{0,6}|请?填写[^）)]{0,20}|此处[^）)]{0,20}|同上填写)[）)]"
    r"|此处填写|请填写[^，。；]{0,12}|TBD|tbd(?![a-z])"
)
_WHOLE_HEADING: Final = re.compile(
    r"\s*(?:第\S{1,3}条|[一二三四五六七八九十]{1,3}、)?\s*【[^】]*】\s*"
)
_BARE_HEADING: Final = re.compile(rf"{UNIT_LABEL.pattern}[^，。；：:]{{2,16}}[：:]?")
_CHOICE: Final = re.compile(
    rf"(?P<word>[{HAN}]{{1,4}})\s*[/／]\s*(?:不(?P=word)|拒绝)(?:\s*[（(][^（）()]{{0,12}}[）)])?"
    r"|(?:是\s*[/／]\s*否|有\s*[/／]\s*无)(?:\s*[（(][^（）()]{0,12}[）)])?"
    rf"|[{HAN}]{{1,12}}\s*[/／]\s*[{HAN}]{{1,12}}\s*"
    r"[（(](?:请选|二选一|三选一|择一|任选|选填|勾选|选择)[^）)]*[）)]"
    r"|[（(](?:删除不适用|不适用的?请?(?:划掉|删除|划去))[^）)]*[）)]"
)
_EMPTY_BOX: Final = "□☐▢◻❏❑"
_TICKED_BOX: Final = "☑☒■✓✔√🗹▣◉⊙●"
_BOXES: Final = re.compile(f"[{_EMPTY_BOX}{_TICKED_BOX}]")
_PAREN_BOX: Final = re.compile(rf"[（(\[][ \u3000]?[√✓✔]?[ \u3000]?[）)\]](?=\s*[{HAN}])")


def blank_unfilled(draft: Draft) -> Iterator[Finding]:
    """Blanks in the text; where parties sign a blank day is expected, a struck “/” is filled."""
    signing = draft.anatomy.signing
    for line in draft.paper.lines:
        if line.number in signing:
            continue
        innocent = [m.span() for m in (*_STRUCK.finditer(line.text), *_FILLED.finditer(line.text))]
        if len(_option_marks(line.text)) >= 2:
            innocent += [match.span() for match in _PAREN_BOX.finditer(line.text)]
        blanks = [
            match.span()
            for match in _BLANK.finditer(line.text)
            if not any(first < match.end() and match.start() < last for first, last in innocent)
        ]
        blanks += [match.span() for match in _FIELD.finditer(line.text) if _is_open(draft, line)]
        blanks += _empty_cells(line)
        for first, last in _together(line.text, sorted(blanks)):
            quote = line.text[first:last]
            if _SIGN_DAY.search(quote):
                continue
            numbered = _NUMBER_FIELD.search(quote) and not re.search("身份证|账号", quote)
            severity = Severity.WARNING if numbered else Severity.ERROR
            message = say(N_("Fill this in, or strike the blank that is not used with “/”."))
            yield found("blank_unfilled", severity, line, (first, last), message)


def placeholder_unfilled(draft: Draft) -> Iterator[Finding]:
    """Words of a model text that wait for the real ones."""
    for line in draft.paper.lines:
        if _is_heading(draft, line):
            continue
        for match in _PLACEHOLDER.finditer(line.text):
            yield found(
                "placeholder_unfilled",
                Severity.ERROR,
                line,
                match.span(),
                say(N_("Put the real words in place of the model's.")),
            )


def option_unselected(draft: Draft) -> Iterator[Finding]:
    """Options to choose from of which none is marked."""
    message = say(N_("Mark one of the options."))
    lines = draft.paper.lines
    index = 0
    while index < len(lines):
        group = _group(lines, index)
        if group:
            marks = [mark for line in group for mark in _option_marks(line.text)]
            if not any(mark in _TICKED_BOX for mark in marks) and not _is_list(group, marks):
                first = group[0]
                yield found(
                    "option_unselected", Severity.WARNING, first, (0, len(first.text)), message
                )
        else:
            for match in _CHOICE.finditer(lines[index].text):
                yield found(
                    "option_unselected", Severity.WARNING, lines[index], match.span(), message
                )
        index += max(1, len(group))


def _is_heading(draft: Draft, line: Line) -> bool:
    """A whole line in 【】 is a heading where its text follows, and no heading leads to it."""
    if not _WHOLE_HEADING.fullmatch(line.text) or "填" in line.text:
        return False
    if UNIT_LABEL.match(line.text):
        return True
    shown = draft.paper.between(line.number - 3, line.number + 3)
    before = [each.text for each in shown if each.number < line.number and each.text.strip()]
    after = [each.text for each in shown if each.number > line.number and each.text.strip()]
    led = bool(before) and _BARE_HEADING.fullmatch(before[-1].strip()) is not None
    return not led and bool(after) and not _WHOLE_HEADING.fullmatch(after[0])


def _together(text: str, blanks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The blanks of one clause as one quote, with the words around that say what is missing."""
    merged: list[tuple[int, int]] = []
    for start, end in blanks:
        bounds = _clause(text, start, end)
        if merged and bounds[0] < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], bounds[1]))
        else:
            merged.append(bounds)
    yield from merged


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    while first > 0 and text[first - 1] not in "，。；、,;\t（(":
        first -= 1
    label = UNIT_LABEL.match(text) if first == 0 else None
    if label and label.end() <= start:
        first = label.end()
    tail = re.match(rf"[年月日元份期条万][前内后止]?|[{HAN}]{{0,2}}", text[last:])
    return first, last + (tail.end() if tail else 0)


def _empty_cells(line: Line) -> Iterator[tuple[int, int]]:
    """Labels in a table (账号, 开户行) with nothing in the cell beside them."""
    for label, value in pairwise(line.cells):
        words = label.strip()
        if words and not value.strip() and _FIELD.fullmatch(words.rstrip("：:") + "："):
            start = line.text.find(words)
            if start >= 0:
                yield start, start + len(words)


def _is_open(draft: Draft, line: Line) -> bool:
    """Whether a field's value is not simply on the next line."""
    following = draft.paper.by_number.get(line.number + 1)
    if following is None or not following.text.strip():
        return not line.cells
    return bool(re.search("[：:]", following.text)) and not line.cells


def _group(lines: tuple[Line, ...], index: int) -> list[Line]:
    """The lines of one choice: one line with several boxes, or several lines with one each."""
    marks = _option_marks(lines[index].text)
    if len(marks) != 1:
        return [lines[index]] if marks else []
    group = []
    for line in lines[index:]:
        if len(_option_marks(line.text)) != 1:
            break
        group.append(line)
    return group


def _option_marks(text: str) -> list[str]:
    boxes = _BOXES.findall(text)
    if boxes:
        return [mark for mark in boxes if mark not in "●■√" or len(boxes) > 1]
    brackets = [re.sub(r"[（(\[\s）)\]]", "", match[0]) for match in _PAREN_BOX.finditer(text)]
    return [mark or "□" for mark in brackets] if len(brackets) >= 2 else []


def _is_list(group: list[Line], marks: list[str]) -> bool:
    """A single empty box alone asks nothing that a draft must answer when it says “如有”."""
    words = group[0].text[slice(*sentence_of(group[0].text, 0, 1))]
    return len(marks) == 1 and bool(re.search("如有|如需|可选项", words))
