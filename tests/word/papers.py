"""Word files written by hand, element for element, for what no library writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TAGS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
         "header1": "hdr", "footer1": "ftr"}  # fmt: skip
_KINDS = {"header1": "header", "footer1": "footer"}
_EXTRA = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def paper(
    body: str,
    *,
    links: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    **parts: str,
) -> bytes:
    """A .docx of this body; `parts` are the inner XML of styles, numbering, footnotes, header1 …

    A header or footer is referred to; `links` are addresses and `pictures` PNGs, by id.
    """
    types = '<Default Extension="png" ContentType="image/png"/>'
    types += _override("document", "document.main")
    relations, members, section = "", {}, ""
    for name, inner in parts.items():
        kind = _KINDS.get(name, name)
        types += _override(name, kind)
        relations += f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{name}.xml"/>'
        members[f"word/{name}.xml"] = f"<w:{_TAGS[name]} {_W} {_R}>{inner}</w:{_TAGS[name]}>"
        if name in _KINDS:
            section += f'<w:{kind}Reference w:type="default" r:id="{name}"/>'
    for id_, address in (links or {}).items():
        relations += (f'<Relationship Id="{id_}" Type="{_OFFICE}hyperlink" Target="{address}" '
                      'TargetMode="External"/>')  # fmt: skip
    content: dict[str, bytes] = {}
    for id_, picture in (pictures or {}).items():
        relations += f'<Relationship Id="{id_}" Type="{_OFFICE}image" Target="media/{id_}.png"/>'
        content[f"word/media/{id_}.png"] = picture
    members |= {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"<w:document {_W} {_R} {_EXTRA}><w:body>{body}<w:sectPr>{section}"
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, picture in content.items():
            archive.writestr(name, picture)
    return stream.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of texts and ready XML."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>" if properties else f"<w:p>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run of one text."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells; a cell is a text or ready XML."""
    width = len(rows[0])
    inner = "".join(
        "<w:tr>"
        + "".join(
            '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
            + (cell if cell.startswith("<") else p(cell))
            + "</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for row in rows
    )
    grid = '<w:gridCol w:w="2000"/>' * width
    return (f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}'
            f"</w:tblGrid>{inner}</w:tbl>")  # fmt: skip


def numbered(text: str, *, level: int = 0, number: int = 1) -> str:
    """A paragraph of an automatic list."""
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def numbering(*patterns: str) -> str:
    """Lists 1, 2 … whose first level is numbered by these patterns."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        for at, pattern in enumerate(patterns)
    )
    return abstract + "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(len(patterns))
    )


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}{kind}+xml"/>'
