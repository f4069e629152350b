"""Terms as an office keeps them: articles, councils, seats, candidates; each chapter by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.journeys.desk import Desk, Workshop

PEOPLE = ("贺兰舟", "江远帆", "梁启舟", "苏映雪")
OFFICERS = (("chair", "贺兰舟"), ("vice_chair", "江远帆"), ("secretary_general", "梁启舟"))
NUMBERS = count(1)
TODAY = "2026-03-02"


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("new", tmp_path_factory.mktemp("chapters") / "office")
    for name in PEOPLE:
        desk(f"person add {name}")
    yield desk
    desk.close()


@pytest.fixture
def paper(desk: Desk) -> str:
    return f"材料/{next(desk.papers.glob('*.pdf')).name}"


def seated(desk: Desk, *elected_on: str, kind: str = "regional") -> int:
    """A chapter with councils elected on these days, the same three officers in each."""
    desk.day = TODAY
    number = desk(f"chapter new 分会之{next(NUMBERS)}号 --type {kind} --contact 贺兰舟 --json").data
    chapter = int(number["chapter"])
    for no, day in enumerate(elected_on, start=1):
        desk(f"chapter council {chapter} --no {no} --elected-on {day}")
        for office, name in OFFICERS:
            desk(f"chapter seat {chapter} {office} {name}")
    return chapter


def terms(desk: Desk, chapter: int) -> dict[str, dict[str, object]]:
    return {row["person_name"]: row for row in desk(f"chapter terms {chapter} --json").data}


def test_a_council_keeps_its_term_when_the_article_changes(desk: Desk, paper: str) -> None:
    chapter = seated(desk, "2023-05-18")
    assert desk.refused(f"chapter article {chapter} --source 第二十条") == {"no_charter"}
    desk(f"chapter charter {chapter} --file {paper} --adopted-on 2023-01-01")
    desk(f"chapter article {chapter} --source 第二十条 --years 2 --from 2024-01-01")
    assert {row["ends_on"] for row in terms(desk, chapter).values()} == {"2026-05-18"}
    desk(f"chapter council {chapter} --no 2 --elected-on 2026-03-01")
    assert desk.refused(f"chapter council {chapter} --no 4 --elected-on 2026-03-02") == {
        "council_gap"
    }
    desk(f"chapter seat {chapter} chair 苏映雪")
    (row,) = terms(desk, chapter).values()
    assert (row["ends_on"], row["rule"], row["council"]) == ("2028-03-01", "第二十条", 2)


def test_an_article_of_a_type_holds_for_its_type_alone(desk: Desk, paper: str) -> None:
    overseas = seated(desk, "2025-05-18", kind="overseas")
    regional = seated(desk, "2025-05-18")
    desk(f"chapter charter --type overseas --file {paper} --adopted-on 2020-01-01")
    desk("chapter article --type 海外校友会 --source 海外章程第九条 --years 5 --most-terms 1")
    rows = [terms(desk, chapter)["贺兰舟"] for chapter in (overseas, regional)]
    assert [row["ends_on"] for row in rows] == ["2030-05-18", "2028-05-18"]
    assert [row["may_stand"] for row in rows] == [False, True]
    assert [row["title"] for row in rows] == [
        {"zh": "会长", "en": "president"},
        {"zh": "理事长", "en": "chair"},
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("charter {} --file {paper} --adopted-on 2025-01-01 --in-force-from 2024-01-01",
         "force_before_adoption"),
        ("charter {} --type regional --file {paper}", "two_owners"),
        ("article --type regional --source 第三条", "no_charter"),
        ("article --type overseas --source 第三条 --years 0", "article_impossible"),
        ("council {} --no 1 --elected-on 2024-05-18", "council_out_of_turn"),
        ("council {} --no 2 --elected-on 2022-05-18", "council_out_of_turn"),
        ("seat {} chair 贺兰舟", "already_seated"),
        ("seat {} director 苏映雪 --since 2023-05-17", "not_its_time"),
        ("seat {} director 苏映雪 --council 7", "no_council"),
        ("unseat {} chair 苏映雪 --because resigned", "not_seated"),
        ("unseat {} chair 贺兰舟 --because resigned --on 2023-05-17", "not_its_time"),
        ("propose {} chair 苏映雪 --strike", "not_proposed"),
        ("record {} name_permitted", "document_missing"),
        ("new 分会之一号 --type 俱乐部", "unknown_kind"),
        ("new 12 --type regional", "chapter_name"),
        ("edit {}", "nothing_to_change"),
        ("advance {} found", "own_command"),
        ("show 分会之", "several_chapters"),
        ("show 没有的分会", "not_found"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Desk, paper: str, line: str, code: str) -> None:
    if code == "several_chapters":
        seated(desk)
    if code == "article_impossible":
        desk(f"chapter charter --type overseas --file {paper}")
    chapter = seated(desk, "2023-05-18")
    assert desk.refused(f"chapter {line.format(chapter, paper=paper)}") == {code}


def test_who_served_two_terms_fills_no_third_and_another_does(desk: Desk) -> None:
    chapter = seated(desk, "2017-05-18", "2020-05-18")
    desk(f"chapter council {chapter} --no 3 --elected-on 2023-05-18")
    for office, name in OFFICERS:
        seat = f"chapter seat {chapter} {office} {name}"
        assert desk.refused(seat) == {"may_not_stand"}
        desk(f"{seat} --despite 当年代表大会决议")
    desk(f"chapter unseat {chapter} chair 贺兰舟 --because deceased --on 2024-06-01")
    answer = desk(
        f"chapter seat {chapter} chair 贺兰舟 --since 2024-07-01 --json", code=2, lang="en"
    )
    (refusal,) = answer.refusals
    assert refusal["reason"] == (
        "贺兰舟: Terms in a row as chair: 2; at most 2 (章程第五章第三十一条)."
    )
    desk(f"chapter seat {chapter} chair 苏映雪 --since 2024-07-01")
    rows = terms(desk, chapter)
    assert (rows["苏映雪"]["terms"], rows["苏映雪"]["may_stand"]) == (1, True)  # over half
    assert (rows["江远帆"]["terms"], rows["江远帆"]["may_stand"]) == (3, False)
    past = desk(f"chapter officers {chapter} --council 3 --json").data
    assert [row["left_because"] for row in past if row["name"] == "贺兰舟"] == ["deceased"]


def test_a_candidate_who_may_not_stand_is_named_with_the_reason(desk: Desk) -> None:
    chapter = seated(desk, "2020-05-18", "2023-05-18")
    desk(f"election new {chapter}")
    assert desk.refused(f"election new {chapter}") == {"election_open"}
    assert desk.refused(f"election advance {chapter} nominate") == {"notice_given"}
    desk(f"election notice {chapter}")
    assert desk.refused(f"election advance {chapter} nominate") == {"noticed_ahead"}
    desk(f"election notice {chapter} --late-because 理事长空缺")
    desk(f"election advance {chapter} nominate")
    for office, name in (("chair", "江远帆"), ("vice_chair", "苏映雪"), *OFFICERS[2:]):
        desk(f"election candidate {chapter} {office} {name}")
    answer = desk(f"election advance {chapter} convene --json", code=2, lang="en")
    assert [each["reason"] for each in answer.refusals] == [
        "Not every candidate may stand. 梁启舟: Terms in a row as secretary-general: 2;"
        " at most 2 (章程第五章第三十一条)."
    ]
    desk(f"election candidate {chapter} secretary_general 梁启舟 --withdrawn")
    assert desk.refused(f"election advance {chapter} convene") == {"candidates_named"}
    desk(f"election candidate {chapter} secretary_general 贺兰舟")
    desk(f"election advance {chapter} convene")


def test_what_led_to_a_council_stays_once_it_is_elected(desk: Desk, paper: str) -> None:
    chapter = seated(desk, "2023-05-18")
    desk(f"election new {chapter}")
    desk(f"election notice {chapter} --late-because 理事长空缺")
    desk(f"election advance {chapter} nominate")
    for office, name in OFFICERS:
        desk(f"election candidate {chapter} {office} {name}")
    desk(f"election candidate {chapter} chair 苏映雪")
    desk(f"election advance {chapter} convene")
    desk(f"election meeting {chapter} --file {paper}")
    assert desk.refused(f"election result {chapter} --elected 苏映雪") == {"offices_filled"}
    desk(f"election result {chapter} --elected 苏映雪 --elected 江远帆 --elected 梁启舟")
    assert list(terms(desk, chapter)) == ["苏映雪", "江远帆", "梁启舟"]
    for act in (f"meeting {chapter} --file {paper}", f"candidate {chapter} director 苏映雪"):
        assert desk.refused(f"election {act}") == {"already_elected"}
    assert desk.refused(f"election advance {chapter} take_office") == {
        "handover_made",
        "published_anew",
    }


def test_a_council_younger_than_the_chapters_entry_comes_from_its_election(desk: Desk) -> None:
    chapter = seated(desk, "2023-05-18")
    desk(f"chapter advance {chapter} take_over")
    desk.day = "2026-03-04"
    council = f"chapter council {chapter} --no 2 --elected-on"
    assert desk.refused(f"{council} 2026-03-03") == {"only_by_election"}


def test_a_chapter_with_a_council_is_not_founded_again(desk: Desk) -> None:
    chapter = seated(desk, "2023-05-18")
    assert desk.refused(f"chapter advance {chapter} prepare") == {"not_there_yet"}


def test_a_vacancy_is_told_and_a_step_left_out_names_the_ways_on(desk: Desk) -> None:
    chapter = seated(desk, "2024-05-18")
    assert desk(f"chapter show {chapter} --json").data["vacant"] == []
    desk(f"chapter unseat {chapter} vice_chair 江远帆 --because resigned")
    vacant = [each["en"] for each in desk(f"chapter show {chapter} --json").data["vacant"]]
    assert vacant == ["vice-chair"]
    assert "空缺" in desk(f"chapter show {chapter}").out
    assert f"chapter seat {chapter} " in desk("today").out
    answer = desk(f"chapter advance {chapter} --json", code=2, lang="en")
    assert "take_over" in answer.refusals[0]["reason"]


def test_chair_and_secretary_general_are_one_person_each(desk: Desk) -> None:
    chapter = seated(desk, "2023-05-18")
    for office in ("chair", "secretary_general"):
        assert desk.refused(f"chapter seat {chapter} {office} 苏映雪") == {"office_taken"}
    assert desk.refused(f"chapter seat {chapter} director 贺兰舟") == {"second_office"}
    desk(f"chapter seat {chapter} director 贺兰舟 --also")
    new = int(desk(f"chapter new 分会之{next(NUMBERS)}号 --type regional --json").data["chapter"])
    desk(f"chapter propose {new} chair 贺兰舟")
    assert desk.refused(f"chapter propose {new} chair 苏映雪") == {"office_on_list"}
    assert desk.refused(f"chapter propose {new} director 贺兰舟") == {"second_office"}


def test_the_dead_are_neither_seated_nor_proposed_nor_candidates(desk: Desk) -> None:
    gone = int(desk("person add 秦望川 --json").data["person"])
    desk(f"person deceased {gone} --source colleague")
    chapter = seated(desk, "2023-05-18")
    desk(f"election new {chapter}")
    for act in (
        f"chapter seat {chapter} director {gone}",
        f"chapter propose {chapter} director {gone}",
        f"election candidate {chapter} director {gone}",
    ):
        assert desk.refused(act) == {"may_not_stand"}


def test_two_numbers_of_one_person_are_one_officer(desk: Desk) -> None:
    other = int(desk("person add 贺兰州 --json").data["person"])
    chapter = seated(desk, "2020-05-18")
    desk(f"chapter council {chapter} --no 2 --elected-on 2023-05-18")
    desk(f"chapter seat {chapter} chair {other}")
    assert terms(desk, chapter)["贺兰州"]["terms"] == 1
    desk(f"roster merge 1 {other}")
    assert terms(desk, chapter)["贺兰舟"]["terms"] == 2


def test_chapters_and_their_elections_move_to_another_version_of_the_lifecycles(
    desk: Desk,
) -> None:
    chapter = seated(desk, "2023-05-18")
    desk(f"election new {chapter}")
    own = desk.home / "states.yaml"
    text = own.read_text(encoding="utf-8").replace(
        "planned:    {zh: 筹划换届, en: Planned,",
        "planning:   {zh: 筹划换届, en: Planning, was: [planned],",
    )
    text = text.replace(
        "initial: planned\n    stages:\n      planning",
        "initial: planning\n    stages:\n      planning",
    )
    text = text.replace("from: planned, to: nominating", "from: planning, to: nominating")
    text = text.replace("[planned, nominating, convening]", "[planning, nominating, convening]")
    new = desk.folder / "新流程.yaml"
    new.write_text(text, encoding="utf-8")
    assert "换届" in desk("states diff 新流程.yaml").out
    desk("states activate 新流程.yaml")
    plan = desk("states migrate --dry-run --json").data
    (moved,) = [each for each in plan["chapters"] if len(each["rows"]) > 1][-1:]
    assert [(row["stage"], row["to_stage"]) for row in moved["rows"]] == [
        ("intention", "intention"),
        ("planned", "planning"),
    ]
    assert "换届" in desk("states migrate --dry-run").out
    assert desk("states migrate --json").data["moved"] == len(plan["chapters"])
    shown = desk(f"chapter show {chapter} --json").data
    assert shown["election"]["stage"] == "planning"
    assert desk("states migrate --dry-run --json").data["chapters"] == []
    assert desk("verify --json").data["findings"] == []


def test_somebody_is_elected_to_the_office_that_is_named(desk: Desk, paper: str) -> None:
    chapter = seated(desk, "2023-05-18")
    desk(f"election new {chapter}")
    for office in ("chair", "director"):
        desk(f"election candidate {chapter} {office} 苏映雪")
    desk(f"election candidate {chapter} vice_chair 江远帆")
    result = f"election result {chapter} --elected"
    assert desk.refused(f"{result} 苏映雪") == {"office_unnamed"}
    assert desk.refused(f"{result} 苏映雪:vice_chair") == {"not_standing"}
    assert desk.refused(f"{result} 梁启舟") == {"not_standing"}
    assert desk.refused(f"{result} 苏映雪:皇帝") == {"not_a_choice"}
    assert "not_standing" not in desk.refused(f"{result} 苏映雪：理事长 --elected 江远帆")


def test_the_meeting_that_elects_is_one_of_the_chapters_meetings(desk: Desk, paper: str) -> None:
    chapter = seated(desk, "2023-05-18")
    desk(f"election new {chapter}")
    meeting = f"election meeting {chapter} --file {paper}"
    assert desk.refused(meeting) == {"not_yet_convened"}
    desk(f"election notice {chapter} --late-because 理事长空缺")
    desk(f"election advance {chapter} nominate")
    for office, name in OFFICERS:
        desk(f"election candidate {chapter} {office} {name}")
    desk(f"election advance {chapter} convene")
    assert desk.refused(f"{meeting} --on 2026-03-01") == {"meeting_too_early"}
    for place in ("西安", "兰州"):
        desk(f"election meeting {chapter} --place {place} --file {paper}")
    (row,) = desk(f"chapter meeting list {chapter} --json").data
    assert (row["title"], row["place"], row["kind"], row["papers"]) == (
        "第二届代表大会第一次会议", "兰州", "congress", 1,
    )  # fmt: skip
