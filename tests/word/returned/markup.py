"""Office markup in short words: how a returned Word file is put together, byte for byte the same.

Written from ECMA-376 Part 1 (section 17: WordprocessingML) and [MS-DOCX] (`w14`, `w15`), not from
our reader: it must not know what the reader expects.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EARLIEST = (1980, 1, 1, 0, 0, 0)

Who = tuple[str, str]
"""An author and a time as a file writes them; an empty time is left out."""


def words(text: str, look: str = "", *, tag: str = "t") -> str:
    """A run; `look` is the inside of its `w:rPr`."""
    inside = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{inside}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def paragraph(*content: str, look: str = "", mark: str = "") -> str:
    """A paragraph: `look` is the inside of `w:pPr`, `mark` that of its mark's `w:rPr`.

    What does not begin with a tag is text.
    """
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inside = f"<w:pPr>{_before_changes(look, mark)}</w:pPr>" if look or mark else ""
    return f"<w:p>{inside}{''.join(map(_run, content))}</w:p>"


def _before_changes(look: str, mark: str) -> str:
    at = look.find("<w:pPrChange")  # the schema has the mark's rPr before it
    return look + mark if at < 0 else look[:at] + mark + look[at:]


def _run(content: str) -> str:
    return content if content.startswith("<") or not content else words(content)


def inserted(who: Who, *content: str) -> str:
    return _change("ins", who, *map(_run, content))


def deleted(who: Who, *content: str) -> str:
    inside = (one if one.startswith("<") else words(one, tag="delText") for one in content)
    return _change("del", who, *inside)


def mark_inserted(who: Who) -> str:
    """Inside a mark's `rPr` (17.13.5.18) or a row's `trPr` (17.13.5.16)."""
    return f"<w:ins {_by(who)}/>"


def mark_deleted(who: Who) -> str:
    return f"<w:del {_by(who)}/>"


def moved_from(who: Who, name: str, *content: str) -> str:
    """The source of a move within its range (17.13.5.22, 17.13.5.24)."""
    return _moved("moveFrom", who, name, *content)


def moved_to(who: Who, name: str, *content: str) -> str:
    return _moved("moveTo", who, name, *content)


def move_range(kind: str, who: Who, name: str, *content: str) -> str:
    """The range of a move around whole paragraphs; `kind` is moveFrom or moveTo."""
    start = f'<w:{kind}RangeStart {_by(who)} w:name="{name}"/>'
    number = f'w:id="@{name}-{kind}"'
    return re.sub('w:id="@"', number, start) + "".join(content) + f"<w:{kind}RangeEnd {number}/>"


def _moved(kind: str, who: Who, name: str, *content: str) -> str:
    return move_range(kind, who, name, _change(kind, who, *map(_run, content)))


def look_before(who: Who, look: str, *, of: str = "rPr") -> str:
    """The former look: `rPrChange` (17.13.5.31), `pPrChange` (17.13.5.29)."""
    return f"<w:{of}Change {_by(who)}><w:{of}>{look}</w:{of}></w:{of}Change>"


def _change(tag: str, who: Who, *content: str) -> str:
    return f"<w:{tag} {_by(who)}>{''.join(content)}</w:{tag}>"


def _by(who: Who) -> str:
    author, at = who
    return f'w:id="@" w:author={quoteattr(author)}' + (f' w:date="{at}"' if at else "")


def opens(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def closes(number: int) -> str:
    """The end of a comment's range and, as Word has it, its reference mark (17.13.4.5)."""
    return f'<w:commentRangeEnd w:id="{number}"/>{points(number)}'


