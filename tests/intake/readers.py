"""Readers that behave and misbehave, to be run apart."""

import os
import signal
import sys
import time
from pathlib import Path

from donflow.errors import DonflowError, say


class Unwelcome(DonflowError):
    message = "The part {part} is not welcome: {why}"
    remedy = "Take {part} out."


def size(data: bytes) -> dict[str, object]:
    return {"size": len(data), "text": "捐赠"}


def prints_before_it_answers(data: bytes) -> str:
    sys.stdout.write("noise on the answer's pipe")
    return "捐赠"


def refuses(data: bytes) -> None:
    raise Unwelcome(part="word/document.xml", why=say("It is damaged."))


def breaks(data: bytes) -> None:
    raise KeyError(data[:4])


def dies(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def spins(data: bytes) -> None:
    while True:
        pass


def sleeps(data: bytes) -> None:
    time.sleep(60)


def grows(data: bytes) -> None:
    kept = []
    while True:
        kept.append(bytearray(2**20))


def babbles(data: bytes) -> str:
    return "x" * 100_000


def writes(data: bytes) -> str:
    try:
        Path(data.decode()).write_text("escaped")
    except OSError:
        return "refused by the system"
    return "written"


def answers_with_an_object(data: bytes) -> object:
    return object()
