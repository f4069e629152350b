"""A greeting as the JSON that a webhook takes: the form of a group robot, and more beside it."""

from __future__ import annotations

import json

from donflow.greetings.wording import Words
from donflow.post.reply import Frozen


def freeze_call(words: Words, *, message_id: str, recipient: str) -> Frozen:
    """`msgtype` and `text` as WeCom's robots read them; `to` and `message_id` for a gateway.

    `recipient` is a phone number for a gateway, empty for a robot. The same words give the same
    bytes.
    """
    content = {
        "msgtype": "text",
        "text": {"content": _text(words)},
        "to": recipient,
        "message_id": message_id,
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Frozen(written.encode(), message_id, recipient)


def _text(words: Words) -> str:
    addressed = "\n".join(words.addressed)
    return "\n".join((f"{addressed}：", *words.lines, *words.signature, words.day_text))
