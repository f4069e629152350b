"""The working page of a day: cards and texts in order, to be sent by hand from one file.

It is opened from the disk and asks nothing of any network; what was ticked as sent becomes one
command to copy.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final


@dataclass(frozen=True)
class Entry:
    """One letter on the page; `where` says how the addressee is found in WeChat."""

    number: int
    occasion: str
    salutation: str
    name: str
    where: str
    text: str
    card: bytes | None
    """PNG."""


def draw_page(title: str, entries: Sequence[Entry]) -> bytes:
    """The page as one HTML file; every word in it is escaped, and no script but ours runs."""
    hashed = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    )
    count = len(entries)
    letters = "".join(_letter(at, count, entry) for at, entry in enumerate(entries, start=1))
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(title)}</h1><p>{GUIDE.format(count=count)}</p></header>"
        f"<main>{letters}</main>{FOOT}<script>{SCRIPT}</script></body></html>\n"
    ).encode()


def _letter(at: int, count: int, entry: Entry) -> str:
    picture = (
        f'<img alt="{escape(entry.occasion)}贺卡" width="1080" height="1440"'
        f' src="data:image/png;base64,{base64.b64encode(entry.card).decode()}">'
        '<button type="button" class="copy-card">复制贺卡</button>'
        if entry.card
        else '<p class="none">这一场合没有贺卡，只发文字。</p>'
    )
    where = f'<p class="where">{escape(entry.where)}</p>' if entry.where else ""
    return (
        f'<article data-number="{entry.number}"><figure>{picture}</figure><section>'
        f'<p class="place">{at} / {count}　{escape(entry.occasion)}　编号 {entry.number}</p>'
        f"<h2>{escape(entry.salutation)}</h2>"
        f'<p class="who">{escape(entry.name)}</p>{where}'
        f'<p class="text">{escape(entry.text)}</p>'
        '<div class="acts"><button type="button" class="copy-text">复制文字</button>'
        '<label><input type="checkbox"> 已发</label></div></section></article>'
    )


GUIDE: Final = (
    "共 {count} 位，依次办理：找到对方，粘贴文字，再粘贴贺卡，勾选“已发”。"
    "全部发完，复制页末的命令登记；未登记的不算已发。本页含个人信息，用毕删除。"
)
FOOT: Final = (
    '<footer><p><span id="count">还没有勾选</span><code id="command"></code></p>'
    '<button type="button" id="copy-command" disabled>复制登记命令</button></footer>'
)
STYLE: Final = """
:root{color-scheme:light;--ink:#2b2a27;--dim:#75706a;--line:#e2ddd3;--red:#a23b2c}
*{box-sizing:border-box}
body{margin:0;background:#f6f3ed;color:var(--ink);line-height:1.7;
font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
header,main{max-width:60rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.5rem;margin:0}
header p{color:var(--dim);margin:.4rem 0 1.5rem;max-width:46rem}
article{display:grid;grid-template-columns:17rem 1fr;gap:2rem;background:#fff;padding:1.5rem;
border:1px solid var(--line);border-radius:10px;margin-bottom:1.25rem}
figure{margin:0}
img{display:block;width:100%;height:auto;border:1px solid var(--line);border-radius:4px}
section{display:flex;flex-direction:column;min-width:0}
.place,.who,.where,.none{color:var(--dim);font-size:.875rem;margin:0;overflow-wrap:anywhere}
h2{font-size:1.375rem;margin:.25rem 0 .25rem;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere;background:#faf8f4;
border-left:3px solid var(--red);margin:1rem 0;padding:.75rem 1rem;border-radius:0 6px 6px 0}
.acts{display:flex;gap:1.25rem;align-items:center;margin-top:auto}
button{font:inherit;min-height:2.75rem;padding:.25rem 1.25rem;border:1px solid var(--red);
border-radius:6px;background:#fff;color:var(--red);cursor:pointer}
button:hover{background:#faf1ef}
button:focus-visible,input:focus-visible{outline:3px solid #d9a69d;outline-offset:2px}
button:disabled{border-color:var(--line);color:var(--dim);background:#fff;cursor:default}
figure button{width:100%;margin-top:.75rem}
.copy-text,#copy-command:not(:disabled){background:var(--red);color:#fff}
.copy-text:hover,#copy-command:not(:disabled):hover{background:#8a3023}
label{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;cursor:pointer}
input{width:1.25rem;height:1.25rem;accent-color:var(--red)}
article.sent{opacity:.55}
footer{position:sticky;bottom:0;background:#fff;border-top:1px solid var(--line);
padding:.75rem max(1.25rem,calc((100% - 60rem)/2 + 1.25rem));display:flex;gap:1.25rem;
align-items:center;justify-content:space-between}
footer p{margin:0;min-width:0}
code{display:block;font-size:.875rem;color:var(--dim);overflow-wrap:anywhere;max-height:4.2rem;
overflow:auto}
footer button{flex:none}
@media (max-width:44rem){
article{grid-template-columns:1fr;gap:1rem;padding:1rem}
figure{order:2}
header,main{padding-left:.75rem;padding-right:.75rem}
header{padding-top:1rem}
.acts{justify-content:space-between}
footer{padding:.75rem;flex-direction:column;align-items:stretch;gap:.5rem}
}
@media print{footer,button,label{display:none}article{break-inside:avoid}}
"""
SCRIPT: Final = """
"use strict";
const said = (button, words) => {
  button.dataset.name ||= button.textContent;
  button.textContent = words;
  setTimeout(() => { button.textContent = button.dataset.name; }, 1600);
};
const byHand = (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};
const copyText = async (button, text) => {
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch { done = byHand(text); }
  said(button, done ? "已复制" : "复制不了，请选中文字");
};
const copyCard = async (button, image) => {
  try {
    const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (c) => c.charCodeAt(0));
    const card = new Blob([bytes], {type: "image/png"});
    await navigator.clipboard.write([new ClipboardItem({"image/png": card})]);
    said(button, "已复制");
  } catch { said(button, "请在图上点右键或长按复制"); }
};
const articles = [...document.querySelectorAll("article")];
const command = document.getElementById("command");
const count = document.getElementById("count");
const button = document.getElementById("copy-command");
const told = () => {
  const sent = articles.filter((each) => each.querySelector("input").checked);
  articles.forEach((each) => each.classList.toggle("sent", sent.includes(each)));
  count.textContent = sent.length ? `已勾选 ${sent.length} / ${articles.length} 位` : "还没有勾选";
  const numbers = sent.map((each) => each.dataset.number).join(" ");
  command.textContent = numbers ? `donflow greeting sent ${numbers}` : "";
  button.disabled = !numbers;
};
for (const each of articles) {
  const text = each.querySelector(".text").textContent;
  const copy = each.querySelector(".copy-text");
  copy.addEventListener("click", () => copyText(copy, text));
  const card = each.querySelector(".copy-card");
  card?.addEventListener("click", () => copyCard(card, each.querySelector("img")));
  each.querySelector("input").addEventListener("change", told);
}
button.addEventListener("click", () => copyText(button, command.textContent));
told();
"""
