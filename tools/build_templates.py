"""Makes the shipped Word templates anew: `python tools/build_templates.py`.

The words stand here, the look in `HOUSE`; the same script gives the same bytes. A foundation that
has its own paper edits the .docx in Word and does not need this.
"""
# ruff: noqa: E501 - a clause is one line, as it is one paragraph in Word

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from donflow.word.packing import member, pack, unpack  # noqa: E402
from donflow.word.style import SLOTS, set_fonts  # noqa: E402

TEMPLATES = ROOT / "agreement_templates"
SETTLED = datetime(2026, 11, 1, tzinfo=UTC)
# A font that is not there is shown as the second; none is embedded, for they are not ours to give.
FONTS = {"仿宋": "FangSong", "黑体": "SimHei", "宋体": "SimSun", "方正小标宋简体": "宋体"}
PREFIX = "捐赠"  # Word's own styles are called 标题 and 正文 where it speaks Chinese
CLUTTER = {"customXml", "numbering", "stylesWithEffects", "webSettings", "thumbnail", "extended-properties"}  # fmt: skip
SETTINGS = """\
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting \
w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""


@dataclass(frozen=True)
class Style:
    """How one sort of paragraph looks; sizes in points, indent in characters of its own size."""

    font: str = "仿宋"
    size: float = 12
    pitch: float = 23
    indent: int = 0
    align: ALIGN = ALIGN.LEFT
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    page_break: bool = False


# GB/T 9704-2012 lent its margins, fonts and fixed pitch; the body is 小四 where a letter has 三号.
HOUSE = {
    "标题": Style("方正小标宋简体", 22, 34, align=ALIGN.CENTER, after=14),
    "编号": Style(align=ALIGN.RIGHT, after=6),
    "首部": Style(),
    "正文": Style(indent=2, align=ALIGN.JUSTIFY),
    "条": Style("黑体", indent=2, before=6, keep_with_next=True),
    "账户": Style(indent=2),
    "签署页": Style(align=ALIGN.CENTER, after=24, page_break=True, keep_with_next=True),
    "签署": Style(keep_with_next=True),
    "附件": Style(
        "黑体", 16, 30, align=ALIGN.CENTER, after=12, page_break=True, keep_with_next=True
    ),
    "表格": Style(size=12, pitch=22),
    "页脚": Style("宋体", 10.5, 14, align=ALIGN.CENTER),
    "信题": Style("方正小标宋简体", 22, 40, align=ALIGN.CENTER, before=6, after=22),
    "称谓": Style(size=15, pitch=28),
    "信文": Style(size=15, pitch=28, indent=2, align=ALIGN.JUSTIFY),
    "落款": Style(size=15, pitch=28, align=ALIGN.CENTER, keep_with_next=True),
}

PARTIES = """\
甲方（捐赠方）：{{donor_name}}
{{clause donor_kind=organisation}}统一社会信用代码：{{donor_uscc}}{{end}}
{{clause donor_kind=organisation}}法定代表人：{{donor_representative}}{{end}}
{{clause donor_kind=person}}公民身份号码：{{donor_resident_number}}{{end}}
地址：{{donor_address}}
{{clause donor_contact}}联系人：{{donor_contact}}{{end}}
联系电话：{{donor_phone}}

