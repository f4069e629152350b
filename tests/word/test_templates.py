"""The shipped papers are fit for a foundation; a folder that is not is refused by its lines."""

import itertools
import re
import runpy
import shutil
from pathlib import Path

import pytest

from donflow.word.filling import fill
from donflow.word.packing import unpack
from donflow.word.style import lint_fonts
from donflow.word.templates import FaultyTemplate, load_template
from donflow.word.text import plain_text

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCRIPT = Path(__file__).parents[2] / "tools" / "build_templates.py"
OPTIONS = {
    "agreement_number": "YLJJ-2026-037",
    "donor_contact": "孟知行",
    "naming": "恒源奖学金",
    "management_fee": "3%",
}
PERSON = {"donor_kind": "person", "donor_name": "贺兰亭",
          "donor_resident_number": "110105190001129563", "publicity": "declined"}  # fmt: skip
OF_A_COMPANY = {"donor_uscc", "donor_representative"}


def filled(folder: Path, **changes: str) -> tuple[str, ...]:
    template = load_template(folder)
    return plain_text(fill(template.content, template.fields, template.example | changes))


def test_a_shipped_paper_reads_as_its_snapshot(shipped):
    expected = (SNAPSHOTS / f"{shipped.name}.txt").read_text("utf-8")

    assert "\n".join(filled(shipped)) + "\n" == expected


def test_every_run_of_a_shipped_paper_names_its_chinese_font(shipped):
    template = load_template(shipped)

    assert lint_fonts(template.content) == ()
    assert lint_fonts(fill(template.content, template.fields, template.example)) == ()


def test_a_shipped_file_is_what_its_script_makes(shipped):
    script = runpy.run_path(str(SCRIPT))
    make = script["agreement" if shipped.name == "cash" else "acknowledgement"]

    assert unpack(make()) == unpack(load_template(shipped).content)


def variants() -> list[dict[str, str]]:
    """Each choice of what may be left out, for a company and for a person."""
    chosen = itertools.product(*[(False, True)] * len(OPTIONS), (False, True))
    return [dict(zip((*OPTIONS, "person"), one, strict=True)) for one in chosen]


@pytest.mark.parametrize(
    "choice", variants(), ids=lambda one: "".join(str(int(v)) for v in one.values())
)
def test_an_agreement_is_numbered_without_gap_whatever_is_left_out(cash, choice):
    template = load_template(cash)
    left_out = {name for name in OPTIONS if not choice[name]}
    left_out |= {"naming_term"} if "naming" in left_out else set()
    left_out |= OF_A_COMPANY if choice["person"] else set()
    values = {name: value for name, value in template.example.items() if name not in left_out}
    values |= PERSON if choice["person"] else {}

    lines = plain_text(fill(template.content, template.fields, values))

    articles = [line for line in lines if line.startswith("第")]
    assert [line.split("　")[0][1:-1] for line in articles] == NUMERALS[:12]
    for items in numbered_items(lines):
        assert items == NUMERALS[: len(items)]
    text = "\n".join(lines)
    assert ("冠名" in text.split("第三条")[0]) == choice["naming"]
    assert ("公民身份号码" in text) == choice["person"]
    assert ("甲方（签字）" in text) == choice["person"]
    assert ("甲方（盖章）" in text) != choice["person"]


NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]


def numbered_items(lines: tuple[str, ...]) -> list[list[str]]:
    """The （一）… of each article, by the headings between them."""
    groups: list[list[str]] = [[]]
    for line in lines:
        found = re.match(r"（([一二三四五六七八九十]+)）", line)
        if found:
            groups[-1].append(found[1])
        elif not line.startswith(("户名", "开户行", "账号")):
            groups.append([])
    return groups


def test_an_agreement_keeps_the_rules_that_a_reviewer_checks_first(cash):
    """domain.md H1: words after 人民币, copies that add up, full-width marks, no blank left."""
    lines = filled(cash)
    text = "\n".join(lines)
    signatures = [
        line for line in lines if "签字" in line or "盖章）：" in line or "签订日期" in line
    ]
    body = [line for line in lines if line not in signatures]

    assert re.findall(r"人民币(\S+?)（￥([0-9,.]+)）", text) == [("伍拾万元整", "500,000.00")] * 2
    copies = re.search("一式(.)份，甲方执(.)份，乙方执(.)份", text)
    values = {"壹": 1, "贰": 2, "叁": 3, "肆": 4}
    assert copies is not None
    total, donors, recipients = (values[numeral] for numeral in copies.groups())
    assert total == donors + recipients
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text)
    assert not re.search(r"[_＿□]|\{\{|\}\}|　　|____|XX", "\n".join(body))
    assert text.count("签订日期：") == 2
    assert set(re.findall("《[^》]+》", text)) == {
        "《中华人民共和国民法典》", "《中华人民共和国慈善法》", "《中华人民共和国公益事业捐赠法》",
        "《基金会管理条例》", "《中华人民共和国个人信息保护法》", "《捐赠协议书》",
    }  # fmt: skip
    assert "合同法" not in text
    for annex in ("附件一", "附件二"):
        assert text.count(f"\n{annex}：") == 1
        assert text.count(annex) > 1
    assert not re.search("帐|签定|权力|定金|订金|赠与方", text)


