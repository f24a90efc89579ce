"""What a person wrote between the figures: paragraphs and bullets, nothing else is read into it."""

from __future__ import annotations

import re

from surveyapp.domain.analysis import Block
from surveyapp.reports.document import Content, Heading, Text
from surveyapp.reports.request import ReportInput

_BULLET = re.compile(r"^\s*[-*•]\s+(?=\S)")


def prose(text: str, block: str = "") -> list[Content]:
    """Blank lines part paragraphs; a line that begins with "- " is a bullet. Other line ends are kept."""
    result: list[Content] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip()):
        lines: list[str] = []
        for line in part.split("\n"):
            if _BULLET.match(line):
                result += _paragraph(lines, block)
                lines = []
                result.append(Text(text=_BULLET.sub("", line).rstrip(), role="bullet", block=block))
            else:
                lines.append(line.rstrip())
        result += _paragraph(lines, block)
    return result


def _paragraph(lines: list[str], block: str) -> list[Content]:
    text = "\n".join(lines).strip("\n")
    return [Text(text=text, block=block)] if text.strip() else []


def build_text(_report: ReportInput, block: Block) -> list[Content]:
    """A text block, with its title as a small heading if it has one."""
    head: list[Content] = [Heading(level=3, text=block.title, block=block.id)] if block.title else []
    return [*head, *prose(block.text, block.id)]


def build_heading(_report: ReportInput, block: Block) -> list[Content]:
    """A chapter, with the text below it."""
    return [Heading(level=1, text=block.title or block.text, block=block.id), *prose(block.text if block.title else "")]
