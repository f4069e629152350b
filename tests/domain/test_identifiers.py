"""Credit codes, resident numbers, phones: every vector, a second library, and damage found."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as other_uscc

from donflow.domain import resident_number, uscc
from donflow.domain.identifiers import Checked, Kind, Verdict, check

VECTORS = Path(__file__).parents[1] / "vectors"
TODAY = date(2026, 10, 1)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reason_of(row: dict[str, str]) -> tuple[str, ...]:
    """The code that begins the note of a row that is not right."""
    if row["verdict"] not in ("invalid", "suspect"):
        return ()
    return (row["note"].split(":")[0].split(" ")[0],)


def a_credit_code(registrar: str, middle: str, inner: str) -> str:
    body = registrar + middle + inner + uscc.organisation_check_digit(inner)
    return body + uscc.check_digit(body)


def a_resident_number(region: str, born: date, serial: int) -> str:
    body = f"{region}{born:%Y%m%d}{serial:03}"
    return body + resident_number.check_digit(body)


CREDIT_CODES = st.builds(
    a_credit_code,
    st.sampled_from(["12", "53", "91"]),
    st.sampled_from(["100000", "110105", "440300", "620102"]),
    st.text(ALPHABET, min_size=8, max_size=8),
)
RESIDENT_NUMBERS = st.builds(
    a_resident_number,
    st.sampled_from(["110105", "310104", "440304"]),
    st.dates(date(1990, 1, 1), date(2020, 12, 31)),
    st.integers(1, 999),
)


@pytest.mark.parametrize("row", rows("uscc.csv"), ids=lambda row: row["raw"])
def test_a_credit_code_is_judged_as_its_vector_says(row: dict[str, str]) -> None:
    checked = check(Kind.USCC, row["raw"])

    assert checked == Checked(
        Kind.USCC, row["normalized"] or None, Verdict(row["verdict"]), reason_of(row)
    )


@pytest.mark.parametrize("row", rows("resident_id.csv"), ids=lambda row: row["raw"])
def test_a_resident_number_is_judged_as_its_vector_says(row: dict[str, str]) -> None:
    checked = check("resident_id", row["raw"], on=TODAY)

    assert checked == Checked(
        Kind.RESIDENT_ID,
        row["normalized"] or None,
        Verdict(row["verdict"]),
        reason_of(row),
        gender={"男": "male", "女": "female", "": None}[row["gender"]],
        birth=date.fromisoformat(row["birth"]) if row["birth"] else None,
    )


@pytest.mark.parametrize("row", rows("phone.csv"), ids=lambda row: row["raw"])
def test_a_phone_is_judged_as_its_vector_says(row: dict[str, str]) -> None:
    checked = check("phone", row["raw"])

    assert checked == Checked(
        Kind.PHONE, row["e164"] or None, Verdict(row["verdict"]), line=row["kind"] or None
    )


@pytest.mark.parametrize(
    ("raw", "verdict", "normalized"),
    [
        ("手机：13900001234 电话：0931-8900001", Verdict.MULTI, "+8613900001234|+869318900001"),
        ("13900001234 13800002003", Verdict.MULTI, "+8613900001234|+8613800002003"),
        ("13900001234或13800002003", Verdict.MULTI, "+8613900001234|+8613800002003"),
        ("13900001234/139 0000 1234", Verdict.OK, "+8613900001234"),
        ("13900001234/8900005", Verdict.INCOMPLETE, "+8613900001234"),
        ("13900001234/1390000123", Verdict.INVALID, None),
        ("013900001234", Verdict.OK, "+8613900001234"),
        ("400-800-0000", Verdict.OK, "+864008000000"),
        ("86-931-8900001", Verdict.OK, "+869318900001"),
        ("00852 51000001", Verdict.OK, "+85251000001"),
        ("Tel: 13900001234", Verdict.OK, "+8613900001234"),
        ("O13900001234", Verdict.INVALID, None),
        ("138xxxx2005", Verdict.MASKED, None),
        ("同上", Verdict.INVALID, None),
        ("、", Verdict.INVALID, None),
        ("暂无", Verdict.EMPTY, None),
        ("", Verdict.EMPTY, None),
    ],
)
def test_cells_of_real_lists(raw: str, verdict: Verdict, normalized: str | None) -> None:
    checked = check("phone", raw)

    assert (checked.verdict, checked.normalized) == (verdict, normalized)


@pytest.mark.parametrize(
    ("start", "verdict"),
    [
        ("51", Verdict.VALID),
        ("54", Verdict.VALID),
        ("81", Verdict.VALID),
        ("N2", Verdict.VALID),
        ("Y1", Verdict.VALID),
        ("Y2", Verdict.SUSPECT),
        ("55", Verdict.SUSPECT),
        ("01", Verdict.SUSPECT),
    ],
)
def test_a_registrar_and_its_classes_belong_together(start: str, verdict: Verdict) -> None:
    assert check("uscc", a_credit_code(start, "110105", "0000069A")).verdict is verdict


def test_an_unknown_province_makes_a_credit_code_suspect() -> None:
    checked = check("uscc", a_credit_code("91", "990000", "0000069A"))

    assert (checked.verdict, checked.reasons) == (Verdict.SUSPECT, ("region",))


def test_everything_wrong_with_a_number_is_said_at_once() -> None:
    assert check("resident_id", "990101190302300001").reasons == ("region", "date", "checksum")
    assert check("resident_id", "99010119030230000Y1").reasons == ("length", "char")
    assert check("uscc", "91O").reasons == ("length", "char")


def test_a_birth_lies_in_the_future_only_when_a_day_is_given() -> None:
    number = a_resident_number("110105", date(2026, 10, 2), 10)

    assert check("resident_id", number).verdict is Verdict.VALID
    assert check("resident_id", number, on=date(2026, 10, 2)).verdict is Verdict.VALID
    assert check("resident_id", number, on=TODAY).reasons == ("date",)


def test_nothing_written_is_empty_and_no_kind_is_our_mistake() -> None:
    assert check("uscc", "　").verdict is Verdict.EMPTY
    assert check("resident_id", " ").verdict is Verdict.EMPTY
    with pytest.raises(ValueError):
        check("passport", "1")


@given(CREDIT_CODES)
def test_a_second_library_agrees_on_right_credit_codes(code: str) -> None:
    assert check("uscc", code).verdict is Verdict.VALID
    assert other_uscc.is_valid(code)


@given(CREDIT_CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_changed_place_of_a_credit_code_is_found(code: str, place: int, mark: str) -> None:
    changed = code[:place] + mark + code[place + 1 :]

    assert (check("uscc", changed).verdict is Verdict.INVALID) == (changed != code)


@given(RESIDENT_NUMBERS)
def test_a_second_library_agrees_on_right_resident_numbers(number: str) -> None:
    checked = check("resident_id", number)

    assert checked.verdict is Verdict.VALID
    assert checked.birth == ric.get_birth_date(number)
    assert ric.is_valid(number)


@given(RESIDENT_NUMBERS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_changed_digit_of_a_resident_number_is_found(
    number: str, place: int, digit: str
) -> None:
    changed = number[:place] + digit + number[place + 1 :]

    assert (check("resident_id", changed).verdict is Verdict.INVALID) == (changed != number)


@given(st.integers(3, 9), st.integers(0, 99_999_999))
def test_a_phone_is_read_the_same_however_it_is_spaced(third: int, rest: int) -> None:
    number = f"1{third}{rest:09}"
    spaced = f"{number[:3]} {number[3:7]}-{number[7:]}"

    assert check("phone", spaced) == check("phone", number)
    assert check("phone", f"'{spaced}").normalized == check("phone", number).normalized


@given(st.sampled_from(list(Kind)), st.text())
def test_no_text_breaks_the_check(kind: Kind, raw: str) -> None:
    assert check(kind, raw, on=TODAY).kind is kind