def test_a_letter_of_thanks_to_a_company_says_nothing_of_a_class(acknowledgement):
    template = load_template(acknowledgement)
    values = dict(template.example) | {"salutation": "恒源数智科技", "pronoun": "贵公司"}
    del values["alumni_class"], values["signatory"]

    lines = plain_text(fill(template.content, template.fields, values))

    assert not any("校友" in line for line in lines)
    assert any("承蒙贵公司厚爱" in line for line in lines)
    assert len(lines) == len(filled(acknowledgement)) - 1
    assert lines[-1] == "\t云麓大学管理学院 2026年12月18日"


@pytest.fixture
def folder(tmp_path: Path, cash: Path) -> Path:
    return Path(shutil.copytree(cash, tmp_path / "cash"))


FAULTS = {
    "an unknown key": ("fields.yaml", "    type: choice\n", "    type: choice\n    typ: x\n",
                       "typ"),
    "a field without a mark": ("fields.yaml", "fields:\n", "fields:\n" + "".join(
        f"  {line}\n" for line in ("- name: extra", "  zh: 多", "  en: Extra", "  type: text",
                                   "  required: true", "  example: x")), "extra"),
    "a mark without a field": ("fields.yaml", "name: purpose", "name: purposes", "purpose"),
    "a key missing": ("fields.yaml", "    zh: 协议编号\n", "", "zh"),
    "a key twice": ("fields.yaml", "  kind: cash\n", "  kind: cash\n  kind: cash\n", "kind"),
    "a type that is none": ("fields.yaml", "type: money", "type: sum", "sum"),
    "a truth that is none": ("fields.yaml", "required: true", "required: yes", "yes"),
    "a day that is none": ("fields.yaml", "2026-11-01", "2026-11-31", "2026-11-31"),
    "a file elsewhere": ("fields.yaml", "agreement.docx", "../agreement.docx", "file"),
    "a footer code without mark": ("fields.yaml", "footer_code: false", "footer_code: true",
                                   "footer_code"),
    "an example of another type": ("fields.yaml", "example: 500,000.00", "example: 五十万",
                                   "amount"),
    "a choice that is compared but none": ("fields.yaml", "[agreed, declined]", "[agreed, no]",
                                           "publicity"),
    "an optional field outside a clause": (
        "fields.yaml", "type: text\n    required: true\n    example: 中国工商",
        "type: text\n    required: false\n    example: 中国工商", "bank"),
    "a value missing in the example": ("example.yaml", "bank: 中国工商银行兰州云麓支行\n", "",
                                       "bank"),
    "an unknown value in the example": ("example.yaml", "bank: ", "bnak: 甲\nbank: ", "bnak"),
    "a list where text should be": ("example.yaml", "copies: 肆", "copies: [肆]", "copies"),
    "an anchor": ("example.yaml", "copies: 肆", "copies: &x 肆", "Anchors"),
    "no YAML at all": ("example.yaml", "copies: 肆", "copies: '肆", "YAML"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_folder_is_refused_and_the_fault_named(folder, file, old, new, named):
    text = (folder / file).read_text("utf-8")
    assert old in text
    load_template(folder)
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(FaultyTemplate) as caught:
        load_template(folder)

    assert any(named in str(fault.sentence) for fault in caught.value.faults)


def test_the_line_of_a_fault_is_told_and_all_faults_together(folder):
    text = (folder / "fields.yaml").read_text("utf-8").split("\n")
    line = text.index("    type: money")
    text[line] = "    type: sum"
    text[text.index("  footer_code: false")] = "  footer_code: perhaps"
    (folder / "fields.yaml").write_text("\n".join(text), "utf-8")

    with pytest.raises(FaultyTemplate) as caught:
        load_template(folder)

    lines = [fault.line for fault in caught.value.faults]
    assert lines == [text.index("  footer_code: perhaps") + 1, line + 1]


@pytest.mark.parametrize("missing", ["fields.yaml", "example.yaml", "agreement.docx"])
def test_a_missing_file_is_named(folder, missing):
    (folder / missing).unlink()

    with pytest.raises(FaultyTemplate) as caught:
        load_template(folder)

    assert [fault.file for fault in caught.value.faults] == [missing]


def test_scalars_of_yaml_stay_text(folder):
    text = (folder / "example.yaml").read_text("utf-8")
    (folder / "example.yaml").write_text(
        text.replace("bank: 中国工商银行兰州云麓支行", "bank: no").replace(
            "remittance_note: 深圳市恒源数智科技有限公司捐赠恒源奖学金", "remittance_note: 010"
        ),
        "utf-8",
    )

    example = load_template(folder).example

    assert (example["bank"], example["remittance_note"]) == ("no", "010")
