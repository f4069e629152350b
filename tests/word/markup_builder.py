"""Word files written element by element, in the markup that Word, WPS and LibreOffice document.

Sections named here are those of ECMA-376 part 1 (5th edition) and of MS-DOCX. Nothing is taken
from donflow's own reader or writer: what a fixture says, it says by itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OF_2011 = "http://schemas.microsoft.com/office/2011/relationships/"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DAY = "2026-11-02T09:30:00Z"

_PARTS = {
    "comments": (TYPE, "comments+xml", "w:comments"),
    "commentsExtended": (OF_2011, "commentsExtended+xml", "w15:commentsEx"),
    "styles": (TYPE, "styles+xml", "w:styles"),
    "numbering": (TYPE, "numbering+xml", "w:numbering"),
    "settings": (TYPE, "settings+xml", "w:settings"),
    "footnotes": (TYPE, "footnotes+xml", "w:footnotes"),
    "endnotes": (TYPE, "endnotes+xml", "w:endnotes"),
    "header": (TYPE, "header+xml", "w:hdr"),
    "footer": (TYPE, "footer+xml", "w:ftr"),
}


def docx(
    *body: str,
    section: str = "",
    relations: str = "",
    members: Mapping[str, str | bytes] | None = None,
    **parts: str,
) -> bytes:
    """A file of body blocks; a part is given by its name (`comments`, `footnotes` …) and content.

    A header or footer is tied to the last section. `members` are further files of the archive,
    `relations` further relations of the document.
    """
    section = section + "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId-{kind}"/>'
        for kind in ("header", "footer")
        if kind in parts
    )
    document = f"<w:body>{''.join(body)}<w:sectPr>{section}</w:sectPr></w:body>"
    content = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{TYPE}officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": part("w:document", document),
        "word/_rels/document.xml.rels": _relations(
            relations
            + "".join(
                f'<Relationship Id="rId-{name}" Type="{_PARTS[name][0]}{name}"'
                f' Target="{name}.xml"/>'
                for name in parts
            )
        ),
        **{f"word/{name}.xml": part(_PARTS[name][2], inner) for name, inner in parts.items()},
        **(members or {}),
    }
    return archive(content)


def archive(content: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, one in content.items():
            written.writestr(name, one)
    return stream.getvalue()


def part(root: str, inner: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<{root} {NAMESPACES}>{inner}</{root}>"


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, mark: str = "",
      properties: str = "", id_: str = "") -> str:  # fmt: skip
    """A paragraph (17.3.1.22); `num` is its list and level, `mark` the properties of its end."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    inner += properties + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    shown = "".join(r(one) if not one.startswith("<") else one for one in content)
    named = f' w14:paraId="{id_}"' if id_ else ""
    return f"<w:p{named}>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{shown}</w:p>"


