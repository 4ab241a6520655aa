"""The front page is true: its example gives the output that stands below it."""

import re
from pathlib import Path

import katanya
from katanya.render import terminal

README = Path(__file__).parent.parent / "README.md"


def test_the_first_screen_is_what_the_program_prints() -> None:
    """The news report on the front page is read as the page says."""
    blocks = re.findall(r"```\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    report, printed = blocks[:2]
    shown = terminal.plain(katanya.read(report.rstrip("\n")))
    assert shown.strip() == printed.strip()