乙方（受赠方）：{{recipient_name}}
统一社会信用代码：{{recipient_uscc}}
法定代表人：{{recipient_representative}}
地址：{{recipient_address}}
联系人：{{recipient_contact}}
联系电话：{{recipient_phone}}
"""
# A clause that may fall away stands last in its article, so that the numbers stay right.
ARTICLES = """\
为支持{{beneficiary}}的教育事业发展，甲方自愿向乙方捐赠财产，乙方同意接受捐赠。根据《中华人民共和国民法典》《中华人民共和国慈善法》《中华人民共和国公益事业捐赠法》《基金会管理条例》等法律法规的规定，甲乙双方经平等协商，订立本协议，共同遵守。
第一条　捐赠财产
（一）甲方自愿、无偿向乙方捐赠货币资金，金额为人民币{{amount_words}}（￥{{amount}}）。
（二）甲方保证捐赠财产来源合法，甲方对捐赠财产依法享有处分权，捐赠不损害国家利益、社会公共利益和他人合法权益。
（三）本捐赠为公益性捐赠，甲方不以捐赠为条件谋取任何形式的经济利益。
第二条　捐赠用途
（一）本捐赠为限定用途的捐赠，受益单位为{{beneficiary}}，捐赠财产用于{{purpose}}。
（二）受益对象、资助标准和使用安排见附件二。
（三）甲方不得指定或者变相指定其利害关系人为受益人。
（四）捐赠用途确需变更的，乙方应当事先征得甲方书面同意，并与甲方签订补充协议。
{{clause naming}}（五）本捐赠所设项目冠名为“{{naming}}”，冠名期限为{{naming_term}}；依法须经批准的，办理批准手续后方可使用。冠名期限届满、项目终止或者本协议解除的，冠名同时终止；甲方出现违法犯罪或者严重损害受益单位声誉的情形的，乙方有权终止冠名。{{end}}
第三条　交付时间和方式
（一）甲方应当于{{due_date}}前将捐赠款一次性足额汇入乙方下列账户：
户名：{{recipient_name}}
开户行：{{bank}}
账号：{{account_number}}
（二）甲方应当按照附件一填写汇款附言。由他人代为汇款的，甲方应当在汇款前向乙方出具书面说明。
（三）捐赠款到达乙方账户之日为交付完成之日。
第四条　捐赠票据与捐赠证书
（一）乙方应当在捐赠款到账后{{receipt_days}}个工作日内，按照实际到账金额向甲方开具公益事业捐赠统一票据。
（二）乙方应当在捐赠款到账后向甲方颁发捐赠证书。
第五条　使用、管理与反馈
（一）乙方对捐赠财产单独核算、专款专用，并接受甲方和有关部门的监督。
（二）乙方会同受益单位按照附件二组织实施，并督促受益单位如实报送使用情况。
（三）乙方应当于每年{{report_by}}前主动向甲方书面反馈捐赠财产的使用情况，直至捐赠财产使用完毕。
（四）项目终止后有剩余捐赠财产的，乙方应当征求甲方意见，用于目的相同或者相近的公益项目，并向社会公开。
{{clause management_fee}}（五）乙方可以按照国家有关规定从本捐赠中列支管理费用，管理费用不超过实际到账金额的{{management_fee}}。{{end}}
第六条　甲方的权利和义务
（一）甲方有权向乙方查询、复制与捐赠财产使用、管理有关的资料，并提出意见和建议。
（二）甲方应当按照约定的时间、金额和方式交付捐赠财产。
（三）甲方应当向乙方如实提供订立本协议、开具票据所必需的信息和材料。
第七条　乙方的权利和义务
（一）乙方有权拒绝违反法律法规、违背公序良俗的附加条件。
（二）乙方应当按照本协议约定的用途使用捐赠财产，不得挪作他用。
（三）乙方应当及时、如实答复甲方的查询，并为甲方查阅、复制有关资料提供便利。
（四）乙方应当依法公开捐赠财产的接受、使用和管理情况。
第八条　保密与个人信息保护
（一）双方对因订立、履行本协议知悉的对方商业秘密和个人信息负有保密义务，法律法规另有规定的除外。
（二）双方应当遵守《中华人民共和国个人信息保护法》的规定，仅为订立和履行本协议、开具票据、颁发证书和反馈使用情况处理必要的个人信息；向他人提供或者公开个人信息的，应当取得本人的单独同意。
{{clause publicity=agreed}}（三）甲方同意乙方公开甲方的姓名或者名称、捐赠金额和捐赠用途；未经甲方另行同意，乙方不得公开甲方的住所、通讯方式等其他信息。{{end}}
{{clause publicity=declined}}（三）甲方不同意公开其姓名或者名称、捐赠金额、住所和通讯方式，乙方不得公开上述信息，法律法规另有规定的除外。{{end}}
第九条　违约责任
（一）甲方未按约定交付捐赠财产的，由双方协商后续交付安排；协商不成的，依照有关法律的规定处理。
（二）乙方未按约定用途使用捐赠财产的，甲方有权要求乙方改正；乙方拒不改正的，甲方可以依法向民政部门投诉、举报或者向人民法院提起诉讼。
（三）一方违反本协议约定给对方造成损失的，应当依法承担相应责任。
第十条　协议的变更与解除
（一）本协议的变更，应当由双方协商一致并签订书面补充协议。
（二）因不可抗力、国家政策调整等原因致使捐赠目的不能实现的，双方可以协商变更捐赠用途或者解除本协议。
（三）甲方因经济状况显著恶化，严重影响其生产经营或者家庭生活的，可以依照有关法律规定的程序不再履行捐赠义务。
（四）本协议解除的，已经按照约定用途使用的捐赠财产不予返还；尚未使用的捐赠财产，由双方按照捐赠目的协商处理。
第十一条　争议解决
因订立、履行本协议发生争议的，双方应当协商解决；协商不成的，任何一方可以向乙方住所地人民法院提起诉讼。
第十二条　附则
（一）本协议未尽事宜，由双方另行签订补充协议，补充协议与本协议具有同等法律效力。
（二）附件一、附件二是本协议的组成部分，与本协议具有同等法律效力。
{{clause donor_kind=organisation}}（三）本协议自双方法定代表人或授权代表签字并加盖公章之日起生效。{{end}}
{{clause donor_kind=person}}（三）本协议自甲方签字、乙方法定代表人或授权代表签字并加盖公章之日起生效。{{end}}
（四）本协议一式{{copies}}份，甲方执{{copies_donor}}份，乙方执{{copies_recipient}}份，具有同等法律效力。
（以下无正文）"""
REMITTANCE_NOTES = """\
一、汇款人的户名应当与甲方名称一致。
二、汇款附言请按上表内容完整填写，以便乙方及时确认到账、开具票据。
三、汇款完成后，请将付款凭证告知乙方联系人。"""
USE = """\
一、受益单位
{{beneficiary}}。
二、受益对象
{{beneficiaries}}。
三、资助标准
{{standard}}。
四、使用安排
{{use_plan}}"""
LETTER = """\
承蒙{{pronoun}}厚爱，于{{received_date}}向{{recipient_name}}捐赠人民币{{amount_words}}（￥{{amount}}），用于{{purpose}}。款项业已收讫，谨此奉告，并致谢忱。
{{clause alumni_class}}{{pronoun}}是{{school_name}}{{alumni_class}}校友，离校多年，心系母校，情牵后学，这份拳拳之心，师生无不感佩。{{end}}
教育是一项需要耐心与信任的事业。{{pronoun}}的慷慨，将化作求学路上的一盏灯、一本书、一次机会，让更多学子安心向学、勇于追梦，也让他们懂得，受人之助，当思传之于人。
我们将恪守约定，专款专用，管好用好每一分捐赠，并及时向{{pronoun}}报告使用情况。诚盼{{pronoun}}常来看看因这份善意而成长的学子。
谨代表全体师生，向{{pronoun}}致以崇高的敬意和衷心的感谢，并祝{{wish}}！
此致"""
SIGNATURES = (  # left, right, least height in points
    ("{{clause donor_kind=organisation}}甲方（盖章）：{{end}}{{clause donor_kind=person}}甲方（签字）：{{end}}", "乙方（盖章）：", 30),
    ("{{donor_name}}", "{{recipient_name}}", 110),
    ("{{clause donor_kind=organisation}}法定代表人或授权代表（签字）：{{end}}", "法定代表人或授权代表（签字）：", 80),
    ("签订日期：　　　　年　　月　　日", "签订日期：　　　　年　　月　　日", 30),
)  # fmt: skip
REMITTANCE = (
    ("户名", "{{recipient_name}}"),
    ("开户行", "{{bank}}"),
    ("账号", "{{account_number}}"),
    ("汇款金额", "人民币{{amount_words}}（￥{{amount}}）"),
    ("汇款附言", "{{remittance_note}}"),
    ("汇款期限", "{{due_date}}前"),
)


def main() -> None:
    """Write every shipped .docx."""
    (TEMPLATES / "cash/agreement.docx").write_bytes(agreement())
    (TEMPLATES / "acknowledgement/acknowledgement.docx").write_bytes(acknowledgement())


def agreement() -> bytes:
    """捐赠协议书 for a gift of money in one sum."""
    document = blank("捐赠协议书")
    page_numbers(document)
    write(document, "标题", "捐赠协议书")
    write(document, "编号", "{{clause agreement_number}}协议编号：{{agreement_number}}{{end}}")
    for line in PARTIES.split("\n"):
        write(document, "首部", line)
    for line in ARTICLES.split("\n"):
        write(document, style_of(line), line)
    write(document, "签署页", "（本页为《捐赠协议书》签署页，无正文）")
    signature_table(document)
    write(document, "附件", "附件一：汇款信息")
    remittance_table(document)
    for note in REMITTANCE_NOTES.split("\n"):
        write(document, "正文", note)
    write(document, "附件", "附件二：捐赠财产使用说明")
    for line in USE.split("\n"):
        write(document, style_of(line), line)
    return saved(document)


def style_of(line: str) -> str:
    """Headings are 第几条 of the agreement and 一、 of an annex; an account's lines stand alone."""
    if re.match(r"第[一二三四五六七八九十]+条|[一二三四五六七八九十]、", line):
        return "条"
    return "账户" if re.match("户名：|开户行：|账号：", line) else "正文"