def points(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def on(number: int, *content: str) -> str:
    """Content with a comment on it."""
    return opens(number) + "".join(map(_run, content)) + closes(number)


def comment(number: int, who: Who, *lines: str, last: str = "", initials: str = "审") -> str:
    """A comment of these paragraphs; `last` is the `w14:paraId` of the last one."""
    paragraphs = [f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines]
    if not lines:
        paragraphs = ["<w:p/>"]
    if last:
        paragraphs[-1] = paragraphs[-1].replace("<w:p", f'<w:p w14:paraId="{last}"', 1)
    author, at = who
    given = f"w:author={quoteattr(author)}" + (f' w:date="{at}"' if at else "")
    given += f' w:initials="{initials}"' if initials else ""
    return f'<w:comment w:id="{number}" {given}>{"".join(paragraphs)}</w:comment>'


def extended(last: str, parent: str = "", *, done: bool = False) -> str:
    """[MS-DOCX] 2.5.4.2 commentEx: the thread and state of the comment whose last is so marked."""
    above = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{last}"{above} w15:done="{int(done)}"/>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl><w:p/>"


def row(*cells: str, look: str = "") -> str:
    """A row of cells; a cell not in markup is one paragraph of text."""
    inside = f"<w:trPr>{look}</w:trPr>" if look else ""
    whole = (one if one.startswith("<w:p") else paragraph(one) for one in cells)
    return f"<w:tr>{inside}{''.join(f'<w:tc><w:tcPr/>{one}</w:tc>' for one in whole)}</w:tr>"


def field_of(code: str, shown: str) -> str:
    """A complex field (17.16.18) and what it showed last."""
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{escape(shown)}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: DrawingML, and the same again as VML for older programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2400000" cy="600000"/><wp:docPr id="1" name="文本框 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:189pt;height:47pt"><v:textbox>{inside}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@dataclass(frozen=True)
class File:
    """The parts of one file: the insides of each, without the root element."""

    body: str
    comments: str = ""
    extended: str = ""
    footnotes: str = ""
    endnotes: str = ""
    numbering: str = ""
    styles: str = ""
    header: str = ""
    footer: str = ""
    section: str = ""
    others: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Member name: its content type, its relation's type and id, its text."""


_PARTS = (
    # of File, root element, its member, its content type, its relation
    ("styles", "styles", "styles", f"{_KINDS}.styles+xml", f"{_RELATIONS}/styles"),
    ("numbering", "numbering", "numbering", f"{_KINDS}.numbering+xml", f"{_RELATIONS}/numbering"),
    ("comments", "comments", "comments", f"{_KINDS}.comments+xml", f"{_RELATIONS}/comments"),
    ("footnotes", "footnotes", "footnotes", f"{_KINDS}.footnotes+xml", f"{_RELATIONS}/footnotes"),
    ("endnotes", "endnotes", "endnotes", f"{_KINDS}.endnotes+xml", f"{_RELATIONS}/endnotes"),
    ("header", "hdr", "header1", f"{_KINDS}.header+xml", f"{_RELATIONS}/header"),
    ("footer", "ftr", "footer1", f"{_KINDS}.footer+xml", f"{_RELATIONS}/footer"),
)


def packed(file: File) -> bytes:
    """The file as a zip archive, always of the same bytes."""
    members = {
        "word/document.xml": _root("document", f"<w:body>{file.body}{_section(file)}</w:body>")
    }
    kinds = {"word/document.xml": f"{_KINDS}.document.main+xml"}
    relations = []
    for name, root, member, kind, relation in _PARTS:
        if inside := getattr(file, name):
            members[f"word/{member}.xml"] = _root(root, inside)
            kinds[f"word/{member}.xml"] = kind
            relations.append(_relation(member, relation, f"{member}.xml"))
    if file.extended:
        whole = f"{_HEAD}<w15:commentsEx {NAMESPACES}>{file.extended}</w15:commentsEx>"
        members["word/commentsExtended.xml"] = whole
        kinds["word/commentsExtended.xml"] = f"{_KINDS}.commentsExtended+xml"
        relation = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        relations.append(_relation("commentsExtended", relation, "commentsExtended.xml"))
    for member, (kind, relation, text) in file.others.items():
        members[member] = text
        kinds[member] = kind
        name = member.rsplit("/", 1)[-1]
        relations.append(_relation(name.split(".")[0], f"{_RELATIONS}/{relation}", name))
    members["word/_rels/document.xml.rels"] = _relations(*relations)
    members["_rels/.rels"] = _relations(
        _relation("document", f"{_RELATIONS}/officeDocument", "word/document.xml")
    )
    return archived({"[Content_Types].xml": _content_types(kinds), **_numbered(members)})


def archived(members: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _numbered(members: dict[str, str]) -> dict[str, str]:
    """Each change with an id of its own, and the two ends of a range with the same one."""
    counted = itertools.count(900)
    known: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if found[1]:
            return f'w:id="{known.setdefault(found[1], next(counted))}"'
        return f'w:id="{next(counted)}"'

    return {name: re.sub(r'w:id="@([^"]*)"', number, text) for name, text in members.items()}


def _section(file: File) -> str:
    """Page set-up: A4, and the header and footer where there are such."""
    tied = "".join(
        f'<w:{name}Reference w:type="default" r:id="{name}1"/>'
        for name in ("header", "footer")
        if getattr(file, name)
    )
    page = '<w:pgSz w:w="11906" w:h="16838"/>'
    return f"<w:sectPr>{tied}{page}{file.section}</w:sectPr>"


def _root(name: str, inside: str) -> str:
    return f'{_HEAD}<w:{name} {NAMESPACES} mc:Ignorable="w14 w15">{inside}</w:{name}>'


def _relation(number: str, kind: str, target: str) -> str:
    outside = ' TargetMode="External"' if "://" in target else ""
    return f'<Relationship Id="{number}" Type="{kind}" Target="{target}"{outside}/>'


def _relations(*all_of_them: str) -> str:
    home = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{home}">{"".join(all_of_them)}</Relationships>'


def _content_types(kinds: dict[str, str]) -> str:
    home = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    defaults = (
        f'<Default Extension="rels" ContentType="{rels}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{home}">{defaults}{overrides}</Types>'
