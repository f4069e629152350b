"""What can be wrong in a returned Word file: 12 of them, and 25 ways to spoil one.

Beside damage on the way, what careless or hostile programs write: parts that point at nothing,
circles, ranges the wrong way round, numbers beyond all sense.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

from lxml import etree

from tests.experiments import malformed
from tests.word.returned import build
from tests.word.returned.markup import NAMESPACES

SEEDS = (
    "threads",
    "ranges",
    "in-tables",
    "in-notes",
    "in-text-boxes",
    "moved-paragraph",
    "automatic-numbers",
    "controls",
    "wps-comments",
    "libreoffice-rows",
    "libreoffice-scripts",
    "python-docx",
)
Members = dict[str, bytes]
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def seeds() -> list[bytes]:
    return [(build.HERE / f"{name}.docx").read_bytes() for name in SEEDS]


def mutants(count: int, dice: random.Random) -> list[tuple[str, bytes]]:
    """Each spoilt file with what was done to which; 300 of them are each seed in each way."""
    files, names = seeds(), list(MUTATIONS)
    made = []
    for number in range(count):
        name = names[number % len(names)]
        seed = (number % len(names) + number // len(names)) % len(files)
        made.append((f"{name}: {SEEDS[seed]}", MUTATIONS[name](files[seed], dice)))
    return made


def with_parts_gone(dice: random.Random) -> list[tuple[str, bytes]]:
    """Each seed with a part or a relation of it gone, emptied or led astray, and its name."""
    return [
        (name, MUTATIONS[way](data, dice))
        for name, data in zip(SEEDS, seeds(), strict=True)
        for way in ("part dropped", "part emptied", "relation dropped", "relation elsewhere")
    ]


def _on_parts(change: Callable[[Members, random.Random], Members | None]) -> _Mutation:
    def mutation(whole: bytes, dice: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(whole)) as file:
            members = {name: file.read(name) for name in file.namelist()}
        return _zipped(list((change(members, dice) or members).items()))

    return mutation


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # zipfile itself warns of a doubled name
        for name, body in members:
            file.writestr(name, body)
    return written.getvalue()


def _doubled(whole: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        members = [(name, file.read(name)) for name in file.namelist()]
    return _zipped([*members, dice.choice(members)])


def _some(members: Members, dice: random.Random) -> str:
    return dice.choice([name for name in members if name.endswith(("xml", "rels"))])


def _dropped(members: Members, dice: random.Random) -> None:
    del members[_some(members, dice)]


def _emptied(members: Members, dice: random.Random) -> None:
    members[_some(members, dice)] = b""


def _flipped_inside(members: Members, dice: random.Random) -> None:
    # In an archive a flipped bit is caught by the check sum; here the check sum is of the flip.
    name = _some(members, dice)
    body = bytearray(members[name])
    for _ in range(dice.randint(1, 8)):
        body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
    members[name] = bytes(body)


def _without_an_element(members: Members, dice: random.Random) -> None:
    name = _some(members, dice)
    root = etree.fromstring(members[name])
    inner = [one for one in root.iter() if one.getparent() is not None]
    if inner:
        one = dice.choice(inner)
        one.getparent().remove(one)
    members[name] = etree.tostring(root)


def _with_elements_swapped(members: Members, dice: random.Random) -> None:
    root = etree.fromstring(members[_MAIN])
    inner = [one for one in root.iter() if one.getparent() is not None]
    one, other = dice.sample(inner, 2)
    if other not in one.iterancestors():
        one.append(other)
    members[_MAIN] = etree.tostring(root)


def _without_a_tag(members: Members, dice: random.Random) -> None:
    name = _some(members, dice)
    tag = dice.choice(list(re.finditer(rb"<[^>]+>", members[name])))
    members[name] = members[name][: tag.start()] + members[name][tag.end() :]


def _with_another_value(members: Members, dice: random.Random) -> None:
    name = _some(members, dice)
    if values := list(re.finditer(rb'="[^"]*"', members[name])):
        value = dice.choice(values)
        other = dice.choice((b"", b"-1", b"9" * 5000, b"1e9", b"../../x", b"\xe4\xba\xbf" * 9))
        body = members[name]
        members[name] = body[: value.start()] + b'="' + other + b'"' + body[value.end() :]


def _in_another_encoding(members: Members, dice: random.Random) -> None:
    name = _some(members, dice)
    encoding = dice.choice(("utf-16", "gb18030", "utf-7", "cp037"))
    members[name] = members[name].decode("utf-8").encode(encoding, "replace")


def _in_the_body(members: Members, xml: str) -> None:
    """Put markup, in which each `w:` means what it should, at the head of the body."""
    body = members[_MAIN].decode()
    at = body.index("<w:body>") + len("<w:body>")
    members[_MAIN] = (body[:at] + _spaced(xml) + body[at:]).encode()


def _spaced(xml: str) -> str:
    return re.sub(r"^<[^ />]+", lambda tag: f"{tag[0]} {NAMESPACES}", xml)


def _with_part(members: Members, name: str, root: str, inside: str) -> None:
    """The part `word/name.xml` anew, tied to the main one."""
    members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inside}</w:{root}>".encode()
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    part = f'PartName="/word/{name}.xml"'
    types = members["[Content_Types].xml"].decode()
    if part not in types:
        override = f'<Override {part} ContentType="{kind}"/></Types>'
        members["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    relations = members["word/_rels/document.xml.rels"].decode()
    if f'"{name}.xml"' not in relations:
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        one = f'<Relationship Id="added" Type="{office}/{name}" Target="{name}.xml"/>'
        relations = relations.replace("</Relationships>", f"{one}</Relationships>")
        relations = re.sub("(<Relationships[^>]*)/>", rf"\1>{one}</Relationships>", relations)
        members["word/_rels/document.xml.rels"] = relations.encode()


def _nested(members: Members, dice: random.Random) -> None:
    """Deeply: content controls, insertions, tables in tables, boxes in boxes."""
    depth = dice.choice((60, 200, 1000, 5000))
    opening, closing = dice.choice(
        (
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ('<w:ins w:id="1" w:author="甲">', "</w:ins>"),
            ("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"),
            ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        )
    )
    _in_the_body(members, f"{opening * depth}<w:p/>{closing * depth}")


_NUMBERED = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr></w:p>'


def _level(start: str, shown: str, kind: str) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def _huge_numbers(members: Members, dice: random.Random) -> None:
    start = dice.choice(("9" * 18, "9" * 5000, "-7", "0", "x", "2147483648", "1.5"))
    kinds = ("chineseCountingThousand", "lowerRoman", "upperLetter", "ideographDigital", "nonsense")
    level = _level(start, dice.choice(("第%1条", "%99%", "%1" * 2000)), dice.choice(kinds))
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    _with_part(members, "numbering", "numbering", lists)
    _in_the_body(members, _NUMBERED.format(dice.choice((0, 8, 9, -1, "9" * 30)), 1))


def _wrong_list_ids(members: Members, dice: random.Random) -> None:
    """A list of an abstract one that is not there, one that links to itself, none at all."""
    lists = dice.choice(
        (
            '<w:num w:numId="1"><w:abstractNumId w:val="77"/></w:num>',
            '<w:num w:numId="1"/>',
            '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="甲"/></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
            '<w:num w:numId="1"><w:abstractNumId/><w:lvlOverride w:ilvl="x"/></w:num>' * 2,
        )
    )
    _with_part(members, "numbering", "numbering", lists)
    for number in (1, 99, -1, ""):
        _in_the_body(members, _NUMBERED.format(0, number))


def _circle_of_styles(members: Members, dice: random.Random) -> None:
    length = dice.choice((1, 2, 500))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{number}">'
        f'<w:basedOn w:val="S{(number + 1) % length}"/><w:link w:val="S{number}"/></w:style>'
        for number in range(length)
    )
    _with_part(members, "styles", "styles", styles)
    _in_the_body(
        members, '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )


def _long_line_of_styles(members: Members, _: random.Random) -> None:
    styles = "".join(
        f'<w:style w:styleId="S{number}"><w:basedOn w:val="S{number + 1}"/></w:style>'
        for number in range(3000)
    )
    _with_part(members, "styles", "styles", styles)
    one = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    for _number in range(300):
        _in_the_body(members, one)


def _relation_dropped(members: Members, dice: random.Random) -> None:
    name = dice.choice(("word/_rels/document.xml.rels", "_rels/.rels"))
    found = list(re.finditer(rb"<Relationship [^>]*>", members[name]))
    if found:
        one = dice.choice(found)
        members[name] = members[name][: one.start()] + members[name][one.end() :]


def _relation_elsewhere(members: Members, dice: random.Random) -> None:
    name = dice.choice(("word/_rels/document.xml.rels", "_rels/.rels"))
    there = dice.choice(("document.xml", "../../x", "", "/word", "无.xml", "%00", "styles.xml"))
    found = list(re.finditer(rb'Target="[^"]*"', members[name]))
    if found:
        one = dice.choice(found)
        body = members[name]
        members[name] = body[: one.start()] + f'Target="{there}"'.encode() + body[one.end() :]


_COMMENTED = '<w:comment w:id="{}" w:author="甲"><w:p><w:r><w:t>问</w:t></w:r></w:p></w:comment>'


def _comments_on_nothing(members: Members, dice: random.Random) -> None:
    """Comments without their ranges, with one id, without one, and ranges without a comment."""
    kept = re.sub(rb"<w:comment(RangeStart|RangeEnd|Reference)[^>]*/>", b"", members[_MAIN])
    members[_MAIN] = kept
    ids = dice.choice(((0, 1, 2), (0, 0, 0), ("", "x", "9" * 40)))
    _with_part(members, "comments", "comments", "".join(map(_COMMENTED.format, ids)))
    _in_the_body(members, '<w:p><w:commentRangeStart w:id="44"/><w:commentRangeStart/></w:p>')


def _ranges_turned_round(members: Members, _: random.Random) -> None:
    body = members[_MAIN].replace(b"commentRangeStart", b"commentRangeX")
    body = body.replace(b"commentRangeEnd", b"commentRangeStart")
    members[_MAIN] = body.replace(b"commentRangeX", b"commentRangeEnd")


def _threads_in_circles(members: Members, _: random.Random) -> None:
    said = "".join(
        f'<w:comment w:id="{number}"><w:p w14:paraId="{number}"/></w:comment>'
        for number in range(400)
    )
    _with_part(members, "comments", "comments", said)
    _with_part(members, "commentsExtended", "x", "")
    states = "".join(
        f'<w15:commentEx w15:paraId="{number}" w15:paraIdParent="{(number + 1) % 400}"/>'
        for number in range(400)
    )
    members["word/commentsExtended.xml"] = (
        f"<w15:commentsEx {NAMESPACES}>{states}<w15:commentEx/></w15:commentsEx>".encode()
    )
    relations = members["word/_rels/document.xml.rels"]
    members["word/_rels/document.xml.rels"] = relations.replace(
        b"officeDocument/2006/relationships/commentsExtended",
        b"office/2011/relationships/commentsExtended",
    ).replace(b"schemas.openxmlformats.org/office/2011", b"schemas.microsoft.com/office/2011")


def _odd_table(members: Members, dice: random.Random) -> None:
    span = dice.choice(("-3", "0", "9" * 9, "x", ""))
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{span}"/></w:trPr>{cell * 3}</w:tr>'
    _in_the_body(members, f"<w:tbl>{row}<w:tr/><w:tr><w:tc/></w:tr></w:tbl>")


def _changes_by_nobody(members: Members, dice: random.Random) -> None:
    date = dice.choice(("0000-99-99", "昨天", "9" * 5000, ""))
    members[_MAIN] = re.sub(rb' w:author="[^"]*"', b"", members[_MAIN])
    change = f'<w:ins w:date="{date}"><w:r><w:t>甲</w:t></w:r></w:ins><w:del/><w:moveTo/>'
    _in_the_body(members, f"<w:p>{change}<w:moveFromRangeStart/><w:moveToRangeEnd/></w:p>")


def _fields_without_end(members: Members, dice: random.Random) -> None:
    kind = dice.choice(("begin", "separate", "end", "x"))
    _in_the_body(
        members,
        f"<w:p><w:r>{f'<w:fldChar w:fldCharType={chr(34)}{kind}{chr(34)}/>' * 900}</w:r></w:p>",
    )


def _many(members: Members, dice: random.Random) -> None:
    """A hundred thousand of something small."""
    one = dice.choice(
        (
            "<w:p/>",
            "<w:p><w:r><w:t>捐</w:t></w:r></w:p>",
            '<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>捐</w:t></w:r></w:ins></w:p>',
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        )
    )
    count = 4000
    body = members[_MAIN].decode()
    inside = _spaced(f"<w:sdt><w:sdtContent>{one * count}</w:sdtContent></w:sdt>")
    members[_MAIN] = body.replace("<w:body>", f"<w:body>{inside}", 1).encode()


_Mutation = Callable[[bytes, random.Random], bytes]
MUTATIONS: dict[str, _Mutation] = {
    "bits, an end or a middle": malformed.damaged,
    "bits, an end or a middle, again": malformed.damaged,
    "part doubled": _doubled,
    **{
        name: _on_parts(change)
        for name, change in {
            "part dropped": _dropped,
            "part emptied": _emptied,
            "bits inside a part": _flipped_inside,
            "element dropped": _without_an_element,
            "elements swapped": _with_elements_swapped,
            "tag dropped": _without_a_tag,
            "value changed": _with_another_value,
            "another encoding": _in_another_encoding,
            "deep nesting": _nested,
            "huge numbers": _huge_numbers,
            "wrong list ids": _wrong_list_ids,
            "circle of styles": _circle_of_styles,
            "long line of styles": _long_line_of_styles,
            "relation dropped": _relation_dropped,
            "relation elsewhere": _relation_elsewhere,
            "comments on nothing": _comments_on_nothing,
            "ranges turned round": _ranges_turned_round,
            "threads in circles": _threads_in_circles,
            "odd table": _odd_table,
            "changes by nobody": _changes_by_nobody,
            "fields without end": _fields_without_end,
            "many": _many,
        }.items()
    },
}