def acknowledgement() -> bytes:
    """鸣谢函, one page."""
    document = blank("鸣谢函")
    write(document, "信题", "鸣谢函")
    write(document, "称谓", "尊敬的{{salutation}}：")
    for words in LETTER.split("\n"):
        write(document, "信文", words)
    write(document, "称谓", "敬礼！")
    write(document, "称谓", "")
    corner = borderless(document, (Mm(70), Mm(86))).add_row().cells[1]
    for words in ("{{school_name}}", "{{clause signatory}}{{signatory}}{{end}}", "{{letter_date}}"):
        write(corner, "落款", words)
    return saved(document)


def signature_table(document: WordDocument) -> None:
    """Both parties side by side, row by row, so that a long name moves both."""
    table = borderless(document, (Mm(78), Mm(78)))
    for left, right, height in SIGNATURES:
        row = table.add_row()
        row.height = Pt(height)
        write(row.cells[0], "签署", left)
        write(row.cells[1], "签署", right)


def remittance_table(document: WordDocument) -> None:
    """What the donor's bank asks for."""
    table = document.add_table(0, 2, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    fix_widths(table, (Mm(34), Mm(122)))
    for name, words in REMITTANCE:
        row = table.add_row()
        row.height = Pt(32)
        for cell, text in zip(row.cells, (name, words), strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            write(cell, "表格", text)
    write(document, "表格", "")


def write(where: WordDocument | _Cell, style: str, words: str) -> Paragraph:
    """One paragraph; a cell's first, empty one is used."""
    first = isinstance(where, _Cell) and not where.paragraphs[0].text
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.style = PREFIX + style
    if words:
        set_fonts(paragraph.add_run(words)._r, HOUSE[style].font)
    return paragraph


def blank(title: str) -> WordDocument:
    """An A4 page with the house's margins and styles, and nothing of python-docx's template."""
    document = Document()
    drop_clutter(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(32), Mm(30)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(20)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "", "zh-CN"
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = SETTLED
    for name, look in HOUSE.items():
        add_style(document, name, look)
    return document


def add_style(document: WordDocument, name: str, look: Style) -> None:
    style = document.styles.add_style(PREFIX + name, WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    style.font.size = Pt(look.size)
    set_fonts(style.element, look.font)
    paragraph = style.paragraph_format
    paragraph.alignment = look.align
    paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.line_spacing = Pt(look.pitch)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.keep_with_next = look.keep_with_next
    paragraph.page_break_before = look.page_break
    paragraph.widow_control = True
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gap in 2026年9月1日
        spacing = OxmlElement(name)
        spacing.set(qn("w:val"), "0")
        style.element.pPr.find(qn("w:spacing")).addprevious(spacing)
    if look.indent:
        paragraph.first_line_indent = Pt(look.indent * look.size)
        indent = style.element.pPr.find(qn("w:ind"))
        indent.set(qn("w:firstLineChars"), str(look.indent * 100))


def borderless(document: WordDocument, widths: tuple[Mm, Mm]) -> Table:
    table: Table = document.add_table(0, 2, style="Normal Table")
    fix_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties: Any = table._tbl.tblPr  # python-docx types it as perhaps missing
    properties.find(qn("w:tblLook")).addprevious(margins)
    return table


def fix_widths(table: Table, widths: tuple[Mm, Mm]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def page_numbers(document: WordDocument) -> None:
    """第 X 页 共 Y 页, in the middle of the footer."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = PREFIX + "页脚"
    for words in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
        run = paragraph.add_run("1" if words.isascii() else words)
        set_fonts(run._r, HOUSE["页脚"].font)
        if words.isascii():
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), words)
            run._r.addprevious(field)
            field.append(run._r)


def drop_clutter(document: WordDocument) -> None:
    """Take away the many styles and parts of python-docx's template; set Chinese as language."""
    for relations in (document.part.rels, document.part.package.rels):
        for identifier, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[1] in CLUTTER:
                relations.pop(identifier)
    styles = document.styles.element
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "Table Grid"}
    for style in document.styles:
        if style.name not in kept:
            styles.remove(style.element)
    defaults = styles.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    fonts.attrib.clear()
    for slot in SLOTS:
        fonts.set(qn(f"w:{slot}"), "仿宋")
    language = defaults.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")  # of figures: in Chinese, 500,000.00 breaks at its comma
    language.set(qn("w:eastAsia"), "zh-CN")
    defaults.find(f".//{qn('w:pPr')}").clear()


def saved(document: WordDocument) -> bytes:
    """The bytes, packed with fixed dates."""
    stream = BytesIO()
    document.save(stream)
    parts = unpack(stream.getvalue())
    parts |= {"word/fontTable.xml": font_table(), "word/settings.xml": SETTINGS.encode()}
    return pack(member(name, part) for name, part in parts.items())


def font_table() -> bytes:
    table = OxmlElement("w:fonts")
    for name, instead in FONTS.items():
        font, other = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), name)
        other.set(qn("w:val"), instead)
        font.append(other)
        table.append(font)
    return serialize_part_xml(table)


if __name__ == "__main__":
    main()
