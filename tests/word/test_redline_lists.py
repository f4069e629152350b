"""Automatic lists of deleted words stand in the redline as lists of their own."""

import zipfile
from io import BytesIO

import pytest
from lxml import etree

from tests.word.papers import numbered, numbering, p, paper
from tests.word.test_redline import W, redline


@pytest.mark.parametrize(
    ("before", "after"), [(("第%1条",), ("%1、",)), (("%1、", "第%1条"), ("第%1条",))]
)
def test_a_list_that_the_new_file_numbers_otherwise_is_brought_over(before, after):
    number = len(before)
    old = numbered("付款", number=number) + numbered("保密", number=number)
    new = numbered("付款") + numbered("附则")

    redline(paper(old, numbering=numbering(*before)), paper(new, numbering=numbering(*after)))
    redline(paper(old, numbering=numbering(*before)), paper(p("付款") + p("附则")))


def test_a_list_brought_over_has_no_sign_of_its_own_by_which_word_would_take_it_for_the_other():
    def lists(pattern: str) -> str:
        sign = '<w:nsid w:val="1A2B3C4D"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="9"/>'
        return numbering(pattern).replace('<w:multiLevelType w:val="multilevel"/>', sign)

    made = redline(
        paper(numbered("付款") + numbered("保密"), numbering=lists("第%1条")),
        paper(numbered("付款"), numbering=lists("%1、")),
    )

    root = etree.fromstring(zipfile.ZipFile(BytesIO(made)).read("word/numbering.xml"))
    assert len(root.findall(f"{W}abstractNum")) == 2
    assert [len(list(root.iter(f"{W}{name}"))) for name in ("nsid", "tmpl")] == [1, 1]
