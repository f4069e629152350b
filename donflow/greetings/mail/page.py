"""The greeting as a page that holds on a phone and on a desk, and loads nothing from anywhere.

Programs for mail know little CSS and some drop all but what stands on the element. So each element
carries its own style; card and words are two blocks that stand side by side where there is room
and one above the other where there is none; and the style sheet only mends what is there already.
"""

from __future__ import annotations

from html import escape
from typing import Final

from donflow.greetings.mail.letter import GREY, OPT_OUT_WORDS, RED, MailLetter, Sender

SERIF: Final = (
    "'Songti SC','Noto Serif CJK SC','Noto Serif SC','Source Han Serif SC',STSong,"
    "'Microsoft YaHei',serif"
)
SANS: Final = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
TEXT: Final = f"font-family:{SERIF};color:#2f2a24"
QUIET: Final = "#6b6355"
TABLE: Final = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
BLOCK: Final = "display:inline-block;width:100%;vertical-align:middle"
SHEET: Final = """
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:739px){
.outer{padding:0!important}
.sheet{border-width:0 0 1px!important;border-radius:0!important}
.block{max-width:100%!important}
.frame{padding:22px 22px 0!important}
.picture{max-width:420px!important}
.words{padding:24px 22px 30px!important}
}
@media (prefers-color-scheme:dark){
.ground{background-color:#17181a!important}
.sheet{background-color:#222427!important;border-color:#34373b!important}
.text{color:#ece7dd!important}
.quiet,.quiet a{color:#a9a79f!important}
}
"""


def page_of(letter: MailLetter, sender: Sender, card_id: str | None) -> str:
    """The whole page; `card_id` is the Content-ID of the card, without angle brackets."""
    if letter.card is not None and card_id is not None:
        width, middle = 780, _card_and_words(letter, letter.card.says, card_id)
    else:
        width, middle = 600, _words(letter, 600, 44)
    ground = "background-color:#f3eee4"
    sheet = (
        f"max-width:{width}px;background-color:#fffdf9;border:1px solid #e6ddcc;border-radius:6px"
    )
    accent = RED if letter.happy else GREY
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>{escape(letter.subject)}</title>
<style>{SHEET}</style>
</head>
<body class="ground" style="margin:0;padding:0;{ground};-webkit-text-size-adjust:100%">
<table {TABLE} width="100%" class="ground" style="{ground}">
<tr><td class="outer" align="center" style="padding:36px 16px">
<table {TABLE} width="100%" class="sheet" style="{sheet}">
<tr><td style="height:4px;line-height:4px;font-size:0;background-color:{accent}">&nbsp;</td></tr>
<tr><td align="center" style="padding:0;font-size:0">
{middle}
</td></tr>
</table>
{_foot(sender, width)}
</td></tr>
</table>
</body>
</html>
"""


def _card_and_words(letter: MailLetter, says: str, card_id: str) -> str:
    """Two blocks; Outlook for Windows, which knows no such blocks, gets a table of two cells."""
    picture = (
        "display:inline-block;width:100%;max-width:310px;height:auto;border:0;border-radius:4px;"
        f"font-family:{SERIF};font-size:16px;line-height:1.8;color:{QUIET}"
    )
    return f"""<!--[if mso]><table {TABLE}><tr><td width="350" valign="middle"><![endif]-->
<div class="block" style="{BLOCK};max-width:350px">
<div class="frame" style="padding:28px 20px;text-align:center">
<img class="picture" src="cid:{escape(card_id)}" width="310" alt="{escape(says)}"
 style="{picture}">
</div>
</div>
<!--[if mso]></td><td width="420" valign="middle"><![endif]-->
<div class="block" style="{BLOCK};max-width:420px">
{_words(letter, 420, 28)}
</div>
<!--[if mso]></td></tr></table><![endif]-->"""


def _words(letter: MailLetter, width: int, side: int) -> str:
    around = f"max-width:{width}px;margin:0 auto;padding:32px {side}px;text-align:left"
    paragraph = f"margin:0 0 14px;{TEXT};font-size:17px;line-height:1.95;text-indent:2em"
    lines = "\n".join(
        f'<p class="text" style="{paragraph};text-align:justify">{escape(line)}</p>'
        for line in letter.lines
    )
    signed = "<br>\n".join(map(escape, letter.signature))
    head = f"{escape(letter.head)}<br>\n" if letter.head else ""
    return f"""<div class="words" style="box-sizing:border-box;{around}">
<p class="text" style="margin:0 0 16px;{TEXT};font-size:18px;line-height:1.7;font-weight:bold">
{head}{escape(letter.salutation)}：</p>
{_verse(letter)}{lines}
<p class="text" style="margin:26px 0 0;{TEXT};font-size:16px;line-height:1.85;text-align:right">
{signed}</p>
</div>"""


def _verse(letter: MailLetter) -> str:
    if not letter.verse:
        return ""
    centred = "margin:0 0 16px;text-align:center"
    source = f"font-family:{SERIF};font-size:14px;line-height:1.8;color:{QUIET}"
    return f"""<p class="text" style="{centred};{TEXT};font-size:18px;line-height:1.9">
{escape(letter.verse)}<br>
<span class="quiet" style="{source}">{escape(letter.source)}</span></p>
"""


def _foot(sender: Sender, width: int) -> str:
    quiet = f"font-family:{SANS};font-size:13px;line-height:1.8;color:{QUIET}"
    link = f"color:{QUIET};text-decoration:underline"
    page = escape(sender.opt_out_page)
    # In pieces that do not break, so that no line begins with a lonely word.
    pieces = [escape(piece) for piece in OPT_OUT_WORDS]
    if page:
        pieces.append(f'也可以<a href="{page}" style="{link}">在网页上退订</a>。')
    words = "".join(f'<span style="display:inline-block">{piece}</span>' for piece in pieces)
    return f"""<table {TABLE} width="100%" style="max-width:{width}px">
<tr><td class="quiet" align="center" style="padding:18px 22px 28px;{quiet}">
{escape(sender.name)}<br>
{words}</td></tr>
</table>"""
