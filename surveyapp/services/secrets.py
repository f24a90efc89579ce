"""Secrets in the keyring of the computer, or only in memory where there is none; never in a file of ours.

Every call may wait for the person to unlock the keyring: the window makes them in a worker, never on its own thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "surveyapp"
"""The name under which a keyring lists our secrets."""

_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Back ends that keep nothing, or keep it in a file that others can read."""

_CHAIN = "keyring.backends.chainer"

_remembered: dict[str, str] = {}
_lock = threading.Lock()


def get(name: str) -> str | None:
    """The secret of that name; None if there is none.

    Raises UserError if the keyring does not answer: a locked secret is not a missing one.
    """
    with _lock:
        if name in _remembered:
            return _remembered[name]
    keyring = _find_keyring()
    if keyring is None:
        return None
    try:
        found = keyring.get_password(SERVICE, name)
    except Exception as error:
        raise _no_answer(error) from error
    return found if isinstance(found, str) else None


def set(name: str, secret: str) -> bool:  # noqa: A001 (get, set, delete: always called with the module before it)
    """Keep a secret, until the program ends at least; whether it is there next time too."""
    keyring = _find_keyring()
    if keyring is not None:
        try:
            keyring.set_password(SERVICE, name, secret)
        except Exception:  # noqa: BLE001 (refused, locked or gone: memory is what is left)
            keyring = None
    with _lock:
        if keyring is None:
            _remembered[name] = secret
        else:
            _remembered.pop(name, None)
    return keyring is not None


def is_lasting(name: str) -> bool:
    """Whether a secret will be there next time, as far as one can tell: it is not only in memory."""
    with _lock:
        if name in _remembered:
            return False
    return get(name) is not None


def is_only_remembered(name: str) -> bool:
    """Whether a secret is gone when the program ends. Asks no keyring, so that any thread may ask this."""
    with _lock:
        return name in _remembered


def is_kept() -> bool:
    """Whether this computer has a place that keeps secrets until next time."""
    return _find_keyring() is not None


def where() -> str:
    """One sentence: where secrets are kept on this computer."""
    keyring = _find_keyring()
    if keyring is None:
        return _("No place to keep passwords was found on this computer. They are asked for again next time.")
    return _("Passwords and keys are kept in %(place)s.") % {"place": _place_words(keyring)}


def _find_keyring() -> KeyringBackend | None:
    """The back end in use; None where there is none, which is normal without a desktop."""
    import keyring

    try:
        chosen = keyring.get_keyring()
        parts = list(getattr(chosen, "backends", None) or [chosen])  # a chain tries several, a plain file among them
    except Exception:  # noqa: BLE001 (a back end named in the environment or a configuration that does not load)
        return None
    return next((part for part in parts if not type(part).__module__.startswith((*_REFUSED, _CHAIN))), None)


def _place_words(keyring: KeyringBackend) -> str:
    words = {
        "macOS": _("the Keychain of macOS"),
        "Windows": _("the Credential Manager of Windows"),
        "SecretService": _("the keyring of the desktop (Secret Service)"),
        "libsecret": _("the keyring of the desktop (Secret Service)"),
        "kwallet": _("the wallet of the desktop (KWallet)"),
    }
    module = type(keyring).__module__.split(".")
    known = next((words[part] for part in module if part in words), None)
    return known or str(getattr(keyring, "name", "") or type(keyring).__name__)


def _no_answer(error: Exception) -> UserError:
    return UserError(
        _("The place where passwords are kept does not answer."),
        _("Unlock it, then try again. Nothing was changed."),
        type(error).__name__,
    )
