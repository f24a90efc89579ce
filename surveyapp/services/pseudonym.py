"""The key that turns addresses into pseudonyms: one per workspace, in the keyring of the computer, never in the file.

Whoever has it can tell whether an address they know is in the census; without it, the years cannot be linked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as randomness
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.reports.target import write_bytes
from surveyapp.services import secrets
from surveyapp.services.session import Session

_SIZE = 32
_ID, _PRINT, _SAVED = "link_id", "link_print", "link_saved"
_OPENING = "surveyapp-link-key:"


def ensure_key(session: Session) -> bytes:
    """The key of this workspace, made at first use and kept in the keyring, else in memory until the program ends.

    Raises UserError if the workspace had one that is not here: a new one would link nobody to the earlier waves.
    """
    found = find_key(session)
    if found is not None:
        return found
    if _needed_print(session):
        raise UserError(
            _("The key that links people over the years is not on this computer. Nothing was stored."),
            _(
                "Bring the key file that was saved when it was made, or import on the computer that has it. With a new "
                "key everything works but this: nobody in the new wave can be linked to earlier ones."
            ),
        )
    return make_key(session)


def make_key(session: Session) -> bytes:
    """A new key for this workspace in place of any other; what was hashed with that one is linked no more."""
    return _keep(session, randomness.token_bytes(_SIZE))


def find_key(session: Session) -> bytes | None:
    """The key of this workspace, if it is here. Raises UserError if the keyring does not answer."""
    text = secrets.get(_name(session)) if session.store.get_meta(_ID) else None
    key = _decoded(text) if text else None
    known = session.store.get_meta(_PRINT)
    return key if key is not None and (not known or key_print(key) == known) else None


def export_key(session: Session) -> str:
    """One line of text to keep in a safe place: with it the links can be repeated on any computer.

    Raises UserError if there is no key here.
    """
    key = find_key(session)
    if key is None:
        raise UserError(
            _("This workspace has no key for links on this computer."),
            _("One is made when the first column of addresses is replaced."),
        )
    return _OPENING + base64.b32encode(key).decode("ascii").rstrip("=").lower() + "\n"


def use_key(session: Session, text: str, *, instead: bool = False) -> bytes:
    """Take an exported key for this workspace. Raises UserError if it is none, or (unless `instead`) another one than
    its waves were hashed with."""
    key = _decoded(text)
    if key is None:
        raise UserError(_("This is no key for links."), _("Choose the file that was saved when the key was made."))
    known = _needed_print(session)
    if known and key_print(key) != known and not instead:
        raise UserError(
            _("This is another key than the one of this workspace. Nothing was changed."),
            _("With it nobody could be linked to the waves that are there. Look for the right one."),
        )
    _keep(session, key)
    session.store.set_meta(_SAVED, key_print(key))  # there is a file of it
    return key


def key_print(key: bytes) -> str:
    """Ten letters that tell keys apart and nothing about them."""
    digest = hmac.new(key, b"print of the key", hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:10]


def key_sentence(session: Session) -> str:
    """Where the key is kept, and what that means for next year."""
    if find_key(session) is None:
        return _("The key that links people over the years is not on this computer. Use its key file to link people.")
    if secrets.is_lasting(_name(session)):
        return _("The key that links people over the years is kept outside the workspace. %(where)s") % {
            "where": secrets.where()
        }
    if is_key_saved(session):
        return _("The key that links people over the years is in the file you saved: keep it, it is needed next year.")
    return _(
        "The key that links people over the years is only in memory: no place to keep it was found on this computer. "
        "Save it to a file now, or the links cannot be repeated next year."
    )


def has_linked(session: Session) -> bool:
    """Whether this workspace ever had a key, on this computer or another."""
    return bool(session.store.get_meta(_PRINT))


def key_outlook(session: Session | None) -> tuple[str, bool]:
    """Where the key is or will be kept, in a sentence, and whether there is one now. Without a workspace, one is made
    with it."""
    if session is not None and find_key(session) is not None:
        return key_sentence(session), True
    if session is not None and _needed_print(session):
        return _("The key of the earlier waves is not on this computer. Use its key file to link people."), False
    if secrets.is_kept():
        return _("The key is made when the file is imported. %(where)s") % {"where": secrets.where()}, False
    return _(
        "The key is made when the file is imported. No place to keep it was found on this computer: save it to a file, "
        "or the links cannot be repeated next year."
    ), False


def is_key_lasting(session: Session) -> bool:
    """Whether the key will be there next time, in the keyring or in a file that a person saved."""
    return secrets.is_lasting(_name(session)) or is_key_saved(session)


def would_lose_key(session: Session) -> bool:
    """Whether the key that waves were hashed with is gone when the program ends, and in no file."""
    known = secrets.is_only_remembered(_name(session)) and not is_key_saved(session)
    return known and bool(_needed_print(session))


def is_key_saved(session: Session) -> bool:
    """Whether the key of now was once saved to a file."""
    saved = session.store.get_meta(_SAVED)
    return bool(saved) and saved == session.store.get_meta(_PRINT)


def require_place(session: Session, *, new: bool = False) -> None:
    """Raises UserError if the key, a `new` one too, would be gone when the program ends: nothing on this computer
    keeps it. For a command, which cannot offer to save it later."""
    if secrets.is_kept() or (find_key(session) is not None and not new):
        return
    if _needed_print(session) and not new:
        ensure_key(session)  # says that the earlier one is missing
    raise UserError(
        _("No place to keep the key for links was found on this computer. Nothing was stored."),
        _("Say into which file it goes: --key-file links.key. Without the key nobody can be linked to another year."),
    )


def save_key(session: Session, path: Path) -> None:
    """Write the key to a new file that only its owner can read; made first if there is none. Raises UserError."""
    ensure_key(session)
    try:
        path.touch(mode=0o600, exist_ok=True)  # before the key is in it
        path.chmod(0o600)
    except OSError as error:
        raise UserError(
            _("The key could not be saved as %(name)s. Nothing was stored.") % {"name": str(path)},
            _("Choose another folder."),
        ) from error
    write_bytes(path, export_key(session).encode("ascii"))
    session.store.set_meta(_SAVED, session.store.get_meta(_PRINT))


def read_key_file(path: Path) -> str:
    """The text of a key file. Raises UserError if it is none."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("%(name)s cannot be read as a key for links.") % {"name": path.name},
            _("Choose the file that was saved when the key was made."),
        ) from error
    if _decoded(text) is None:
        raise UserError(_("This is no key for links."), _("Choose the file that was saved when the key was made."))
    return text


