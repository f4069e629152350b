"""The personal information form (校友信息表): the known stands on it masked, the rest is blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from donflow.roster.models import Consent, ContactKind, Decision, Purpose
from donflow.roster.reading.rows import Column
from donflow.roster.studies import Course
from donflow.roster.traits import Trait
from donflow.roster.whole import WholePerson
from donflow.word.printed_form import Closing, Grid, Heading, Part, Small, draw_form

TITLE: Final = "校友信息表"
NUMBER_LABEL: Final = "表号"
NOTICE_VERSION: Final = "校友信息表2026-1"
"""Stands on the form, and with each consent that comes back: which notice was read."""

LABELS: Final[Mapping[Column, str]] = MappingProxyType(
    {
        Column.NAME: "姓名",
        Column.GENDER: "性别",
        Column.BIRTH: "出生日期",
        Column.ETHNICITY: "民族",
        Column.PROVINCE: "所在省份",
        Column.CITY: "所在城市",
        Column.PHONE: "手机",
        Column.WECHAT: "微信号",
        Column.EMAIL: "电子邮箱",
        Column.EMPLOYER: "工作单位",
        Column.JOB_TITLE: "职务",
        Column.DEGREE: "学历",
        Column.MAJOR: "专业",
        Column.CLASS_NO: "班级",
        Column.ENROL_YEAR: "入学年份",
        Column.GRAD_YEAR: "毕业年份",
        Column.STUDENT_NO: "学号",
    }
)
"""What each field is called on the form and in the sheet."""
STUDY_COLUMNS: Final = (
    Column.DEGREE,
    Column.MAJOR,
    Column.CLASS_NO,
    Column.ENROL_YEAR,
    Column.GRAD_YEAR,
    Column.STUDENT_NO,
)
STUDY_ROWS: Final = 3
CONSENTS: Final[Mapping[Purpose, tuple[str, str]]] = MappingProxyType(
    {
        Purpose.DATA_KEEPING: ("保存资料", "保存并更新本表资料，用于校友联络与服务"),
        Purpose.GREETINGS: ("节日问候", "收到节日、生日和校庆的问候"),
        Purpose.PUBLICITY_NAME: ("公开姓名", "在校友名录、活动报道和芳名录中公开姓名与届别"),
        Purpose.PUBLICITY_AMOUNT: ("公开金额", "如有捐赠，公开捐赠金额"),
        Purpose.PUBLICITY_PICTURE: ("公开照片", "在学院网站和宣传册中使用本人参加活动的照片"),
    }
)
"""By purpose: its name on the form, and what is agreed to (PIPL 14, 23, 25)."""
BOX: Final = "□"


@dataclass(frozen=True)
class Handler:
    """Who handles the data, as PIPL 17 has them named: university, office, how to reach it."""

    university: str
    office: str
    contact: str


@dataclass(frozen=True)
class FormFields:
    """What a form says of one person; empty where it is to be filled in."""

    number: str
    values: Mapping[Column, str]
    studies: tuple[Mapping[Column, str], ...] = ()
    consents: Mapping[Purpose, str] = field(default_factory=dict)
    """The day on which a consent that still holds was given."""


BLANK: Final = FormFields("", MappingProxyType({}))
"""A form for somebody who is not known yet."""


def fields_of(whole: WholePerson, number: str) -> FormFields:
    """What is known, as it stands on the person's form: what identifies is masked there too.

    A form may go to a wrong address; who it is meant for knows the hidden places.
    """
    traits = {each.trait: each.shown for each in whole.traits}
    ways: dict[str, list[str]] = {}
    for way in whole.view.contact_points:
        ways.setdefault(way.kind, []).append(way.shown)
    post = next((each for each in whole.posts if each.current), None)
    values = {
        Column.NAME: whole.view.name,
        Column.GENDER: GENDERS.get(traits.get(Trait.GENDER, ""), ""),
        Column.BIRTH: traits.get(Trait.BIRTH, ""),
        Column.ETHNICITY: traits.get(Trait.ETHNICITY, ""),
        Column.PROVINCE: traits.get(Trait.PROVINCE, ""),
        Column.CITY: traits.get(Trait.CITY, ""),
        Column.PHONE: "、".join(ways.get(ContactKind.PHONE, [])),
        Column.WECHAT: "、".join(ways.get(ContactKind.WECHAT, [])),
        Column.EMAIL: "、".join(ways.get(ContactKind.MAIL, [])),
        Column.EMPLOYER: (post.employer if post else None) or "",
        Column.JOB_TITLE: (post.job_title if post else None) or "",
    }
    return FormFields(
        number,
        values,
        tuple(study_fields(study.course) for study in whole.studies),
        _given(whole.consents),
    )


def study_fields(course: Course) -> dict[Column, str]:
    """A study by the columns of the form."""
    return {column: str(getattr(course, column) or "") for column in STUDY_COLUMNS}


def draw_person_form(fields: FormFields, handler: Handler) -> bytes:
    """The form as one page of A4 in .docx; more than three studies make it longer."""
    number = fields.number or "（由办公室填写）"
    line = f"{handler.office}　　{NUMBER_LABEL}：{number}　　星号处为已有资料，未变不必重填。"
    return draw_form(TITLE, line, _parts(fields, handler))


def sheet_headers() -> tuple[str, ...]:
    """The headers of the form as a sheet: one study a row, no consents, which need a signature."""
    return (NUMBER_LABEL, *LABELS.values())


def sheet_rows(people: Sequence[FormFields]) -> list[tuple[str, ...]]:
    """A row for each study, or one for whom none is known; the number in each."""
    rows = []
    for fields in people:
        for study in fields.studies or ({},):
            told = {**fields.values, **study}
            rows.append((fields.number, *(told.get(column, "") for column in LABELS)))
    return rows


def _parts(fields: FormFields, handler: Handler) -> list[Part]:
    return [
        Heading("一、基本情况"),
        Grid((24, 63, 24, 63), _pairs(fields.values, _BASICS), _PAIR_LABELS),
        Grid((24, 150), ((LABELS[Column.EMAIL], fields.values.get(Column.EMAIL, "")),), _FIRST),
        Heading("二、在校学习经历"),
        Grid((20, 44, 30, 22, 22, 36), _study_rows(fields.studies), headed=True),
        Heading("三、现任工作"),
        Grid((24, 88, 18, 44), _pairs(fields.values, _WORK), _PAIR_LABELS),
        Heading("四、授权（同意的请在右侧方框内打√；各项分别选择，不选不影响校友服务）"),
        Grid((26, 108, 40), _consent_rows(fields.consents), _FIRST, left=frozenset({1})),
        Heading("五、个人信息处理告知（《中华人民共和国个人信息保护法》第十七条）"),
        *(Small(text) for text in _notice(handler)),
        Closing("本人签名：＿＿＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日"),
    ]


def _pairs(
    values: Mapping[Column, str], pairs: Sequence[tuple[Column, Column]]
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(text for column in pair for text in (LABELS[column], values.get(column, "")))
        for pair in pairs
    )


def _study_rows(studies: Sequence[Mapping[Column, str]]) -> tuple[tuple[str, ...], ...]:
    blank = [dict.fromkeys(STUDY_COLUMNS, "")] * max(STUDY_ROWS - len(studies), 1)
    rows = [tuple(study[column] for column in STUDY_COLUMNS) for study in (*studies, *blank)]
    return (tuple(LABELS[column] for column in STUDY_COLUMNS), *rows)


def _consent_rows(given: Mapping[Purpose, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, words, f"已同意 {day}" if (day := given.get(purpose)) else f"{BOX}同意")
        for purpose, (name, words) in CONSENTS.items()
    )


def _given(said: Sequence[Consent]) -> dict[Purpose, str]:
    last = {Purpose(each.purpose): each for each in said}
    return {
        purpose: each.stated_on.isoformat()
        for purpose, each in last.items()
        if each.decision == Decision.GIVEN
    }


def _notice(handler: Handler) -> tuple[str, ...]:
    return (
        f"1. 处理者：{handler.university}，由{handler.office}经办，联系方式：{handler.contact}。",
        "2. 目的与方式：用于校友联络、活动通知、校友服务和校友总表的更新；以电子方式保存，"
        "联系方式加密存放，只有经授权的经办人可以使用。"
        "用于其他目的、对外提供或公开，须另行取得您的同意。",
        "3. 种类：本表所列各项。除姓名外均可不填，不填不影响您享受校友服务。",
        "4. 保存期限：保存到您要求删除或实现上述目的不再需要时为止；"
        "捐赠协议、票据等依法须留存的，从其规定。",
        "5. 您的权利：您可随时查阅、复制、更正、补充或要求删除本人资料，也可随时撤回任何一项同意"
        f"；撤回不影响此前已进行的处理。请按上述联系方式提出。（告知版本：{NOTICE_VERSION}）",
    )


GENDERS: Final = {"male": "男", "female": "女"}
_BASICS: Final = (
    (Column.NAME, Column.GENDER),
    (Column.BIRTH, Column.ETHNICITY),
    (Column.PROVINCE, Column.CITY),
    (Column.PHONE, Column.WECHAT),
)
_WORK: Final = ((Column.EMPLOYER, Column.JOB_TITLE),)
_PAIR_LABELS: Final = frozenset({0, 2})
_FIRST: Final = frozenset({0})
