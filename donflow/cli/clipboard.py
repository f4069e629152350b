"""Text into the clipboard of this computer, by the program that its system brings along."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final

SECONDS: Final = 5


def copy(text: str, environment: Mapping[str, str]) -> bool:
    """Whether the text is in the clipboard now; where no program offers it, it is not."""
    for command in _programs(environment):
        program = shutil.which(command[0], path=environment.get("PATH"))
        if program is None:
            continue
        # `clip` of Windows takes other letters than ASCII only so.
        data = text.encode("utf-16") if command[0] == "clip" else text.encode()
        try:
            done = subprocess.run(  # noqa: S603 - the system's own program, no shell
                [program, *command[1:]],
                input=data,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False


def _programs(environment: Mapping[str, str]) -> Sequence[tuple[str, ...]]:
    if sys.platform == "win32":
        return (("clip",),)
    if sys.platform == "darwin":
        return (("pbcopy",),)
    wayland = (("wl-copy",),) if environment.get("WAYLAND_DISPLAY") else ()
    screen = (("xclip", "-selection", "clipboard"), ("xsel", "-ib"))
    return (*wayland, *(screen if environment.get("DISPLAY") else ()))
