"""Small Word files, made as a person would make them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from donflow.errors import Label
from donflow.word.templating.fields import FieldSpec, FieldType

SHIPPED = Path(__file__).parents[2] / "agreement_templates"


@pytest.fixture(params=["cash", "acknowledgement"])
def shipped(request: pytest.FixtureRequest) -> Path:
    return SHIPPED / str(request.param)


@pytest.fixture
def cash() -> Path:
    return SHIPPED / "cash"


@pytest.fixture
def acknowledgement() -> Path:
    return SHIPPED / "acknowledgement"


@pytest.fixture
def a_docx() -> Callable[..., bytes]:
    """A file of paragraphs; a paragraph given as a tuple is written in so many runs."""

    def make(*paragraphs: str | tuple[str, ...], header: str = "", cell: str = "") -> bytes:
        document = Document()
        for paragraph in paragraphs:
            written = document.add_paragraph()
            for words in (paragraph,) if isinstance(paragraph, str) else paragraph:
                written.add_run(words)
        if cell:
            document.add_table(1, 2).cell(0, 1).text = cell
        if header:
            document.sections[0].header.paragraphs[0].text = header
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def fields() -> dict[str, FieldSpec]:
    return {
        "donor": _spec("donor", "捐赠方"),
        "purpose": _spec("purpose", "用途"),
        "amount": _spec("amount", "金额", FieldType.MONEY, required=False, example="1,000.00"),
        "naming": _spec("naming", "冠名", required=False),
        "plan": _spec("plan", "安排", FieldType.LINES, required=False),
        "kind": _spec("kind", "类别", FieldType.CHOICE, required=False, choices=("person", "firm")),
    }


def _spec(
    name: str,
    zh: str,
    type_: FieldType = FieldType.TEXT,
    *,
    required: bool = True,
    example: str = "",
    choices: tuple[str, ...] = (),
) -> FieldSpec:
    return FieldSpec(name, Label(zh, name.title()), type_, required, example, choices)
