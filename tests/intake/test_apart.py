"""A reader in a process of its own: its data, its refusal, or its end, and nothing else."""

import sys
import time
from pathlib import Path

import pytest

from donflow.errors import DonflowError
from donflow.intake.apart import Limits, NotReadable, RefusedApart, TooMuchToRead, read_apart
from tests.intake import samples

READERS = "tests.intake.readers"
SMALL = Limits(wall_seconds=8, cpu_seconds=1, memory=100 * 2**20, answer_bytes=10_000)
HELD = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to it")


def test_a_reader_answers_with_plain_data() -> None:
    assert read_apart(f"{READERS}:size", b"x" * 3_000_000) == {"size": 3_000_000, "text": "捐赠"}
    assert read_apart(f"{READERS}:prints_before_it_answers", b"") == "捐赠"


def test_our_own_reader_of_words_runs_apart() -> None:
    words = read_apart("donflow.word.text:plain_text", samples.word_file())

    assert words == ["捐赠金额：人民币伍拾万元整"]


def test_a_readers_refusal_comes_through_with_its_remedy() -> None:
    with pytest.raises(RefusedApart) as refused:
        read_apart(f"{READERS}:refuses", b"")

    said = refused.value
    assert str(said.sentence) == "The part word/document.xml is not welcome: It is damaged."
    assert str(said.remedy_sentence) == "Take word/document.xml out."


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("breaks", NotReadable),
        pytest.param("dies", NotReadable, marks=HELD),
        ("answers_with_an_object", NotReadable),
        ("babbles", TooMuchToRead),
        pytest.param("spins", TooMuchToRead, marks=HELD),
        pytest.param("grows", TooMuchToRead, marks=HELD),
    ],
)
def test_a_reader_that_misbehaves_is_ended_and_told(
    reader: str, expected: type[DonflowError]
) -> None:
    began = time.monotonic()
    with pytest.raises(expected):
        read_apart(f"{READERS}:{reader}", b"PK\x03\x04", SMALL)

    assert time.monotonic() - began < SMALL.wall_seconds


def test_a_reader_that_lingers_is_ended_by_the_wall_clock() -> None:
    with pytest.raises(TooMuchToRead):
        read_apart(f"{READERS}:sleeps", b"", Limits(wall_seconds=0.5))


@HELD
def test_a_reader_cannot_write_a_file(tmp_path: Path) -> None:
    aim = tmp_path / "out.txt"

    assert read_apart(f"{READERS}:writes", str(aim).encode()) == "refused by the system"
    assert not aim.exists() or aim.read_text() == ""
