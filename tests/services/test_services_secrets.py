"""Secrets: in the keyring where there is one, in memory where there is none, in no file ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked
from memory_keyring import MemoryKeyring

from surveyapp.domain.errors import UserError
from surveyapp.services import secrets

SECRET = "kept-by-nobody-else"


class PlainFileKeyring(MemoryKeyring):
    """Stands for the back end that writes a readable file."""


PlainFileKeyring.__module__ = "keyrings.alt.file"


class LockedKeyring(MemoryKeyring):
    """The person closed the unlock prompt."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username} {password}")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    secrets._remembered.clear()


def files_below(folder: Path) -> list[str]:
    return [path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()]


def test_a_keyring_keeps(memory_keyring: dict[tuple[str, str], str]) -> None:
    assert secrets.get("pseudonyms") is None
    assert secrets.set("pseudonyms", SECRET) is True
    assert memory_keyring == {("surveyapp", "pseudonyms"): SECRET}
    assert secrets.get("pseudonyms") == SECRET


def test_where_names_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    assert secrets.where() == "Passwords and keys are kept in memory keyring MemoryKeyring."
    monkeypatch.setattr(MemoryKeyring, "__module__", "keyring.backends.SecretService")
    assert secrets.where() == "Passwords and keys are kept in the keyring of the desktop (Secret Service)."


@pytest.mark.parametrize("backend", [NoKeyring, NullKeyring, PlainFileKeyring, ChainerBackend])
def test_without_a_safe_place_secrets_last_as_long_as_the_program(
    backend: type, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backend()
    if isinstance(made, ChainerBackend):
        monkeypatch.setattr(ChainerBackend, "backends", [PlainFileKeyring()])
    keyring.set_keyring(made)
    assert secrets.set("pseudonyms", SECRET) is False
    assert secrets.get("pseudonyms") == SECRET
    assert secrets.get("other") is None
    assert secrets.where().startswith("No place to keep passwords was found on this computer.")
    assert not [text for text in files_below(profile) if SECRET in text]
    if isinstance(made, PlainFileKeyring):
        assert made.secrets == {}


def test_a_chain_is_asked_past_its_plain_file(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, safe = PlainFileKeyring(), MemoryKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [plain, safe])
    keyring.set_keyring(ChainerBackend())  # type: ignore[no-untyped-call]
    assert secrets.set("token", SECRET) is True
    assert plain.secrets == {}
    assert safe.secrets == {("surveyapp", "token"): SECRET}


def test_a_locked_keyring_is_not_an_empty_one() -> None:
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(UserError) as caught:
        secrets.get("pseudonyms")
    assert "does not answer" in caught.value.title
    assert secrets.set("pseudonyms", SECRET) is False
    assert secrets.get("pseudonyms") == SECRET


def test_no_secret_stands_in_an_error() -> None:
    keyring.set_keyring(LockedKeyring())
    secrets.set("token", SECRET)
    with pytest.raises(UserError) as caught:
        secrets.get("other")
    assert SECRET not in str(caught.value) + caught.value.details
