"""The workspace's keyring as a whole: its status, and the rotation of keys.

Rotating goes on where it was cut off: what is left to do can be seen in what is kept. A key is removed when nothing is
sealed with it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.storage.keyring import Keyring
    from fitintel.storage.sealed_files import SealedFiles
    from fitintel.storage.store_erasing import Kept
    from fitintel.workbench.door.base import Door

Progress = Callable[[int, int, str], None]


def keyring_of(settings: Settings) -> Keyring:
    """The keyring that the settings name; nothing is read or made yet."""
    from fitintel.storage.keyring import Keyring

    return Keyring(settings.keyring, settings.home, lambda: settings.account("SECRET_KEY"))


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """What is sealed with what."""

    athletes: int
    keyed: int
    """athletes with a data key"""
    data_keys: int
    spare: int
    """data keys that no longer seal, and are still there to open what they sealed"""
    outdated: int
    """texts and files that are not sealed with their athlete's newest key"""
    wrapped_by_older: int
    """data keys that are not wrapped by the workspace's newest key"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did."""

    workspace_key: bool
    """there is a new one"""
    wrapped: int
    """data keys that were wrapped anew"""
    texts: int
    files: int
    destroyed: int
    """data keys that nothing is sealed with any more"""


def status(bench: Door) -> KeyStatus:
    """What is sealed with what; every kept text and the beginning of every file is looked at."""
    keys, found = bench.keyring.data_keys(), bench.vault.athletes()
    newest = {one.mark for one in keys}
    outdated = sum(len(list(_texts(bench, one.id))) + len(list(_paths(bench, one.id))) for one in found)
    keyed = sum(bench.keyring.mark(one.id) in newest for one in found) if keys else 0
    older = sum(not bench.keyring.wrapped_by_newest(one) for one in keys)
    return KeyStatus(len(found), keyed, len(keys), len(keys) - len(newest), outdated, older)


def rotate(bench: Door, *, workspace: bool = True, data: bool = False, progress: Progress | None = None) -> Rotated:
    """Wrap the data keys with a new key of the workspace; with `data`, new data keys seal everything anew.

    Without `data` only what was never sealed, or was with an older key, is sealed anew. Where a setting gives the
    workspace's key, a person changes it there: the one before has to lie in the folder `secret-keys` meanwhile.
    Raises SealBroken where something cannot be opened; nothing of it is lost then.
    """
    changed = workspace and bench.settings.account("SECRET_KEY") is None
    if changed:
        bench.keyring.renew_workspace_key()
    _reseal_second_factors(bench)
    wrapped = sum(bench.keyring.rewrap(one) for one in bench.keyring.data_keys())
    texts = files = destroyed = 0
    found = bench.vault.athletes()
    for done, athlete in enumerate(found):
        if progress:
            progress(done, len(found), "sealing anew")
        mark = bench.keyring.mark(athlete.id)
        if data:
            bench.keyring.add(mark)
        texts += _reseal_texts(bench, athlete.id)
        files += _reseal_files(bench, athlete.id)
        _reseal_tokens(bench, athlete.id)
        older = bench.keyring.data_keys(mark)[:-1]
        bench.keyring.destroy(older)
        destroyed += len(older)
    bench.keyring.drop_older_workspace_keys()
    return Rotated(changed, wrapped, texts, files, destroyed)


def _reseal_second_factors(bench: Door) -> None:
    from fitintel.workbench.sessions import opened_secret, sealed_secret

    for account in bench.vault.accounts():
        kept = bench.vault.secrets(account.id)
        if kept is not None and kept.totp:
            secret = opened_secret(bench.settings, account.id, kept)
            bench.vault.put_secrets(account.id, replace(kept, totp=sealed_secret(bench.settings, account.id, secret)))


def _texts(bench: Door, athlete_id: str) -> Iterator[Kept]:
    """Texts of the athlete that the newest key did not seal."""
    from fitintel.storage import sealed_text

    kept = bench.vault.kept_texts(athlete_id)
    newest = bench.keyring.sealer(athlete_id).name if kept else ""
    for one in kept:
        if sealed_text.key_of(one.text) != newest:
            yield one


def _reseal_texts(bench: Door, athlete_id: str) -> int:
    from fitintel.storage import sealed_text

    changed: list[tuple[Kept, str]] = []
    sealer = bench.keyring.sealer(athlete_id)
    for one in _texts(bench, athlete_id):
        text = sealed_text.open_of(bench.keyring, athlete_id, one.table, one.row_id, one.text)
        changed.append((one, sealed_text.seal(sealer, athlete_id, one.table, one.row_id, text)))
    return bench.vault.replace_texts(athlete_id, changed) if changed else 0


def _paths(bench: Door, athlete_id: str) -> Iterator[tuple[str, str]]:
    """(path, mark that it should be sealed for) of the athlete's files that are not."""
    from fitintel.storage.blobs import path_of
    from fitintel.storage.keyring import SHARED
    from fitintel.storage.sealed_files import KINDS

    mark, files = bench.keyring.mark(athlete_id), sealed_files(bench)
    for kind, (alone, shared) in bench.vault.files_of(athlete_id).items():
        if f"{kind}/" in KINDS:
            for whose, digests in ((mark, alone), (SHARED, shared)):
                for digest in sorted(digests):
                    path = path_of(kind, digest)
                    if not files.is_newest(path, whose):
                        yield path, whose


def _reseal_files(bench: Door, athlete_id: str) -> int:
    files = sealed_files(bench)
    return sum(files.reseal(path, mark) for path, mark in list(_paths(bench, athlete_id)))


def _reseal_tokens(bench: Door, athlete_id: str) -> None:
    from fitintel.core.connections import ConnectionState
    from fitintel.workbench.accounts import Office

    office = Office(bench.vault, bench.blobs, bench.settings)
    for one in bench.vault.connections(athlete_id):
        if one.sealed:
            state = ("started",) if one.state is ConnectionState.STARTED else ()
            value = office.opened(one, *state)
            sealed = office.sealer(athlete_id).seal(value, athlete_id, one.provider, *state)
            bench.vault.put_connection(replace(one, sealed=sealed, generation=one.generation + 1))


def sealed_files(bench: Door) -> SealedFiles:
    """The workspace's files as they are kept."""
    from fitintel.storage.blobs import files_at
    from fitintel.storage.sealed_files import SealedFiles

    return SealedFiles(files_at(bench.settings.files_url), bench.keyring)
