"""Certificates: one by one, a thousand in one file, and cold, beside bare reportlab.

The peer draws the same words in the same fonts and sizes, and the same ornament as ready lines of
PDF; it breaks no line, checks no glyph, sets no Chinese punctuation and adds no copyable text.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measuring import Figure, Work, in_turn
from donflow.papers import certificate
from donflow.papers.certificate import CertificateWords, draw_certificate, draw_certificates
from donflow.pdf.fonts import FILES, FOLDER

WORDS = CertificateWords(
    donor="梁启舟先生",
    foundation="云麓大学教育发展基金会",
    purpose="设立“恒源奖学金”，奖励品学兼优的全日制本科生和研究生",
    awarded_on=date(2026, 4, 18),
    certificate_number="云基证〔2026〕031号",
    amount_words="人民币伍拾万元整",
    amount_figures="￥500,000.00",
    verification_code="7K3QW9XMPA2RTVZC",
)
THOUSAND = [replace(WORDS, donor=f"梁启{number}舟先生") for number in range(1000)]
WIDTH, HEIGHT = 842, 595


def measure(_folder: Path) -> list[Figure]:
    for role, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"bare-{role}", str(FOLDER / file), asciiReadable=False))
    number = count()
    single = in_turn(
        {
            "donflow": lambda: draw_certificate(_another(next(number))),
            "plain": lambda: bare([_another(next(number))], ornament=False),
            "bare": lambda: bare([_another(next(number))]),
        },
        times=5,
    )
    many = in_turn(
        {"donflow": lambda: draw_certificates(THOUSAND), "bare": lambda: bare(THOUSAND)}, rounds=7
    )
    cold = in_turn({"donflow": _cold("draw_certificate(WORDS)"), "bare": _cold("cold_bare()")})
    one, size = single.ratio("donflow", "plain"), len(draw_certificates(THOUSAND)) // 1024
    thousand, first = (each.ratio("donflow", "bare") for each in (many, cold))
    return [
        Figure(
            "a certificate, warm : reportlab with the same words, no ornament",
            "≤ 1.2",
            f"{one:.2f} ({single.ms('donflow')}); to reportlab with the ornament as well"
            f" {single.ratio('donflow', 'bare'):.2f}",
            one <= 1.2,
        ),
        Figure(
            "1,000 certificates in one file : reportlab with words and ornament",
            "≤ 1.5",
            f"{thousand:.1f} ({many.ms('donflow')}, {size} KiB)",
            thousand <= 1.5,
        ),
        Figure(
            "a certificate in a new process : reportlab with the words alone",
            "≤ 1.4",
            f"{first:.2f} ({cold.ms('donflow')})",
            first <= 1.4,
        ),
    ]


def bare(several: list[CertificateWords], *, ornament: bool = True) -> bytes:
    """Only the words at their places, and the ornament as it was drawn once."""
    out = io.BytesIO()
    rl_config.useA85 = 0
    canvas = Canvas(
        out, (WIDTH, HEIGHT), invariant=1, pageCompression=1, initialFontName="bare-serif"
    )
    if ornament:
        canvas.beginForm("ornament")
        canvas._code.append(_ornament())
        canvas.endForm()
    for words in several:
        if ornament:
            canvas.doForm("ornament")
        body = certificate.compose_body(words)
        lines = [
            ("serif_bold", 44, words.title),
            ("kai", 25, f"{words.donor}："),
            *(("kai", 20, body[start : start + 30]) for start in range(0, len(body), 30)),
            ("kai", 18, words.foundation),
            ("kai", 16, certificate.write_date(words.awarded_on, words.date_numerals)),
            ("serif", 9, f"证书编号：{words.certificate_number}"),
            ("serif", 9, f"查验码：{certificate.group_code(words.verification_code)}"),
        ]
        for place, (role, size, text) in enumerate(lines):
            canvas.setFont(f"bare-{role}", size)
            canvas.drawString(120, 500 - 45 * place, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def cold_bare() -> bytes:
    """What a process of its own does for one certificate without donflow."""
    for role, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"bare-{role}", str(FOLDER / file), asciiReadable=False))
    return bare([WORDS], ornament=False)


@cache
def _ornament() -> str:
    return zlib.decompress(certificate._frame().packed).decode()


def _another(number: int) -> CertificateWords:
    return replace(WORDS, donor=f"梁启{number}舟先生")


def _cold(work: str) -> Work:
    program = f"from benchmarks.certificates import *; {work}"
    return lambda: subprocess.run([sys.executable, "-c", program], check=True)
