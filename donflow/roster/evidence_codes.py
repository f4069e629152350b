"""The evidence codes of matching: what each weighs, and what it says to a person."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from donflow.errors import N_, Sentence, say


class Evidence(StrEnum):
    """What was found when two records were compared."""

    SAME_STUDENT_NO = "same_student_no"
    SAME_PHONE = "same_phone"
    SAME_MAIL = "same_mail"
    SAME_WECHAT = "same_wechat"
    SHARED_PHONE = "shared_phone"
    SAME_LANDLINE = "same_landline"
    SHARED_OTHER = "shared_other"
    NAME_EQUAL = "name_equal"
    NAME_SPACING = "name_spacing"
    NAME_SIMILAR = "name_similar"
    NAME_DIFFERS = "name_differs"
    NAME_INCOMPLETE = "name_incomplete"
    BIRTH_EXACT = "birth_exact"
    BIRTH_COMPATIBLE = "birth_compatible"
    BIRTH_AMBIGUOUS = "birth_ambiguous"
    BIRTH_YEAR = "birth_year"
    SAME_CLASS = "same_class"
    ALONE_IN_CLASS = "alone_in_class"
    ALIKE_IN_ALL = "alike_in_all"
    SAME_COHORT = "same_cohort"
    SECOND_DEGREE = "second_degree"
    SAME_EMPLOYER = "same_employer"
    SAME_TITLE = "same_title"
    SAME_CITY = "same_city"
    PHONE_DIFFERS = "phone_differs"
    EMPLOYER_DIFFERS = "employer_differs"
    CITY_DIFFERS = "city_differs"
    CLASS_DIFFERS = "class_differs"
    ETHNICITY_DIFFERS = "ethnicity_differs"
    YEARS_DIFFER = "years_differ"
    GENDER_DIFFERS = "gender_differs"
    BIRTH_DIFFERS = "birth_differs"
    STUDENT_NO_DIFFERS = "student_no_differs"
    NAMESAKES_IN_CLASS = "namesakes_in_class"


def in_words(evidence: Evidence) -> Sentence:
    """What an evidence code says, for a person who decides."""
    return say(_WORDS[evidence])


WEIGHTS: Mapping[Evidence, int] = MappingProxyType(
    {
        Evidence.SAME_STUDENT_NO: 50,
        Evidence.SAME_PHONE: 35,
        Evidence.SAME_MAIL: 35,
        Evidence.SAME_WECHAT: 30,
        Evidence.SHARED_PHONE: 15,
        Evidence.SAME_LANDLINE: 15,
        Evidence.SHARED_OTHER: 10,
        Evidence.NAME_EQUAL: 35,
        Evidence.NAME_SPACING: 35,
        Evidence.NAME_SIMILAR: 15,
        Evidence.NAME_DIFFERS: 0,
        Evidence.NAME_INCOMPLETE: -5,
        Evidence.BIRTH_EXACT: 33,
        Evidence.BIRTH_COMPATIBLE: 20,
        Evidence.BIRTH_AMBIGUOUS: 14,
        Evidence.BIRTH_YEAR: 6,
        Evidence.SAME_CLASS: 15,
        Evidence.ALONE_IN_CLASS: 18,
        Evidence.ALIKE_IN_ALL: 10,
        Evidence.SAME_COHORT: 8,
        Evidence.SECOND_DEGREE: 10,
        Evidence.SAME_EMPLOYER: 15,
        Evidence.SAME_TITLE: 5,
        Evidence.SAME_CITY: 5,
        Evidence.PHONE_DIFFERS: -4,
        Evidence.EMPLOYER_DIFFERS: -2,
        Evidence.CITY_DIFFERS: -2,
        Evidence.CLASS_DIFFERS: -5,
        Evidence.ETHNICITY_DIFFERS: -15,
        Evidence.YEARS_DIFFER: -10,
        Evidence.GENDER_DIFFERS: -25,
        Evidence.BIRTH_DIFFERS: -25,
        Evidence.STUDENT_NO_DIFFERS: -40,
        Evidence.NAMESAKES_IN_CLASS: -25,
    }
)
"""A proposal needs 60 points: a name gives 35, so that at least two more things must speak."""

CONTRADICTIONS = frozenset(
    {
        Evidence.YEARS_DIFFER,
        Evidence.GENDER_DIFFERS,
        Evidence.BIRTH_DIFFERS,
        Evidence.STUDENT_NO_DIFFERS,
        Evidence.NAMESAKES_IN_CLASS,
    }
)
"""No group of records holds two that contradict each other."""


MOVED_AWAY = frozenset({Evidence.EMPLOYER_DIFFERS, Evidence.CITY_DIFFERS})
"""Where both are so, a phone alone may be that of a liaison who told of two namesakes."""

NO_EMPLOYER = frozenset(
    (
        *("自由职业", "自由职业者", "自由", "灵活就业", "个体", "个体户", "个体工商户", "个体经营"),
        *(
            "退休",
            "已退休",
            "离退休",
            "离休",
            "待业",
            "待就业",
            "未就业",
            "失业",
            "无业",
            "无",
            "暂无",
        ),
        *(
            "创业",
            "自主创业",
            "务农",
            "在家",
            "家庭主妇",
            "全职太太",
            "学生",
            "在读",
            "升学",
            "读研",
        ),
        *("考研", "出国", "留学", "保密", "不详", "未知", "其他", "其它"),
    )
)
"""What stands in the column of the employer and names none: many say the same of themselves."""

STRONG = frozenset(
    {Evidence.SAME_STUDENT_NO, Evidence.SAME_PHONE, Evidence.SAME_MAIL, Evidence.SAME_WECHAT}
)
SAME_NAME = frozenset({Evidence.NAME_EQUAL, Evidence.NAME_SPACING})
STUDIED_TOGETHER = frozenset({Evidence.SAME_CLASS, Evidence.SAME_COHORT})

_WORDS: Mapping[Evidence, str] = MappingProxyType(
    {
        Evidence.SAME_STUDENT_NO: N_("the same student number"),
        Evidence.SAME_PHONE: N_("the same phone"),
        Evidence.SAME_MAIL: N_("the same mail address"),
        Evidence.SAME_WECHAT: N_("the same WeChat name"),
        Evidence.SHARED_PHONE: N_("the same phone, which others use too"),
        Evidence.SAME_LANDLINE: N_("the same landline, where several people are reached"),
        Evidence.SHARED_OTHER: N_(
            "the same mail, WeChat name or student number, used by others too"
        ),
        Evidence.NAME_EQUAL: N_("the same name"),
        Evidence.NAME_SPACING: N_("the same name but for spaces or dots"),
        Evidence.NAME_SIMILAR: N_("one character of the name is different"),
        Evidence.NAME_DIFFERS: N_("the names are different"),
        Evidence.NAME_INCOMPLETE: N_("the name is not told in full"),
        Evidence.BIRTH_EXACT: N_("the same day of birth"),
        Evidence.BIRTH_COMPATIBLE: N_("the dates of birth fit"),
        Evidence.BIRTH_AMBIGUOUS: N_("the dates of birth can be the same"),
        Evidence.BIRTH_YEAR: N_("the same year of birth"),
        Evidence.SAME_CLASS: N_("the same class"),
        Evidence.ALONE_IN_CLASS: N_("nobody else of the class or year has the name"),
        Evidence.ALIKE_IN_ALL: N_("alike in everything that is told"),
        Evidence.SAME_COHORT: N_("the same year and major"),
        Evidence.SECOND_DEGREE: N_("two courses of study, one after the other"),
        Evidence.SAME_EMPLOYER: N_("the same employer"),
        Evidence.SAME_TITLE: N_("the same job title"),
        Evidence.SAME_CITY: N_("the same city"),
        Evidence.PHONE_DIFFERS: N_("the phones are different"),
        Evidence.EMPLOYER_DIFFERS: N_("the employers are different"),
        Evidence.CITY_DIFFERS: N_("the cities are different"),
        Evidence.CLASS_DIFFERS: N_("the classes are different"),
        Evidence.ETHNICITY_DIFFERS: N_("the ethnicities are different"),
        Evidence.YEARS_DIFFER: N_("the years of one degree are far apart"),
        Evidence.GENDER_DIFFERS: N_("the genders are different"),
        Evidence.BIRTH_DIFFERS: N_("the dates of birth are different"),
        Evidence.STUDENT_NO_DIFFERS: N_(
            "different student numbers, more than the courses of study"
        ),
        Evidence.NAMESAKES_IN_CLASS: N_("two of one name in one class, with different phones"),
    }
)
