"""The workspace's keyring, and what is done with it as a whole: status, and rotation of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.storage.keyring import Keyring


def keyring_of(settings: Settings) -> Keyring:
    """The keyring that the settings name; nothing is read or made yet."""
    from fitintel.storage.keyring import Keyring

    return Keyring(settings.keyring, settings.home, lambda: settings.account("SECRET_KEY"))