def wave_print(session: Session, wave_id: int) -> str:
    """The print of the key that a wave was hashed with, "" if that is not known."""
    return session.store.get_meta(f"{_PRINT}:{wave_id}")


def note_wave(session: Session, wave_id: int, key: bytes) -> None:
    """Remember with which key a wave was hashed."""
    session.store.set_meta(f"{_PRINT}:{wave_id}", key_print(key))


def _needed_print(session: Session) -> str:
    """The print of the key that a wave was hashed with, also one whose import is undone; "" if there is none.

    A key that was made for an import which then failed is not missed.
    """
    known, waves = session.store.get_meta(_PRINT), session.store.waves
    hashed = (
        wave_print(session, wave.id) or waves.mapping(wave.id).hashed for wave in waves.list(include_removed=True)
    )
    return known if known and any(hashed) else ""


def _keep(session: Session, key: bytes) -> bytes:
    if not session.store.get_meta(_ID):
        session.store.set_meta(_ID, randomness.token_hex(8))
    secrets.set(_name(session), base64.b32encode(key).decode("ascii"))
    session.store.set_meta(_PRINT, key_print(key))
    return key


def _name(session: Session) -> str:
    return f"link key of workspace {session.store.get_meta(_ID)}"


def _decoded(text: str) -> bytes | None:
    plain = "".join(text.split()).removeprefix(_OPENING).upper()
    try:
        key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        return None
    return key if len(key) == _SIZE else None
