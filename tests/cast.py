"""The fictional people of the tests: who they are, what they may do, and the donor they serve."""

from __future__ import annotations

from dataclasses import dataclass

INIT = (
    "donflow init --exercise --university 云麓大学 --school 云麓大学管理学院"
    " --office 云麓大学管理学院校友工作办公室 --custodian 档案室郑老师 --user lin --name 林秘书"
    " --foundation 云麓大学教育发展基金会 --number 5362000063QPM17P7B --representative 秦望川"
    " --address 兰州市城关区云麓南路222号 --contact 周审核 --phone 0931-0000222"
    " --bank 中国工商银行兰州云麓支行 --account 2703000000000001234"
)
FIRST_DAY = "2026-03-02"

COMPANY = "深圳市恒源数智科技有限公司"
COMPANY_NUMBER = "9144030046G9311043"
REPRESENTATIVE = "梁启舟"


@dataclass(frozen=True)
class Person:
    """Somebody with a user in a shared desk."""

    username: str
    name: str
    role: str
    capacities: tuple[str, ...] = ()


LIN = Person("lin", "林秘书", "secretary")
"""The alumni secretary: set up by `init`."""
ADMIN = Person("zheng", "郑管理", "admin")
"""The second person of a shared desk: set up by `init --admin`."""
HE = Person("he", "何老师", "liaison")
XU = Person("xu", "许院长", "leader")
ZHOU = Person("zhou", "周审核", "reviewer", ("reviewer", "legal", "secretary_general"))
QIAN = Person("qian", "钱财务", "finance")
FANG = Person("fang", "方印管", "seal_keeper")
OUTSIDER = Person("wai", "外人", "chapter_officer")

SECOND_USERS = (HE, XU, ZHOU, QIAN, FANG, OUTSIDER)
"""Added to a shared desk by orders: asked for by the secretary, confirmed by the administrator."""

EVERYBODY = (LIN, ADMIN, *SECOND_USERS)
