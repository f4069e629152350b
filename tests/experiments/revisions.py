"""Generated agreements and revisions of them, as two offices would send them to and fro."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from donflow.word.filling import fill
from donflow.word.templates import load_template
from donflow.word.text import plain_text

TEMPLATES = Path(__file__).parents[2] / "agreement_templates"
WORDS = (
    "云麓大学教育基金会", "捐赠款", "奖学金", "实验室设备", "每年十二月三十一日前", "书面同意",
    "公示", "合法来源", "Fund", "2027 年", "（含本数）", "𠅤先生", "🎓", "不可撤销地", "分三期",
    "深圳市恒源数智科技有限公司", "项目执行报告", "管理费", "双方协商一致后", "人民币",
)  # fmt: skip
# Words that stand in a link, a content control or a simple field wherever they are written.
_SHELLS = {
    "云麓大学教育基金会": ('<w:hyperlink w:anchor="fund">', "</w:hyperlink>"),
    "捐赠款": ('<w:sdt><w:sdtPr><w:tag w:val="sum"/></w:sdtPr><w:sdtContent>',
               "</w:sdtContent></w:sdt>"),
    "书面同意": ('<w:fldSimple w:instr="QUOTE">', "</w:fldSimple>"),
}  # fmt: skip
_SHELLED = re.compile("|".join(_SHELLS))
_DIGITS = "0123456789壹贰叁肆伍陆柒捌玖拾佰仟万"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass
class Words:
    """A paragraph: its text, its level in the automatic list (none: no number), bold stretches."""

    text: str
    level: int | None = None
    style: str = ""
    bold: set[int] = field(default_factory=set)


@dataclass
class Grid:
    """A table of plain cells."""

    rows: list[list[str]]


Block = Words | Grid
Edit = Callable[[list[Block], random.Random], None]


def sentences() -> list[str]:
    """Lines of the shipped templates filled in: what agreements really say."""
    found: list[str] = []
    for name in ("cash", "acknowledgement"):
        template = load_template(TEMPLATES / name, thoroughly=False)
        filled = fill(template.content, template.fields, template.example)
        found += [line for line in plain_text(filled) if "\t" not in line and len(line) > 4]
    return list(dict.fromkeys(found))


def agreement(draw: random.Random, bank: list[str], clauses: int = 8) -> list[Block]:
    """Title, parties, numbered clauses with items, a table of instalments, signatures."""
    blocks: list[Block] = [Words("捐赠协议书", style="Title"), Words("")]
    blocks += [Words(text) for text in draw.sample(bank, 3)]
    for number in range(clauses):
        blocks.append(Words(draw.choice(WORDS) + "的约定", 0, bold=set(range(40))))
        for text in draw.sample(bank, draw.randint(1, 4)):
            blocks.append(Words(text, draw.choice((1, 1, None))))
        if number == clauses // 2 or draw.random() < 0.1:
            blocks.append(Words("付款安排如下：\t单位：元"))
            blocks.append(_grid(draw))
            if draw.random() < 0.5:
                blocks.append(Words(""))
    blocks += [Words("甲方（盖章）：\t乙方（盖章）："), Words("日期：2026年9月21日\n地点：云麓")]
    return blocks


def revised(blocks: list[Block], draw: random.Random, bank: list[str], changes: int) -> list[Block]:
    """The agreement after so many changes of kinds that reviewers make."""
    new = deepcopy(blocks)
    for _ in range(changes):
        draw.choices(_EDITS, _WEIGHTS)[0](new, draw)
        if draw.random() < 0.15:
            new.insert(
                draw.randrange(len(new)), Words(draw.choice(bank), draw.choice((0, 1, None)))
            )
    return new


def _grid(draw: random.Random) -> Grid:
    rows = [["期次", "付款日期", "金额（元）"]]
    for number in range(draw.randint(2, 5)):
        year, amount = 2026 + number, draw.choice((50, 80, 120, 200)) * 10000
        rows.append([f"第{number + 1}期", f"{year}年12月31日前", f"{amount:,}.00"])
    return Grid(rows)


def _a_paragraph(blocks: list[Block], draw: random.Random, least: int = 6) -> Words:
    found = [one for one in blocks if isinstance(one, Words) and len(one.text) >= least]
    return draw.choice(found) if found else Words("没有一段够长的文字")


def _amount(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw)
    one.text = "".join(
        draw.choice(_DIGITS) if character in _DIGITS and draw.random() < 0.5 else character
        for character in one.text
    )


def _reword(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw)
    at = draw.randrange(len(one.text))
    one.text = one.text[:at] + draw.choice(WORDS) + one.text[at + draw.randint(1, 6) :]


def _add_words(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw)
    at = draw.randint(0, len(one.text))
    one.text = one.text[:at] + draw.choice((*WORDS, "\t", "\n")) + one.text[at:]


def _cut_words(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw)
    at = draw.randrange(len(one.text))
    one.text = one.text[:at] + one.text[at + draw.randint(1, 9) :]


def _remove(blocks: list[Block], draw: random.Random) -> None:
    at = draw.randrange(len(blocks))
    if not isinstance(blocks[at], Grid) or draw.random() < 0.3:
        _only_if_words_are_left(blocks, at)


def _only_if_words_are_left(blocks: list[Block], at: int) -> None:
    if len(blocks) > 2 and not (at + 1 == len(blocks) and isinstance(blocks[at - 1], Grid)):
        del blocks[at]


def _move(blocks: list[Block], draw: random.Random) -> None:
    at = draw.randrange(len(blocks) - 1)
    blocks.insert(draw.randrange(len(blocks) - 1), blocks.pop(at))


def _split(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw, 10)
    if any(one is block for block in blocks):
        at = draw.randint(1, len(one.text) - 1)
        place = next(place for place, block in enumerate(blocks) if block is one)
        blocks.insert(place + 1, Words(one.text[at:], one.level))
        one.text = one.text[:at]


def _join(blocks: list[Block], draw: random.Random) -> None:
    at = draw.randrange(len(blocks) - 1)
    one, other = blocks[at], blocks[at + 1]
    if isinstance(one, Words) and isinstance(other, Words):
        one.text += other.text
        _only_if_words_are_left(blocks, at + 1)


def _replace(blocks: list[Block], draw: random.Random) -> None:
    one, other = _a_paragraph(blocks, draw), _a_paragraph(blocks, draw)
    one.text = other.text[::-1]


def _format(blocks: list[Block], draw: random.Random) -> None:
    one = _a_paragraph(blocks, draw)
    one.bold ^= set(range(draw.randrange(len(one.text)), len(one.text)))


def _renumber(blocks: list[Block], draw: random.Random) -> None:
    _a_paragraph(blocks, draw).level = draw.choice((0, 1, None))


def _table(blocks: list[Block], draw: random.Random) -> None:
    grids = [one for one in blocks if isinstance(one, Grid)]
    if not grids or draw.random() < 0.1:
        blocks.insert(draw.randrange(len(blocks) - 1), _grid(draw))
        return
    rows = draw.choice(grids).rows
    at = draw.randrange(len(rows))
    kind = draw.random()
    if kind < 0.4:
        rows[at][draw.randrange(3)] = f"{draw.randrange(10**6):,}.00"
    elif kind < 0.7:
        rows.insert(at + 1, [f"第{at}期", "另行约定", draw.choice(WORDS)])
    elif len(rows) > 1:
        del rows[at]


_EDITS: tuple[Edit, ...] = (_amount, _reword, _add_words, _cut_words, _remove, _move, _split,
                            _join, _replace, _format, _renumber, _table)  # fmt: skip
_WEIGHTS = (5, 5, 3, 3, 2, 1, 1, 1, 1, 1, 1, 4)


def written(blocks: list[Block], draw: random.Random, *, suffix: str = "") -> bytes:
    """The blocks as a .docx, runs cut where a program happened to cut them."""
    body = "".join(_grid_xml(one) if isinstance(one, Grid) else _words_xml(one, draw)
                   for one in blocks)  # fmt: skip
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footer", "footer1.xml")
        ),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}"
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/footer1.xml": f"<w:ftr {_NAMESPACES}><w:p><w:r><w:t>文号{suffix}</w:t></w:r></w:p>"
        "</w:ftr>",
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _words_xml(one: Words, draw: random.Random) -> str:
    inner = ""
    if one.style:
        inner += f'<w:pStyle w:val="{one.style}"/>'
    if one.level is not None:
        inner += f'<w:numPr><w:ilvl w:val="{one.level}"/><w:numId w:val="1"/></w:numPr>'
    runs, start = "", 0
    for found in _SHELLED.finditer(one.text):
        runs += _runs_xml(one, start, found.start(), draw)
        opening, closing = _SHELLS[found.group()]
        runs += opening + _runs_xml(one, found.start(), found.end(), draw) + closing
        start = found.end()
    runs += _runs_xml(one, start, len(one.text), draw)
    return f"<w:p><w:pPr>{inner}</w:pPr>{runs}</w:p>" if inner else f"<w:p>{runs}</w:p>"


def _runs_xml(one: Words, start: int, stop: int, draw: random.Random) -> str:
    runs = ""
    for place in range(start + 1, stop + 1):
        bold = (place - 1 in one.bold) != (place in one.bold)
        if place == stop or bold or draw.random() < 0.04:
            look = "<w:rPr><w:b/></w:rPr>" if place - 1 in one.bold else ""
            runs += f"<w:r>{look}{_text_xml(one.text[start:place])}</w:r>"
            start = place
    return runs


def _text_xml(text: str) -> str:
    made = ""
    for part in text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0"):
        if part in ("\t", "\n"):
            made += "<w:tab/>" if part == "\t" else "<w:br/>"
        elif part:
            made += f'<w:t xml:space="preserve">{escape(part)}</w:t>'
    return made


def _grid_xml(one: Grid) -> str:
    rows = "".join(
        "<w:tr>" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2800" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:r>{_text_xml(cell)}</w:r></w:p></w:tc>" for cell in row
        ) + "</w:tr>"
        for row in one.rows
    )  # fmt: skip
    columns = '<w:gridCol w:w="2800"/>' * 3
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in
                      ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    return (f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}'
            f"</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")  # fmt: skip


def _relations(*pairs: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, start=1)
    )
    return (f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{inner}</Relationships>")  # fmt: skip


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"),
                           ("numbering", "numbering"), ("footer1", "footer"))
    )
    + "</Types>"
)  # fmt: skip
_STYLES = (
    f"<w:styles {_NAMESPACES}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style></w:styles>'
)
_NUMBERING = (
    f'<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="第%1条"/><w:lvlJc w:val="left"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
