"""City and province: from a city column, an address, a place of origin."""

from __future__ import annotations

import pytest

from donflow.roster.reading import places
from donflow.roster.reading.place_names import CITIES
from donflow.roster.reading.places import read_city, read_place, read_province
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cell", "city", "province"),
    [
        ("兰州市", "兰州", None),
        ("兰州", "兰州", None),
        ("甘肃省兰州市", "兰州", "甘肃"),
        ("甘肃兰州", "兰州", "甘肃"),
        ("甘肃-兰州", "兰州", "甘肃"),
        ("甘肃/兰州", "兰州", "甘肃"),
        ("广东深圳", "深圳", "广东"),
        ("深圳市南山区", "深圳", None),
        ("兰州城关", "兰州", None),
        ("广东省", None, "广东"),
        ("吉林", None, "吉林"),
        ("吉林市", "吉林", None),
        ("吉林省吉林市", "吉林", "吉林"),
        ("海南", None, "海南"),
        ("新疆维吾尔自治区乌鲁木齐市", "乌鲁木齐", "新疆"),
        ("内蒙古呼和浩特", "呼和浩特", "内蒙古"),
        ("延边朝鲜族自治州", "延边", None),
        ("临夏州", "临夏", None),
        ("锡林郭勒盟", "锡林郭勒", None),
        ("江苏昆山", "昆山", "江苏"),
        ("苏州昆山", "苏州", None),
        ("义乌市", "义乌", None),
        ("新加坡", "新加坡", None),
        ("美国纽约", "美国纽约", None),
        ("纽约", "纽约", None),
        ("瑞金市", "瑞金", None),
    ],
)
def test_a_city_column_gives_what_is_written(
    cell: str, city: str | None, province: str | None
) -> None:
    said = {"city": city, "province": province}
    assert told(read_city(cell)) == {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("cell", ["上海", "上海市", "上海市浦东新区", "中国上海"])
def test_a_municipality_is_a_city_in_a_city_column_and_both_in_an_address(cell: str) -> None:
    assert told(read_city(cell)) == {"city": "上海"}
    assert told(read_place(cell)) == {"city": "上海", "province": "上海"}
    assert told(read_province(cell)) == {"province": "上海"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("广东省深圳市南山区科技园南路1号", {"city": "深圳", "province": "广东"}),
        ("青海省西宁市", {"city": "西宁", "province": "青海"}),
        ("浙江义乌", {"city": "义乌", "province": "浙江"}),
        ("深圳", {"city": "深圳"}),
        ("甘肃省", {"province": "甘肃"}),
        ("广东深圳云麓路17号", {"city": "深圳", "province": "广东"}),
        ("730000 甘肃省兰州市城关区", {"city": "兰州", "province": "甘肃"}),
        ("成都（四川）", {"city": "成都", "province": "四川"}),
    ],
)
def test_an_address_gives_its_city(cell: str, said: dict[str, str]) -> None:
    assert told(read_place(cell)) == said


@pytest.mark.parametrize(
    "cell",
    [
        "南京西路100号",
        "北京路12号",
        "中山路1号",
        "天水南路222号",
        "北京某大学",
        "上海某银行",
        "城关区",
        "730000",
    ],
)
def test_a_street_or_a_firm_is_no_city(cell: str) -> None:
    assert reasons(read_place(cell)) == [f"city: {places.NO_PLACE}"]


@pytest.mark.parametrize(
    "cell", ["海外", "长三角", "县城", "海淀区", "浦东", "全国各地", "本市", "外地"]
)
def test_a_place_without_a_city_stays_unread(cell: str) -> None:
    assert reasons(read_city(cell)) == [f"city: {places.NO_PLACE}"]


@pytest.mark.parametrize("cell", ["北京/上海", "兰州、西安", "兰州市，西安市"])
def test_two_cities_are_none(cell: str) -> None:
    for read in (read_city, read_place):
        assert reasons(read(cell)) == [f"city: {places.SEVERAL}"]


@pytest.mark.parametrize(
    ("cell", "province"),
    [
        ("宁夏", "宁夏"),
        ("广西壮族自治区", "广西"),
        ("河南省周口市太康县", "河南"),
        ("甘肃兰州", "甘肃"),
        ("北京市", "北京"),
    ],
)
def test_a_place_of_origin_gives_its_province_only(cell: str, province: str) -> None:
    assert told(read_province(cell)) == {"province": province}


def test_the_province_of_a_city_is_not_derived() -> None:
    assert told(read_province("兰州")) == {}
    assert told(read_place("兰州市")) == {"city": "兰州"}


def test_the_province_level_is_whole() -> None:
    assert len(CITIES) + len(places.MUNICIPALITIES) + len(places.SPECIAL_REGIONS) == 34
    for province, cities in CITIES.items():
        for city in cities:
            if city != province:
                assert told(read_place(f"{province}{city}")) == {"city": city, "province": province}
