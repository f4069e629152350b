"""A chapter is founded, serves its term, is re-elected: typing what is printed brings it there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import pytest

from tests.databases import both, only_sqlite
from tests.journeys.desk import Desk

OfficeAt = Callable[..., Desk]

PEOPLE = ("贺兰舟", "江远帆", "梁启舟", "苏映雪")
FOUNDING = (("chair", "贺兰舟"), ("vice_chair", "江远帆"), ("secretary_general", "梁启舟"))
AFTER = (("chair", "江远帆"), ("vice_chair", "苏映雪"), ("secretary_general", "梁启舟"))


def begun(desk: Desk) -> Desk:
    """An office with people, and a chapter that some of them intend to found."""
    for name in PEOPLE:
        desk(f"person add {name}")
    desk("chapter new 陕西校友分会 --type 地方校友分会 --city 西安")
    return desk


class Secretary:
    """Types what is printed, and puts into it what she knows."""

    def __init__(self, desk: Desk, officers: tuple[tuple[str, str], ...]) -> None:
        self.desk, self.officers = desk, iter(officers)
        paper = next(desk.papers.glob("*.pdf")).name
        self.known = {"FILE": f"材料/{paper}", "MINUTES": f"材料/{paper}", "PERSON": "贺兰舟"}
        self.known |= {"NUMBER": "云麓管院纪〔2026〕12号", "TEXT": "分会要求"}
        self.typed: list[str] = []

    def type(self, printed: str) -> None:
        command = printed.removeprefix("Run: ")
        if "OFFICE PERSON" in command:
            command = command.replace("OFFICE PERSON", " ".join(next(self.officers)))
        known = self.known | {"DAY": self.desk.day}
        command = re.sub(r"\b[A-Z]{3,}\b", lambda word: known[word[0]], command)
        self.desk(command)
        self.typed.append(command)

    def follow(self, part: str, until: str | None) -> None:
        """Type the next step, or the first thing that it lacks, until the row stands there."""
        for _ in range(40):
            shown = self.desk("chapter show 1 --json", lang="en").data
            row = shown if part == "chapter" else shown["election"]
            if (row and row["stage"]) == until:
                return
            step = row["next"][0]
            self.type(step["command"] if step["ready"] else step["missing"][0]["remedy"])
        raise AssertionError(f"not at {until}: {self.typed}")


@both
def test_a_chapter_is_founded_and_re_elected_by_what_is_printed(office: Desk) -> None:
    desk = begun(office)
    founding = Secretary(desk, FOUNDING)
    founding.follow("chapter", "public")
    assert "donflow chapter advance 1 settle" in founding.typed
    assert [row["name"] for row in desk("chapter officers 1 --json").data] == [
        name for _, name in FOUNDING
    ]
    assert desk("today --json").data == []

    desk.day = "2028-03-02"  # a year before the end of the term
    (line,) = desk("today --json").data
    assert (line["what"], line["chapter"], line["due_on"]) == (
        "re_election",
        "陕西校友分会",
        "2029-03-02",
    )
    assert line["command"] in desk("today").out
    election = Secretary(desk, AFTER)
    election.type(line["command"])
    election.follow("election", "convening")
    desk.day = "2029-02-20"
    election.follow("election", None)
    assert [row["name"] for row in desk("chapter officers 1 --json").data] == [
        name for _, name in AFTER
    ]
    terms = {row["person_name"]: row for row in desk("chapter terms --json").data}
    assert {row["council"] for row in terms.values()} == {2}
    assert {row["ends_on"] for row in terms.values()} == {"2032-02-20"}
    assert {name: row["may_stand"] for name, row in terms.items()} == {
        "江远帆": True,  # once chair; vice-chair before was another office
        "苏映雪": True,
        "梁启舟": False,  # secretary-general a second time
    }
    assert desk("today --json").data == []
    assert desk("verify --json").data["findings"] == []


@only_sqlite("the rules are the same on both")
def test_guidance_against_the_list_takes_it_back_and_a_changed_list_is_asked_anew(
    office: Desk,
) -> None:
    desk = begun(office)
    Secretary(desk, FOUNDING).follow("chapter", "advising")
    assert desk.refused("chapter advance 1 settle") == {"leaders_advised", "council_advised"}
    assert desk.refused("chapter advance 1 报请指导") == {"not_from_here"}
    paper = f"材料/{next(desk.papers.glob('*.pdf')).name}"
    assert desk.refused("chapter opinion 1 leaders --minutes 一号") == {"document_missing"}
    opinion = f"chapter opinion 1 {{}} --file {paper}"
    early = opinion.format("leaders --minutes 一号 --on 2026-03-01")
    assert desk.refused(early) == {"guidance_too_early"}
    desk(opinion.format("leaders --minutes 一号"))
    desk(opinion.format("council --minutes 二号 --verdict against --note 秘书长宜另选"))
    answer = desk("chapter advance 1 settle --json", code=2, lang="en")
    (refusal,) = answer.refusals
    assert refusal["reason"] == "The association's council advised against the list."
    desk(shlex.join(shlex.split(refusal["remedy"].removeprefix("Run: ").replace("TEXT", "调整"))))
    desk("chapter propose 1 secretary_general 梁启舟 --strike", day="2026-03-03")
    desk("chapter propose 1 secretary_general 苏映雪")
    desk("chapter advance 1 consult")
    # both spoke of the list as it was
    assert desk.refused("chapter advance 1 settle") == {"leaders_advised", "council_advised"}
    desk(opinion.format("leaders --minutes 三号 --verdict with_changes"), day="2026-03-04")
    desk(opinion.format("council --minutes 四号"))
    assert desk.refused("chapter advance 1 settle") == {"leaders_advised"}
    desk("chapter propose 1 director 江远帆 --also", day="2026-03-05")
    # the change asks both anew
    assert desk.refused("chapter advance 1 settle") == {"leaders_advised", "council_advised"}
    for body in ("leaders", "council"):
        desk(opinion.format(f"{body} --minutes 五号"))
    desk("chapter advance 1 settle")
    # a final list is neither changed nor stepped round
    assert desk.refused("chapter propose 1 director 苏映雪 --also") == {"list_final"}
    assert desk.refused("chapter propose 1 chair 贺兰舟 --strike") == {"list_final"}
    assert desk.refused("chapter council 1 --no 1 --elected-on 2026-03-01") == {"founding_seats"}
    assert desk.refused("chapter seat 1 chair 苏映雪") == {"founding_seats"}
    (found,) = [
        step for step in desk("chapter show 1 --json").data["next"] if "found" in step["command"]
    ]
    assert [each["code"] for each in found["missing"]] == ["founding_held"]


@only_sqlite("the rules are the same on both")
def test_the_first_screen_tells_each_stage_of_a_term_and_then_is_silent(office: Desk) -> None:
    desk = begun(office)
    desk("chapter edit 1 --contact 贺兰舟")
    desk("chapter council 1 --no 1 --elected-on 2023-05-31")
    for post, name in FOUNDING:
        desk(f"chapter seat 1 {post} {name}")
    desk("chapter advance 1 take_over")

    def told(day: str) -> list[tuple[str, str]]:
        return [(line["what"], line["due_on"]) for line in desk("today --json", day=day).data]

    due = [("re_election", "2026-05-31")]
    stages = {
        day: [row["warning"] for row in desk("chapter terms 1 --json", day=day).data[:1]]
        for day in ("2026-03-02", "2026-05-31", "2026-06-01")
    }
    assert stages == {"2026-03-02": [3], "2026-05-31": [3], "2026-06-01": [0]}
    assert told("2026-06-01") == due
    assert "换届逾期" in desk("today").out
    desk("election new 1")
    desk("election notice 1 --late-because 疫情延期")
    Secretary(desk, AFTER).follow("election", None)
    assert told("2026-06-02") == []
    assert desk("chapter terms 1 --json").data[0]["warnings"] == []


@pytest.fixture
def shared(office_at: OfficeAt) -> Desk:
    return begun(office_at("new", shared=True))


@only_sqlite("who sees what does not depend on the database")
def test_a_chapters_officer_sees_that_chapter_and_no_other(shared: Desk) -> None:
    desk = shared
    desk("chapter new 海外校友会 --type overseas")
    assert desk("chapter list --json", as_="wai").data == []
    desk("chapter edit 2 --user wai")
    assert [row["chapter"] for row in desk("chapter list --json", as_="wai").data] == [2]
    assert [row["chapter"] for row in desk("chapter list --json", as_="he").data] == [1, 2]
    mine = desk("chapter show 1 --json", as_="wai", code=2, lang="en").refusals
    gone = desk("chapter show 9 --json", as_="wai", code=2, lang="en").refusals
    assert [each["reason"].replace("9", "1") for each in gone] == [each["reason"] for each in mine]
    assert desk.refused("chapter advance 2 prepare", as_="wai") == {"not_permitted"}
