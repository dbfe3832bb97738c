"""A signed manifest for every artifact of the registry: what was signed is what is loaded, or nothing is.

The manifest lists the files of a folder with their SHA-256 and says whose they are (algorithm, version, digest of the
card); the signature over it is ECDSA on P-256. The key is a file of its own, outside the database that holds the
registry: who can write to MLflow cannot sign. `docs/decisions/signed-artifacts.md` says why not with model-signing.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.counted import count
from fitintel.core.errors import ArtifactRefused, StorageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = "fitintel-manifest-1"
ALLOWED = frozenset({"MLmodel", "conda.yaml", "python_env.yaml", "requirements.txt", "card.json", "model.py"})
"""Files that an artifact may have, besides fitted models."""
FITTED = (".skops", ".json")
"""Endings of fitted models. A pickle runs what it likes while it is opened, whoever signed it."""
TRUSTED: Mapping[str, frozenset[str]] = {}
"""algorithm -> types, beyond those that skops trusts itself, that its .skops file may hold"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose files these are."""

    id: str
    version: str
    card: str
    """digest of the card"""
    files: Mapping[str, str]
    """path in the folder -> SHA-256"""

    def as_bytes(self) -> bytes:
        """The one form in which it is written and signed."""
        said = {"format": FORMAT, "id": self.id, "version": self.version, "card": self.card, "files": dict(self.files)}
        return json.dumps(said, sort_keys=True, indent=1).encode()


class ArtifactKey:
    """The private key in a file, made when it is first needed; readable by its owner alone.

    Raises StorageError for a file that others may read, or that is no key.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

        return self._key().sign(data, ECDSA(hashes.SHA256()))

    def public(self) -> EllipticCurvePublicKey:
        """What a signature is checked with."""
        return self._key().public_key()

    def _key(self) -> EllipticCurvePrivateKey:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        if not self._path.exists():
            made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # two that make it at once: the first wins, and both read the same key
            new = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(made)
            try:
                os.link(new, self._path)
            except FileExistsError:
                pass
            finally:
                new.unlink()
        if stat.S_IMODE(self._path.stat().st_mode) & 0o077:
            raise StorageError("The key that signs artifacts can be read by others", where=str(self._path),
                               next=f"chmod 600 {self._path}")  # fmt: skip
        try:
            key = serialization.load_pem_private_key(self._path.read_bytes(), password=None)
        except ValueError as error:
            raise StorageError(
                "The key that signs artifacts is no key", where=str(self._path), why=str(error),
                next="restore it from the backup, or remove it and register the cards anew",
            ) from None  # fmt: skip
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
            raise StorageError("The key that signs artifacts is not one on P-256", where=str(self._path))
        return key


def sign(folder: Path, id: str, version: str, card: str, key: ArtifactKey) -> str:
    """Write manifest and signature of the files in `folder` into it; the SHA-256 of the manifest."""
    data = Manifest(id, version, card, _digests(folder)).as_bytes()
    (folder / MANIFEST).write_bytes(data)
    (folder / SIGNATURE).write_bytes(key.sign(data))
    return hashlib.sha256(data).hexdigest()


def verify(
    folder: Path, key: EllipticCurvePublicKey, *, id: str, version: str | None = None, least: str | None = None,
    digest: str | None = None,
) -> Manifest:  # fmt: skip
    """The manifest, if every file is as it was signed, for algorithm `id` and this `version`, not older than `least`.

    `digest` is the SHA-256 of the manifest that the registry noted. Raises ArtifactRefused, naming what failed; nothing
    of the folder has been opened but the manifest then.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

    for name in (MANIFEST, SIGNATURE):
        if not (folder / name).is_file():
            raise _refused(id, name, "it is missing")
    data, signature = (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_bytes()
    noted = digest is not None and hashlib.sha256(data).hexdigest() == digest
    if digest is not None and not noted:
        raise _refused(id, MANIFEST, "it is not the one that was registered")
    try:
        key.verify(signature, data, ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise _refused(
            id, SIGNATURE if noted else f"{MANIFEST} or {SIGNATURE}", "the signature does not hold"
        ) from None
    manifest = _read(id, data)
    if manifest.id != id:
        raise _refused(id, MANIFEST, f"it is of {manifest.id}")
    if version is not None and manifest.version != version:
        raise _refused(id, MANIFEST, f"it is of version {manifest.version}, not {version}")
    if least is not None and _order(manifest.version) < _order(least):
        count("models_refused", why="rollback")
        raise ArtifactRefused(
            f"The artifact of {id} is older than the version in use", code="E_ROLLBACK", where=MANIFEST,
            why=f"it is {manifest.version}, in use is {least}",
            next=f"to go back on purpose: fitintel rollback {id}",
        )  # fmt: skip
    _same_files(id, folder, manifest)
    return manifest


def _read(id: str, data: bytes) -> Manifest:
    found: dict[str, Any] = json.loads(data)
    manifest = Manifest(found["id"], found["version"], found["card"], found["files"])
    if found.get("format") != FORMAT or manifest.as_bytes() != data:
        raise _refused(id, MANIFEST, "it is not written as this release writes it")
    return manifest


def _same_files(id: str, folder: Path, manifest: Manifest) -> None:
    there = _digests(folder)
    for name in sorted(manifest.files.keys() | there.keys()):
        if name not in there:
            raise _refused(id, name, "it is missing")
        if name not in manifest.files:
            raise _refused(id, name, "it was added")
        if there[name] != manifest.files[name]:
            raise _refused(id, name, "it was changed")
        if name not in ALLOWED and not name.endswith(FITTED):
            raise _refused(id, name, "files of this kind are not opened")
        if name.endswith(".skops"):
            _trusted(id, folder / name)


def _trusted(id: str, path: Path) -> None:
    from skops.io import get_untrusted_types

    if strange := sorted(set(get_untrusted_types(file=path)) - TRUSTED.get(id, frozenset())):
        raise _refused(id, path.name, f"it holds {strange[0]}, which is not on the list of {id}")


def _digests(folder: Path) -> dict[str, str]:
    """Path -> SHA-256, of all but manifest and signature. A link has no place here: what it leads to can change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = "link"
        elif not path.is_dir() and name not in (MANIFEST, SIGNATURE):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _refused(id: str, name: str, why: str) -> ArtifactRefused:
    count("models_refused", why="tampered")
    return ArtifactRefused(
        f"The artifact of {id} is not what was signed", code="E_TAMPERED", where=name, why=why,
        next="look at who can write to the artifact store, then register the cards anew",
    )  # fmt: skip


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
