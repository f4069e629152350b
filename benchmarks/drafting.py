"""One agreement draft: the shipped cash template filled to bytes, beside docxtpl on its twin."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from benchmarks.measuring import Figure, in_turn, missing
from donflow.shipping import shipped
from donflow.word.filling import fill
from donflow.word.templates import load_template

WHAT = "an agreement draft : docxtpl on the same template"
GOAL = "≤ 8 ms, ≥ 2 times as fast"
TIMES = 5


def measure(_folder: Path) -> list[Figure]:
    template = load_template(shipped("agreement_templates") / "cash")
    values = dict(template.example)

    def donflow() -> bytes:
        return fill(template.content, template.fields, values)

    try:
        from docxtpl import DocxTemplate
    except ModuleNotFoundError:
        return [missing("docxtpl", WHAT, GOAL)]
    twin = in_jinja(template.content)

    def docxtpl() -> bytes:
        document, out = DocxTemplate(io.BytesIO(twin)), io.BytesIO()
        document.render(values, autoescape=True)
        document.save(out)
        return out.getvalue()

    assert words_of(donflow()) == words_of(docxtpl()), "the two do not say the same"
    rounds = in_turn({"donflow": donflow, "docxtpl": docxtpl}, times=TIMES)
    ratio = rounds.ratio("docxtpl", "donflow")
    own = min(rounds.seconds["donflow"]) * 1000
    return [
        Figure(
            WHAT,
            GOAL,
            f"{rounds.ms('donflow')} (least {own:.2f}), {ratio:.1f} times as fast"
            f" ({rounds.ms('docxtpl')})",
            own <= 8 and ratio >= 2,
        )
    ]


def in_jinja(template: bytes) -> bytes:
    """The same Word file with docxtpl's marks instead of donflow's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.endswith(".xml"):
                data = _marks_in_jinja(data.decode()).encode()
            target.writestr(member, data)
    return out.getvalue()


def words_of(document: bytes) -> str:
    """The letters of the main text."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"\s", "", re.sub(r"<[^>]*>", "", xml))


def _marks_in_jinja(xml: str) -> str:
    xml = re.sub(r"\{\{clause (\w+)=([^}]+)\}\}", r"{% if \1 == '\2' %}", xml)
    xml = re.sub(r"\{\{clause (\w+)\}\}", r"{% if \1 %}", xml)
    return xml.replace("{{end}}", "{% endif %}")
