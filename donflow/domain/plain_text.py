"""The text of a plain file, however the editor saved it."""

from __future__ import annotations

import codecs


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030, as Windows saves it; else UnicodeDecodeError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")
