"""A damaged file is refused by the name of its part, or read: no traceback, never nothing."""

import random
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from donflow.errors import DonflowError
from donflow.intake.apart import RefusedApart
from donflow.word.reading import Reading, read
from donflow.word.reading_apart import from_plain, read_plainly, read_returned
from donflow.word.seeing.package import DamagedPart, MissingPart, NotAWordFile
from tests.word.markup_builder import (
    TYPE,
    archive,
    comment,
    dele,
    docx,
    drawn_box,
    end,
    extended,
    field,
    ins,
    lvl,
    moved_from,
    moved_to,
    numbering,
    p,
    run,
    start,
    state,
    table,
    tc,
    tr,
)

ZHOU = "周审核"
WHOLE = docx(
    p("捐赠协议书"),
    p("甲", num=(1, 0)),
    p("伍", ins(ZHOU, "佰"), dele("林秘书", "元"), start(0), "万", end(0)),
    p("乙", run('<w:footnoteReference w:id="1"/>')),
    p(moved_from(ZHOU, "m", "丙"), "丁", moved_to(ZHOU, "m", "丙")),
    table(
        tr("一", "二", properties=state("ins", ZHOU)),
        tr(tc("三", properties=state("cellDel", ZHOU))),
    ),
    p(field(" DATE ", "2026年"), drawn_box(p("框", num=(1, 1)))),
    comments=comment(0, ZHOU, "问", ids=("0A",)),
    commentsExtended=extended("0A", done=True),
    numbering=numbering(lvl(0, "chineseCounting", "第%1条"), lvl(1, "decimal", "%1.%2")),
    styles='<w:style w:type="paragraph" w:default="1" w:styleId="a"/>',
    footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
    settings="<w:evenAndOddHeaders/>",
    header=p("页眉"),
    footer=p(field(" PAGE ", "1")),
)
PARTS = (
    "document",
    "comments",
    "commentsExtended",
    "numbering",
    "styles",
    "footnotes",
    "settings",
    "header",
    "footer",
)


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def read_or_refused(data: bytes) -> Reading | DonflowError:
    """What is said of the file; whatever else is raised fails the test."""
    try:
        return read(data)
    except DonflowError as refused:
        return refused


def changed(name: str, content: bytes) -> bytes:
    return archive({**members(WHOLE), name: content})


def test_the_whole_file_is_read():
    """The control of all below."""
    reading = read(WHOLE)

    assert reading.comments[0].resolved
    assert len(reading.changes) == 5


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", [b"", b"<w:cut", b"<other/>", b"\x00\xff" * 9])
def test_a_damaged_part_is_named(part, content):
    name = f"word/{part}.xml"

    with pytest.raises(DamagedPart) as refused:
        read(changed(name, content))

    assert name in str(refused.value)


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_named(part):
    name = f"word/{part}.xml"
    content = members(WHOLE)
    del content[name]

    with pytest.raises(MissingPart) as refused:
        read(archive(content))

    assert name in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04", WHOLE[:900], WHOLE[:-40]])
def test_what_is_no_word_file_is_said_so(data):
    with pytest.raises(NotAWordFile):
        read(data)


def test_another_archive_is_no_word_file():
    with pytest.raises(NotAWordFile):
        read(archive({"a.txt": "x"}))


def test_bytes_that_do_not_fit_their_checksum_name_the_part():
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as written:
        for name, one in members(WHOLE).items():
            written.writestr(name, one)
    damaged = stored.getvalue().replace("捐赠协议书".encode(), "捐赠协议吧".encode())

    with pytest.raises(DamagedPart, match=r"word/document\.xml"):
        read(damaged)


def test_no_entity_is_resolved():
    entity = b'<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    content = members(WHOLE)["word/document.xml"]
    head, rest = content.split(b"?>", 1)

    with pytest.raises(DamagedPart, match=r"word/document\.xml"):
        read(changed("word/document.xml", head + b"?>" + entity + rest))


def test_tables_nested_without_end_are_refused_or_read():
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("甲") + "</w:tc></w:tr></w:tbl>" * 80
    deeper = "<w:sdt><w:sdtContent>" * 500 + p("甲") + "</w:sdtContent></w:sdt>" * 500

    for body in (deep, deeper):
        outcome = read_or_refused(docx(body))
        if isinstance(outcome, Reading):
            assert outcome.after == ("甲",)
        else:
            assert "word/document.xml" in str(outcome)


def test_a_file_without_its_relations_is_read_by_the_usual_names():
    content = members(WHOLE)
    del content["word/_rels/document.xml.rels"]
    del content["_rels/.rels"]

    assert read(archive(content)).comments[0].anchor == "万"


def test_a_document_under_another_name_is_found():
    content = members(docx(p("甲")))
    content["word/other.xml"] = content.pop("word/document.xml")
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"document.xml", b"other.xml")
    content["word/_rels/other.xml.rels"] = content.pop("word/_rels/document.xml.rels")

    assert read(archive(content)).after == ("甲",)
    assert TYPE.encode() in content["_rels/.rels"]


def test_names_of_parts_do_not_differ_by_case():
    content = members(WHOLE)
    content["word/Comments.xml"] = content.pop("word/comments.xml")

    assert read(archive(content)).comments[0].anchor == "万"


KINDS = ("flip", "cut", "drop", "part", "element", "attribute", "encoding", "tag")
HOSTILE = ("", "-1", "999999999999", "x", "None", "１", "1e400", "%9", "../../x", "nan")


def mutated(kind: str, chance: random.Random) -> bytes:
    content = members(WHOLE)
    name = chance.choice(list(content))
    if kind == "flip":
        flipped = bytearray(WHOLE)
        for _ in range(chance.randint(1, 5)):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if kind == "cut":
        return WHOLE[: chance.randrange(len(WHOLE))]
    if kind == "drop":
        del content[name]
        return archive(content)
    if kind == "part":
        at = chance.randrange(len(content[name]))
        content[name] = content[name][:at] + content[name][at + chance.randint(1, 30) :]
        return archive(content)
    if kind == "encoding":
        content[name] = content[name].decode().encode(chance.choice(("gb18030", "utf-16")))
        return archive(content)
    root = etree.fromstring(content[name])
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    around = one.getparent()
    if kind == "element" and around is not None:
        around.remove(one)
    elif kind == "attribute" and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(HOSTILE))
    elif kind == "tag":
        one.tag = other.tag
    content[name] = etree.tostring(root)
    return archive(content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40))
def test_any_mutation_is_read_or_refused_with_a_reason(kind, seed):
    outcome = read_or_refused(mutated(kind, random.Random(seed)))

    if not isinstance(outcome, Reading | NotAWordFile):
        assert outcome.values["part"]


def test_a_reading_passes_as_plain_data():
    reading = read(WHOLE)

    assert from_plain(read_plainly(WHOLE)) == reading
    assert read_returned(WHOLE) == reading


def test_a_refusal_passes_with_its_words():
    with pytest.raises(RefusedApart) as refused:
        read_returned(changed("word/comments.xml", b"<w:cut"))

    assert "word/comments.xml" in str(refused.value)