def r(text: str, properties: str = "", *, tag: str = "w:t") -> str:
    """A run (17.3.2.25) of words."""
    formatting = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatting}<{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def ins(author: str, *content: str, at: str = DAY, id_: int = 1) -> str:
    """Inserted runs (17.13.5.18)."""
    return f"<w:ins {_hand(author, at, id_)}>{_shown(content)}</w:ins>"


def dele(author: str, *content: str, at: str = DAY, id_: int = 2) -> str:
    """Deleted runs (17.13.5.14), whose words stand in w:delText (17.4.3.7)."""
    inner = "".join(one if one.startswith("<") else r(one, tag="w:delText") for one in content)
    return f"<w:del {_hand(author, at, id_)}>{inner}</w:del>"


def state(name: str, author: str, at: str = DAY, id_: int = 3) -> str:
    """The state of a paragraph's end, a row or a cell: w:ins, w:del, w:moveFrom …"""
    return f"<w:{name} {_hand(author, at, id_)}/>"


def moved_from(author: str, name: str, *content: str, at: str = DAY, id_: int = 5) -> str:
    """17.13.5.22 and 17.13.5.24: what went, in a named range."""
    hand = _hand(author, at, id_)
    return (
        f"<w:moveFromRangeStart {hand} w:name={quoteattr(name)}/>"
        f"<w:moveFrom {hand}>{_shown(content)}</w:moveFrom>"
        f'<w:moveFromRangeEnd w:id="{id_}"/>'
    )


def moved_to(author: str, name: str, *content: str, at: str = DAY, id_: int = 6) -> str:
    hand = _hand(author, at, id_)
    return (
        f"<w:moveToRangeStart {hand} w:name={quoteattr(name)}/>"
        f"<w:moveTo {hand}>{_shown(content)}</w:moveTo>"
        f'<w:moveToRangeEnd w:id="{id_}"/>'
    )


def start(id_: int) -> str:
    """17.13.4.4: a comment's words begin."""
    return f'<w:commentRangeStart w:id="{id_}"/>'


def end(id_: int) -> str:
    """17.13.4.3 and 17.13.4.5: they end, and the reference stands."""
    return f'<w:commentRangeEnd w:id="{id_}"/>' + reference(id_)


def reference(id_: int) -> str:
    return run(f'<w:commentReference w:id="{id_}"/>')


def comment(id_: int, author: str, *texts: str, ids: tuple[str, ...] = (), at: str = DAY) -> str:
    """17.13.4.2; `ids` are the w14:paraId of its paragraphs (MS-DOCX 2.6.2.3)."""
    paragraphs = "".join(
        p(text, id_=ids[place] if place < len(ids) else "") for place, text in enumerate(texts)
    )
    return f'<w:comment {_hand(author, at, id_)} w:initials="{author[:1]}">{paragraphs}</w:comment>'


def extended(id_: str, parent: str = "", *, done: bool = False) -> str:
    """MS-DOCX 2.5.4.4: the thread and the state of a comment."""
    answers = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{id_}"{answers} w15:done="{int(done)}"/>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row (17.4.78); a cell is given by its words or its blocks."""
    inner = "".join(one if one.startswith("<w:tc>") else tc(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tc(*blocks: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<") else p(one) for one in blocks)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def field(code: str, result: str | None = None, data: str = "") -> str:
    """A complex field (17.16.18)."""
    saved = (
        "" if result is None else run('<w:fldChar w:fldCharType="separate"/>') + _shown((result,))
    )
    return (
        run(f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>')
        + run(f'<w:instrText xml:space="preserve">{escape(code)}</w:instrText>')
        + saved
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def drawn_box(*blocks: str) -> str:
    """A text box as Word 2010 writes it: DrawingML, and VML for older readers (MS-DOCX 2.2.5)."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return run(
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"{_vml(content)}</mc:Fallback></mc:AlternateContent>"
    )


def vml_box(*blocks: str, style: str = "") -> str:
    """A text box as Word 2007 and WPS write it."""
    return run(_vml(f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>", style))


def numbering(*levels: str, more: str = "", nums: str = "") -> str:
    """One list of these levels (17.9.1) as w:numId 1; `nums` are further lists (17.9.15)."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}'
    )


def lvl(at: int, form: str, text: str, *, first: int = 1, suffix: str = "nothing",
        more: str = "") -> str:  # fmt: skip
    """One level of a list (17.9.6)."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{first}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val={quoteattr(text)}/></w:lvl>'
    )


def style(id_: str, inner: str, *, based: str = "", kind: str = "paragraph") -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{id_}"/>'
    return f"{head}{parent}{inner}</w:style>"


def _vml(content: str, style_: str = "") -> str:
    return f'<w:pict><v:shape style="{style_}"><v:textbox>{content}</v:textbox></v:shape></w:pict>'


def _shown(content: tuple[str, ...]) -> str:
    return "".join(one if one.startswith("<") else r(one) for one in content)


def _hand(author: str, at: str, id_: int) -> str:
    date = f' w:date="{at}"' if at else ""
    return f'w:id="{id_}" w:author={quoteattr(author)}{date}'


def _content_types(parts: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT}{_PARTS[name][1]}"/>'
        for name in parts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{CONTENT}document.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )
