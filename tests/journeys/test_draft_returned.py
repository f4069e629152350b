"""The foundation's Word file comes back: it becomes a list, is answered, and goes out again."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from donflow.lifecycle.open_findings import stored_paper
from donflow.vault.files import path_of
from donflow.word.reading import read
from donflow.word.settling import accept_all, reject_all
from tests.databases import only_sqlite
from tests.journeys.desk import Desk
from tests.journeys.papers import stored
from tests.journeys.returned_file import ZHOU, Hand, accepted, give_back
from tests.word import markup_builder as markup

DRAFT, RETURNED = "材料/协议第1稿.docx", "材料/退回稿.docx"
RETURN = f"review return 1 --for reviewer --evidence {RETURNED}"
COMMENT, ANSWER = "管理费比例请与基金会规定核对", "已与财务确认"
FEE, TERM = Hand("3%", comments=(COMMENT, ANSWER)), Hand("统一票据", "电子票据")
FREE = Hand("专款专用", "专户管理", untracked=True)


def returned(desk: Desk, *hands: Hand) -> Desk:
    give_back(desk.folder / DRAFT, desk.folder / RETURNED, *hands)
    return desk


def remarks(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk("review show 1 --json").data
    return found


def test_a_returned_file_becomes_a_list_and_goes_out_again(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review"), FEE, TERM)
    answer = desk(f"{RETURN} --remark 请一并附营业执照 --level ask --json", day="2026-03-13")
    assert (answer.data["comments"], answer.data["changes"]) == (1, 1)
    assert desk.stage() == "returned"

    fee, reply, term, spoken = remarks(desk)
    assert (fee["kind"], fee["clause"], fee["anchor"], fee["text"], fee["level"]) == (
        "comment", "第五条", "3%", COMMENT, "must",
    )  # fmt: skip
    assert (fee["author"], fee["at"]) == (ZHOU, "2026-11-02T09:30:00Z")
    assert (reply["parent"], reply["text"], reply["author"]) == (1, ANSWER, "外部法务")
    assert (term["kind"], term["clause"], term["old"], term["new"], term["outside"]) == (
        "change", "第四条", "统一票据", "电子票据", True,
    )  # fmt: skip
    assert (spoken["kind"], spoken["level"], spoken["channel"]) == ("remark", "ask", "wechat")

    desk("review answer 1 1 --changed --text 已核对，维持3%", day="2026-03-16")
    desk("review answer 1 3 --accepted")
    desk("review answer 1 4 --accepted")
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("统一票据", "电子票据"))
    desk("agreement take-in 1 材料/第2稿.docx")
    desk("agreement check 1")
    assert [one["kept"] for one in remarks(desk)] == [None, None, True, None]

    compared = desk("agreement compare 1 --redline 材料/对照.docx --json").data
    assert compared["heed"] == []
    assert [(one["clause"], one["old"], one["new"]) for one in compared["changes"]] == [
        ("第四条", "统一", "电子")
    ]
    redline = (desk.folder / "材料/对照.docx").read_bytes()
    assert {change.author for change in read(redline).changes} == {"云麓大学管理学院校友工作办公室"}
    new, old = ((desk.folder / name).read_bytes() for name in ("材料/第2稿.docx", DRAFT))
    assert read(accept_all(redline)).after == read(new).after
    assert read(reject_all(redline)).after == read(old).after

    answer = desk("gift advance 1 resubmit")
    assert answer.err == ""
    assert desk.stage() == "review"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_list_is_read_within_a_hundred_columns(
    office_at: Callable[..., Desk], lang: str
) -> None:
    from donflow.cli.cells import cell_len

    desk = returned(office_at("review"), FEE, TERM, Hand("货币资金", "款项" * 90))
    desk(RETURN)
    shown = desk("review show 1", lang=lang).out
    assert max(map(cell_len, shown.splitlines())) <= 100
    for words in ("第五条", "“3%”", COMMENT, ANSWER, "“统一票据” → “电子票据”", ZHOU):
        assert words in shown


def test_a_dry_look_tells_the_same_and_keeps_nothing(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE, TERM, FREE)
    before = desk.rows()
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert desk.rows() == before
    assert looked["wrong"] is None
    desk(RETURN)
    told = [(one["kind"], one["clause"], one["old"], one["new"]) for one in remarks(desk)]
    assert [(one["kind"], one["clause"], one["old"], one["new"]) for one in looked["items"]] == told
    assert told[-1] == ("untracked", "第五条", "款专用", "户管理")


def test_a_change_with_tracking_switched_off_is_found(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE, FREE)
    answer = desk(RETURN)
    assert "1" in answer.err
    assert "修订" in answer.err
    (found,) = [one for one in remarks(desk) if one["kind"] == "untracked"]
    assert (found["clause"], found["outside"], found["author"]) == ("第五条", False, None)
    assert "remarks_answered" in desk.refused("gift advance 1 resubmit")


def test_what_the_file_says_is_settled_asks_for_no_answer(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review"), FEE, Hand("货币资金", comments=("已议定",), resolved=True))
    desk(RETURN)
    assert {one["text"]: one["answer"] for one in remarks(desk)} == {
        "已议定": "settled", COMMENT: None, ANSWER: None,
    }  # fmt: skip
    desk("review answer 1 2 --accepted")
    assert "remarks_answered" not in desk.refused("gift advance 1 resubmit")


def test_an_answer_in_a_thread_is_not_answered_by_itself(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE)
    desk(RETURN)
    assert desk.refused("review answer 1 2 --accepted") == {"answers_another"}


def test_the_secretary_changes_how_binding_a_remark_is(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE)
    desk(RETURN)
    desk("review level 1 1 should")
    assert remarks(desk)[0]["level"] == "should"


def test_a_file_without_remark_or_change_is_told_and_returns_nothing(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review"))
    assert desk.refused(RETURN) == {"has_remarks"}
    answer = desk(f"{RETURN} --remark 第三条请改")
    assert "一字未改" in answer.err


def test_another_name_at_one_place_makes_no_other_file(office_at: Callable[..., Desk]) -> None:
    desk = returned(
        office_at("review"), Hand("深圳市恒源数智科技有限公司", "苏见微", untracked=True)
    )
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert looked["wrong"] is None
    assert [one["new"] for one in looked["items"]] == ["苏见微"]


def test_another_donors_text_is_refused_unless_somebody_says_why(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review")
    accepted(desk.folder / DRAFT, desk.folder / RETURNED, ("深圳市恒源数智科技有限公司", "苏见微"))
    line = f"{RETURN} --remark 请改"
    answer = desk(line, code=2)
    assert "“深圳市恒源数智科技有限公司” → “苏见微”" in answer.err
    assert desk.refused(line) == {"wrong_return"}
    assert desk.refused(f"{line} --although ' '") == {"reason_missing"}
    desk(f"{line} --although 审核方更正了捐赠方名称")
    assert desk.stage() == "returned"
    assert {one["kind"] for one in remarks(desk)} == {"untracked", "remark"}


def test_an_earlier_draft_is_known_by_its_words(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE)
    shutil.copy(desk.folder / RETURNED, desk.folder / "材料/旧退回稿.docx")
    desk(RETURN)
    desk("review answer 1 1 --accepted")
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("3%", "2%"))
    desk("agreement take-in 1 材料/第2稿.docx")
    desk("agreement check 1")
    desk("gift advance 1 resubmit")
    again = "review return 1 --for reviewer --evidence 材料/旧退回稿.docx"
    answer = desk(again, code=2)
    assert "登记为G2026-0001的退回稿" in answer.err
    assert "“2%” → “3%”" in answer.err


def test_what_was_accepted_and_is_not_done_is_told(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), TERM)
    desk(RETURN)
    desk("review answer 1 1 --accepted")
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("货币资金", "款项"))
    desk("agreement take-in 1 材料/第2稿.docx")
    desk("agreement check 1")
    assert remarks(desk)[0]["kept"] is False
    told = desk("gift advance 1 resubmit").err.splitlines()
    assert len(told) == 2
    assert "第1条" in told[0]
    assert "“统一票据” → “电子票据”" in told[0]
    assert "第一条" in told[1]
    assert desk.stage() == "review"


def test_a_file_with_open_changes_is_no_draft(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("written"), TERM)
    assert desk.refused(f"agreement take-in 1 {RETURNED}") == {"unsettled_changes"}
    (desk.folder / "材料/清稿.docx").write_bytes(accept_all((desk.folder / RETURNED).read_bytes()))
    desk("agreement take-in 1 材料/清稿.docx")


@pytest.mark.parametrize("hand", [FEE, TERM, FREE])
def test_a_file_that_asks_for_something_is_no_consent(
    office_at: Callable[..., Desk], hand: Hand
) -> None:
    desk = returned(office_at("review"), hand)
    line = f"review approve 1 --for reviewer --evidence {RETURNED}"
    assert desk.refused(line) == {"consent_with_changes"}
    returned(desk)
    desk(line)
    assert desk.stage() == "approved"


def test_there_is_nothing_to_compare_before_a_new_draft(office_at: Callable[..., Desk]) -> None:
    assert office_at("review").refused("agreement compare 1") == {"nothing_to_compare"}


def test_a_reviewer_of_the_office_returns_the_file_himself(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review", shared=True), FEE)
    desk(f"review return 1 --file {RETURNED}", as_="zhou")
    assert [one["text"] for one in remarks(desk)] == [COMMENT, ANSWER]
    (paper,) = [one for one in desk("paper list 1 --json").data if one["kind"] == "returned_draft"]
    assert stored(desk, paper["fingerprint"]) == (desk.folder / RETURNED).read_bytes()


@only_sqlite("what the journal holds does not depend on the database")
def test_the_journal_holds_no_words_of_the_file(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FEE, TERM, FREE)
    desk(RETURN)
    told = json.dumps(desk.rows()["journal_event"], ensure_ascii=False, default=str)
    assert "remark_recorded" in told
    for words in (COMMENT, ANSWER, ZHOU, "电子票据", "户管理"):
        assert words not in told
    assert desk("verify --json").data["findings"] == []


@only_sqlite("what LibreOffice makes of a file does not depend on the database")
def test_a_doc_file_is_read_as_well(office_at: Callable[..., Desk], tmp_path: Path) -> None:
    from tests.programs import needs

    soffice = needs("soffice")
    desk = returned(office_at("review"), FEE, TERM)
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
               "--convert-to", "doc", "--outdir", str(desk.papers),
               str(desk.folder / RETURNED)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    answer = desk("review return 1 --for reviewer --evidence 材料/退回稿.doc")
    assert "LibreOffice" in answer.err
    found = remarks(desk)
    assert found[0]["text"] == COMMENT
    assert [(one["old"], one["new"]) for one in found if one["kind"] == "change"] == [
        ("统一票据", "电子票据")
    ]
    assert [one for one in found if one["kind"] == "untracked"] == []


def second_round(desk: Desk) -> Desk:
    """The first file is recorded and answered, and draft 2 is under review."""
    desk(RETURN)
    for one in remarks(desk):
        if one["parent"] is None:
            desk(f"review answer 1 {one['no']} --accepted")
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("3%", "2%"))
    desk("agreement take-in 1 材料/第2稿.docx")
    desk("agreement check 1")
    desk("gift advance 1 resubmit")
    return desk


def test_a_file_that_is_recorded_already_is_not_what_came_back_of_the_next_draft(
    office_at: Callable[..., Desk],
) -> None:
    desk = second_round(returned(office_at("review"), FEE, FREE))
    answer = desk(RETURN, code=2)
    assert "2026年3月6日登记" in answer.err
    assert "G2026-0001" in answer.err
    assert desk.refused(RETURN) == {"wrong_return"}
    desk(f"{RETURN} --although 审核方重发了同一份文件")
    assert desk.stage() == "returned"


def test_an_old_file_with_one_more_change_without_a_mark_is_known_by_the_rest(
    office_at: Callable[..., Desk],
) -> None:
    desk = second_round(returned(office_at("review"), FEE, FREE))
    returned(desk, FEE, Hand("统一票据", "收据", untracked=True))
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert "第1稿" in looked["wrong"]
    assert [one["kind"] for one in looked["items"]] == ["comment", "comment"]
    assert any("第1轮" in told for told in looked["heed"])
    assert desk.refused(RETURN) == {"wrong_return"}


def test_another_sum_than_was_sent_is_told(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    accepted(desk.folder / DRAFT, desk.folder / RETURNED, ("伍拾万元整", "叁拾万元整"))
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert any("伍拾万元整" in told for told in looked["heed"])
    returned(desk, Hand("统一票据", "收据", untracked=True))
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert not any("伍拾万元整" in told for told in looked["heed"])


@pytest.mark.parametrize("hand", [FEE, TERM, FREE])
def test_what_a_file_is_called_as_evidence_does_not_make_it_consent(
    office_at: Callable[..., Desk], hand: Hand
) -> None:
    desk = returned(office_at("review"), hand)
    line = f"review approve 1 --for reviewer --evidence {RETURNED} --evidence-kind notice"
    assert desk.refused(line) == {"consent_with_changes"}


def test_a_returned_file_called_a_notice_is_read_all_the_same(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review"), FEE)
    desk(f"{RETURN} --evidence-kind notice")
    assert [one["text"] for one in remarks(desk)] == [COMMENT, ANSWER]


def test_a_letter_is_no_text_of_the_agreement(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    letter = markup.docx(markup.p(markup.r("经研究，同意贵院送审的协议文本。")))
    (desk.folder / "材料/通知.docx").write_bytes(letter)
    line = "review approve 1 --for reviewer --evidence 材料/通知.docx"
    assert desk.refused(f"{line} --evidence-kind returned_word") == {"consent_with_changes"}
    desk(f"{line} --evidence-kind notice")
    assert desk.stage() == "approved"


def test_hidden_words_are_no_consent_and_are_kept(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    hidden = markup.r("但每年不超过一次", "<w:vanish/>")
    put_in = f"统一票据</w:t></w:r>{hidden}<w:r><w:t>"
    accepted(desk.folder / DRAFT, desk.folder / RETURNED, ("统一票据", put_in))
    line = f"review approve 1 --for reviewer --evidence {RETURNED}"
    assert desk.refused(line) == {"consent_with_changes"}
    answer = desk(RETURN)
    assert "一字未改" not in answer.err
    assert [(one["kind"], one["new"]) for one in remarks(desk)] == [("hidden", "但每年不超过一次")]


def test_a_comment_that_was_accepted_and_moved_nothing_is_told(
    office_at: Callable[..., Desk],
) -> None:
    desk = returned(office_at("review"), FEE)
    desk(RETURN)
    desk("review answer 1 1 --accepted")
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("统一票据", "电子票据"))
    desk("agreement take-in 1 材料/第2稿.docx")
    desk("agreement check 1")
    told = desk("gift advance 1 resubmit").err.splitlines()
    assert "第1条" in told[0]
    assert "第五条" in told[0]


def test_a_redline_is_named_as_a_word_file(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), TERM)
    desk(RETURN)
    accepted(desk.folder / DRAFT, desk.folder / "材料/第2稿.docx", ("统一票据", "电子票据"))
    told = desk("agreement take-in 1 材料/第2稿.docx").err
    assert "agreement compare G2026-0001 --redline" in told
    desk("agreement compare 1 --redline 材料/对照.pdf", code=2)
    assert not (desk.folder / "材料/对照.pdf").exists()


def test_the_draft_of_another_round_is_no_consent_to_this_one(
    office_at: Callable[..., Desk],
) -> None:
    desk = second_round(returned(office_at("review"), FEE))
    answer = desk(f"review approve 1 --for reviewer --evidence {DRAFT}", code=2)
    assert "第1稿" in answer.err
    assert "请选用第2稿" in answer.err


def test_faults_of_a_draft_are_told_when_it_is_taken_in(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    accepted(desk.folder / DRAFT, desk.folder / "材料/改.docx", ("伍拾万元整", "伍万元整"))
    told = desk("agreement take-in 1 材料/改.docx").err
    assert "agreement findings G2026-0001" in told


def test_what_was_sent_and_is_lost_proves_no_consent(office_at: Callable[..., Desk]) -> None:
    desk = returned(office_at("review"), FREE)
    papers = desk("paper list 1 --json").data
    (sent,) = [one["fingerprint"] for one in papers if one["kind"] == "agreement_draft"]
    path_of(desk.home / "vault", sent).unlink()
    stored_paper.cache_clear()
    looked = desk(f"review read 1 {RETURNED} --json").data
    assert looked["silent"] is False
    assert any("verify" in told for told in looked["heed"])
    line = f"review approve 1 --for reviewer --evidence {RETURNED}"
    assert desk.refused(line) == {"sent_draft_lost"}


@only_sqlite("what LibreOffice makes of a file does not depend on the database")
def test_an_old_word_file_becomes_a_draft(office_at: Callable[..., Desk], tmp_path: Path) -> None:
    from tests.programs import needs

    soffice = needs("soffice")
    desk = office_at("written")
    accepted(desk.folder / DRAFT, desk.folder / "材料/自拟.docx", ("统一票据", "电子票据"))
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
               "--convert-to", "doc", "--outdir", str(desk.papers),
               str(desk.folder / "材料/自拟.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    answer = desk("agreement take-in 1 材料/自拟.doc")
    assert "LibreOffice" in answer.err
    papers = desk("paper list 1 --json").data
    came, made = [one["fingerprint"] for one in papers if one["kind"] == "agreement_draft"][-2:]
    assert stored(desk, came) == (desk.folder / "材料/自拟.doc").read_bytes()
    assert "电子票据" in "".join(read(stored(desk, made)).after)
