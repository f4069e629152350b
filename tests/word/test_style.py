"""A run that leaves its Chinese font to chance is found; one that our helper dressed is not."""

from io import BytesIO

from docx import Document

from donflow.word.markup import W
from donflow.word.style import SLOTS, FontFault, lint_fonts, set_fonts


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_run_dressed_by_python_docx_alone_is_found():
    document = Document()
    document.add_paragraph("好")
    run = document.add_paragraph().add_run("捐赠协议")
    run.font.name = "仿宋"  # sets ascii and hAnsi only: the known trap

    assert lint_fonts(saved(document)) == (
        FontFault("word/document.xml", 1, "好"),
        FontFault("word/document.xml", 2, "捐赠协议"),
    )


def test_a_run_in_a_table_or_a_footer_is_found_too():
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "户名"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"

    assert {(fault.part, fault.text) for fault in lint_fonts(saved(document))} == {
        ("word/document.xml", "户名"),
        ("word/footer1.xml", "第 1 页"),
    }


def test_set_fonts_names_all_four_slots_and_replaces_the_theme():
    document = Document()
    run = document.add_paragraph().add_run("捐赠")
    run.bold = True
    set_fonts(run._r, "宋体")
    set_fonts(run._r, "仿宋")

    (fonts,) = run._r.iterfind(f"{W}rPr/{W}rFonts")

    assert [fonts.get(f"{W}{slot}") for slot in SLOTS] == ["仿宋"] * 4
    assert run._r.find(f"{W}rPr").index(fonts) == 0
    assert run.bold
    assert lint_fonts(saved(document)) == ()


def test_a_run_without_words_needs_no_font():
    document = Document()
    document.add_paragraph().add_run(" ").add_break()

    assert lint_fonts(saved(document)) == ()
