"""People enough to search: names, classes and work drawn at random, always the same ones."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from sqlalchemy import insert

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.models import Constituent, ConstituentKind, Status
from donflow.roster.search.keeping import rebuild
from donflow.store.session import Store

SURNAMES = ("王", "李", "张", "单", "解", "欧阳", "尉迟", "吕", "𠮷")
GIVEN = "晚晴启舟明远安宁乐行𠀀𠂇龘"
ODD = ("100%设计", "a_b工作室", "C&D\\云", "🌟星云科技", "Yun-Lu Ltd", "云麓'分社\"", "IBM云")
NOW, TODAY = datetime(2026, 9, 21, 4, tzinfo=UTC), date(2026, 9, 21)


def fill(store: Store, size: int) -> None:
    """Put them into an empty store, past the journal, and make the lines."""
    draw = random.Random(5)
    people, studies, posts = [], [], []
    for number in range(1, size + 1):
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice([*GIVEN, ""])
        if number % 50 == 0:
            name = draw.choice(("Nguyen Thi Lan", "买买提·阿不都", "Anna Šimková"))
        year = draw.randint(1987, 2024)
        people.append(
            {
                "id": number,
                "kind": ConstituentKind.PERSON,
                "name": name,
                "other_names": [],
                "city": draw.choice(("深圳", "云州", "长沙", None)),
                "field_sources": {},
                "status": Status.ACTIVE,
                "key_id": f"{number:032}",
                "salt": "0" * 32,
                "created_at": NOW,
                "changed_at": NOW,
                "row_version": 1,
            }
        )
        told = {
            "constituent_id": number,
            "source": "roster",
            "since": TODAY,
            "confidence": "sure",
            "salt": "0" * 32,
        }
        studies.append(
            {
                **told,
                "major": draw.choice(("会计学", "金融学", "法学")),
                "class_no": str(draw.randint(1, 3)),
                "enrol_year": year,
                "student_no": f"{year}{draw.randint(0, 9999):04}",
            }
        )
        employer = draw.choice((*ODD, "云州会计师事务所", "恒源数智"))
        posts.append({**told, "employer": employer, "job_title": "会计", "current": True})
    with store.writer.begin() as connection:
        for table, rows in ((Constituent, people), (Education, studies), (Employment, posts)):
            connection.execute(insert(table), rows)
    rebuild(store)
