"""Pictures that say they are larger than a machine can hold, and damaged headers."""

import pytest

from donflow.intake.gate import NotAdmitted, inspect
from tests.intake import samples


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (samples.png(7016, 9921), "A3.png"),
        (samples.jpeg(7016, 9921), "A3.jpg"),
        (samples.tiff(*[(4960, 7016)] * 30), "A4.tif"),
    ],
)
def test_large_scans_of_real_sheets_are_admitted(data: bytes, name: str) -> None:
    assert inspect(data, name=name).size == len(data)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (samples.png(50_000, 50_000), "a.png", "too_many_pixels"),
        (samples.jpeg(50_000, 50_000), "a.jpg", "too_many_pixels"),
        (samples.tiff((10, 10), (50_000, 50_000)), "a.tif", "too_many_pixels"),
        (samples.tiff(*[(1, 1)] * 501), "a.tif", "too_many_pixels"),
        (samples.tiff((10, 10), back_to_start=True), "a.tif", "damaged"),
        (samples.tiff((10, 10))[:-6], "a.tif", "damaged"),
        (samples.tiff(), "a.tif", "damaged"),
        (samples.png(0, 5), "a.png", "damaged"),
        (samples.png()[:20], "a.png", "damaged"),
        (samples.png().replace(b"IHDR", b"IHDX"), "a.png", "damaged"),
        (samples.jpeg()[:30], "a.jpg", "damaged"),
        (b"\xff\xd8\xff" + b"x" * 50, "a.jpg", "damaged"),
    ],
)
def test_other_pictures_are_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(NotAdmitted) as refused:
        inspect(data, name=name)

    assert [refusal.code for refusal in refused.value.refusals] == [code]
