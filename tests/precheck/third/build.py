"""Builds the agreements in Word of the third set from `sources/`: run it after a change there.

The marks of a source are those of the second set's builder, which does the work.
"""

from __future__ import annotations

from pathlib import Path

from tests.precheck.second.build import built

HERE = Path(__file__).parent


def main() -> None:
    """Write every agreement in Word beside its source's folder."""
    for source in sorted((HERE / "sources").glob("*.source")):
        (HERE / f"{source.stem}.docx").write_bytes(built(source.read_text("utf-8")))


if __name__ == "__main__":
    main()
