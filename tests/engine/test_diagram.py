"""The Mermaid diagram of a lifecycle."""

import pytest

from donflow.engine.diagram import mermaid
from donflow.engine.spec import Lifecycle, Stage, Transition
from donflow.errors import Label
from tests.engine.lending import loaded

CHINESE = """\
stateDiagram-v2
    state "已申请" as stage_asked
    state "已检查" as stage_checked
    state "借出" as stage_lent
    state "已归还" as stage_back
    state "拒绝" as stage_refused
    [*] --> stage_asked
    stage_asked --> stage_checked: 检查 (keeper) · 相机
    stage_asked --> stage_lent: 出借 (clerk) · 工具 [in_stock]
    stage_checked --> stage_lent: 出借 (clerk, keeper) · 相机 [in_stock, insured]
    stage_lent --> stage_back: 归还 (borrower, keeper)
    stage_asked --> stage_refused: 拒绝 (clerk)
    stage_checked --> stage_refused: 拒绝 (clerk)
    stage_back --> [*]
    stage_refused --> [*]
"""


def test_a_lifecycle_is_drawn_with_labels_roles_kinds_and_guards() -> None:
    assert mermaid(loaded().lifecycles["loan"], lang="zh") == CHINESE


def test_the_english_diagram_has_the_english_labels() -> None:
    drawn = mermaid(loaded().lifecycles["loan"], lang="en")

    assert 'state "Asked for" as stage_asked' in drawn
    assert "stage_lent --> stage_back: Return (borrower, keeper)" in drawn
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in drawn)


@pytest.mark.parametrize("sign", ['"', ";", ":", "#", "<", ">", "&", "%", "{", "}", "`", "[", "\n"])
def test_a_sign_that_means_something_to_mermaid_is_written_by_its_number(sign: str) -> None:
    label = Label(f"甲{sign}乙", f"A{sign}B")
    lifecycle = Lifecycle(
        "loan",
        "asked",
        {"asked": Stage("asked", label), "end": Stage("end", label, end=True)},
        (Transition("close", label, ("asked",), "end", ("clerk",)),),
    )

    drawn = mermaid(lifecycle, lang="en")

    assert drawn.splitlines() == [
        "stateDiagram-v2",
        f'    state "A#{ord(sign)};B" as stage_asked',
        f'    state "A#{ord(sign)};B" as stage_end',
        "    [*] --> stage_asked",
        f"    stage_asked --> stage_end: A#{ord(sign)};B (clerk)",
        "    stage_end --> [*]",
    ]
