"""The world's faults. Everything else that is raised is a bug of ours."""

from __future__ import annotations


class UserError(Exception):
    """Something outside the program is wrong: a bad file, no space, a lock.

    `title` says what happened, `what_to_do` what the person can do, `details` helps support; none of them
    ever holds an answer. The command line exits with 2 on it, the window shows the two sentences.
    """

    def __init__(self, title: str, what_to_do: str = "", details: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.what_to_do = what_to_do
        self.details = details

    def __str__(self) -> str:
        return f"{self.title} {self.what_to_do}".strip()


class Cancelled(Exception):  # noqa: N818 (an outcome, not an error)
    """The person cancelled the work; nothing was changed."""
