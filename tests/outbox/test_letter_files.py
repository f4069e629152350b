"""The files in `letters/`: names that every system takes, and when they go."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from donflow.outbox.letter_files import (
    PAGE,
    PRINT_RUN,
    delete_of,
    delete_old,
    fit,
    name_of_one,
    name_of_several,
    put,
)

DAY = date(2027, 2, 6)
KEYED = "2027-02-06_春节_梁启舟先生_abcdefghij.0.pdf"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"),
        ("甲 \t乙\n丙", "甲_乙_丙"),
        ("梁启舟\u202egnp.exe", "梁启舟_gnp.exe"),
        ("尾点...", "尾点"),
        ("\x00", ""),
        ("长" * 300, "长" * 60),
    ],
)
def test_a_name_is_never_a_path(given: str, name: str) -> None:
    assert fit(given) == name


@pytest.mark.parametrize("reserved", ["CON", "nul", "COM1", "LPT9", "aux"])
def test_a_name_that_windows_keeps_for_itself_stands_behind_the_day(reserved: str) -> None:
    name = name_of_one(DAY, "春节", reserved, 7, "png")
    assert name == f"2027-02-06_春节_{reserved}_7.png"
    assert len(name_of_one(DAY, "长" * 99, "长" * 99, 10**8, "png").encode()) < 255 * 2


def lie(home: Path, name: str, written: date) -> Path:
    path = put(home, name, b"x")
    moment = datetime(written.year, written.month, written.day, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_after_ninety_days_ours_go_and_what_a_person_put_there_stays(tmp_path: Path) -> None:
    ours = [
        name_of_one(DAY, "春节", "梁启舟先生", 7, "png"),
        KEYED,
        name_of_several(DAY, None, PAGE, "html"),
        name_of_several(DAY, "春节", PRINT_RUN, "pdf"),
    ]
    for name in (*ours, "2027-02-06_会议记录.docx", "随手.txt", "2027-13-99_甲_7.png"):
        lie(tmp_path, name, DAY)
    late = lie(tmp_path, name_of_one(DAY, "致谢", "苏婉清女士", 8, "txt"), date(2027, 3, 1))

    assert delete_old(tmp_path, date(2027, 5, 7)) == 0
    assert delete_old(tmp_path, date(2027, 5, 8)) == len(ours)
    assert late.exists()
    assert len(list((tmp_path / "letters").iterdir())) == 4


def test_an_erased_persons_files_go_by_letter_by_key_and_by_name(tmp_path: Path) -> None:
    named = name_of_one(DAY, "春节", "苏婉清女士、梁启舟先生伉俪", 8, "png")
    other = name_of_one(DAY, "春节", "顾怀川先生", 70, "png")
    for name in (name_of_one(DAY, "春节", "老梁", 7, "txt"), KEYED, named, other,
                 name_of_several(DAY, None, PAGE, "html"), "梁启舟的来信.txt"):  # fmt: skip
        lie(tmp_path, name, DAY)

    assert delete_of(tmp_path, numbers={7}, keys={"abcdefghij.0"}, names={"梁启舟"}) == 3
    assert delete_of(tmp_path, several=True) == 1
    left = {path.name for path in (tmp_path / "letters").iterdir()}
    assert left == {other, "梁启舟的来信.txt"}
