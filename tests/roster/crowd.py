"""A made-up crowd with its truth: names by frequency, phones reused, twins, fathers and sons.

Names come from few surnames and given names, so that namesakes abound, as in real rosters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from donflow.roster.portrait import Portrait, Study

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂华文辉玲红建国峰宇浩然梓涵"
    "欣怡子轩一诺思远志斌海燕晓东雪梅"
)
MAJORS = ("工商管理", "会计学", "市场营销", "行政管理", "旅游管理", "电子商务")
CITIES = ("云州", "江陵", "海晏", "北原", "南浦", "西塘", "东陵", "临川")
TITLES = ("经理", "会计", "科员", "讲师", "总经理", "主任", "工程师")


@dataclass(frozen=True)
class Crowd:
    """Records, and by key who each is."""

    records: tuple[Portrait, ...]
    truth: dict[str, int]


def crowd(size: int, seed: int = 1) -> Crowd:
    """About `size` records: three in a hundred double in some way, one in a hundred a trap."""
    random = Random(seed)
    records: list[Portrait] = []
    truth: dict[str, int] = {}

    def add(person: int, portrait: Portrait, sheet: str) -> None:
        key = f"{sheet}!{len(records) + 3}"
        records.append(replace(portrait, key=key))
        truth[key] = person

    person = 0
    while len(records) < size:
        person += 1
        first = _anybody(random, person)
        add(person, first, "本科")
        chance = random.random()
        if chance < 0.03:
            second, sheet = _double(random, first)
            add(person, second, sheet)
        elif chance < 0.04:
            person += 1
            add(person, _trap(random, first, person), "本科")
        elif chance < 0.043:
            # A class liaison who gave the own number for ten classmates, two of one name.
            mates = [_anybody(random, person + each) for each in range(1, 11)]
            mates[1] = replace(mates[1], name=mates[0].name, gender=mates[0].gender)
            for each in mates:
                person += 1
                add(person, _mate(each, first), "本科")
    return Crowd(tuple(records), truth)


def _anybody(random: Random, number: int) -> Portrait:
    surname = SURNAMES[min(int(random.expovariate(0.09)), len(SURNAMES) - 1)]
    letters = 1 if random.random() < 0.25 else 2
    given = "".join(
        GIVEN[min(int(random.expovariate(0.06)), len(GIVEN) - 1)] for _ in range(letters)
    )
    enrolled = random.randint(1980, 2020)
    birth = f"{enrolled - 18}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    places = random.choice((0, 4, 7, 7, 10, 10, 10))
    knows_phone, knows_work = random.random() < 0.9, random.random() < 0.8
    study = Study(
        "本科",
        random.choice(MAJORS),
        str(random.randint(1, 3)),
        enrolled if random.random() < 0.7 else None,
        enrolled + 4,
    )
    return Portrait(
        key="",
        name=surname + given,
        gender=random.choice(("男", "女", None)),
        births=frozenset({birth[:places]} if places else ()),
        student_nos=frozenset({f"{enrolled}{number:06}"} if random.random() < 0.1 else ()),
        studies=(study,),
        employers=frozenset({f"云州第{random.randint(1, 3000)}公司"} if knows_work else ()),
        job_titles=frozenset({random.choice(TITLES)} if knows_work else ()),
        city=random.choice(CITIES),
        phones=frozenset({f"138{number:08}"} if knows_phone else ()),
        mails=frozenset({f"user{number}@example.cn"} if random.random() < 0.5 else ()),
        wechats=frozenset({f"wx_{number}"} if random.random() < 0.3 else ()),
    )


def _double(random: Random, first: Portrait) -> tuple[Portrait, str]:
    """The same person again: as before, less exact, elsewhere, misspelt, or of a second study."""
    births = frozenset(birth[:7] for birth in first.births)
    moved = frozenset({f"江陵第{random.randint(1, 3000)}公司"})
    phone = frozenset({f"139{random.randint(0, 99999999):08}"})
    graduate = Study("硕士", "管理科学与工程", None, 2021, 2024)
    match random.randint(0, 4):
        case 0:
            return first, "本科"
        case 1:
            return replace(first, births=births, name=" ".join(first.name)), "本科"
        case 2:
            return replace(first, employers=moved, phones=phone), "本科"
        case 3:
            wrong = first.name[:-1] + random.choice(GIVEN)
            return replace(first, name=wrong), "汇总"
        case _:
            no_numbers = replace(first, student_nos=frozenset(), births=births)
            return replace(no_numbers, studies=(graduate,)), "研究生"


def _trap(random: Random, first: Portrait, number: int) -> Portrait:
    """Somebody else who looks alike."""
    other = _anybody(random, number)
    match random.randint(0, 4):
        case 0:  # a namesake in the class
            return replace(other, name=first.name, gender=first.gender, studies=first.studies)
        case 1:  # a twin in the class, at the parents' phone
            name = first.name[:-1] + ("双" if first.name[-1] != "双" else "全")
            return replace(first, name=name, student_nos=other.student_nos, mails=other.mails)
        case 2:  # a son or a daughter at the father's phone
            return replace(other, name=first.name[0] + other.name[1:], phones=first.phones)
        case 3:  # husband or wife, at one phone and one mailbox
            return replace(other, phones=first.phones, mails=first.mails, city=first.city)
        case _:  # a namesake at the same employer
            return replace(other, name=first.name, employers=first.employers)


def _mate(mate: Portrait, liaison: Portrait) -> Portrait:
    return replace(mate, studies=liaison.studies, phones=liaison.phones, city=liaison.city)


def namesakes(crowd_of: Crowd) -> int:
    """How many records share their name with another."""
    names = Counter(record.name for record in crowd_of.records)
    return sum(count for count in names.values() if count > 1)
