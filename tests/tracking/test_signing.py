"""Artifacts of the registry: what was signed is what is loaded, or nothing is."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import stat

import pytest

from fitintel.core.errors import ArtifactRefused, StorageError
from fitintel.tracking.cards import CHAMPION, model_name, register_cards
from fitintel.tracking.models import check, load_model, write
from fitintel.tracking.signing import ALLOWED, MANIFEST, SIGNATURE, ArtifactKey, sign, verify


@pytest.fixture(scope="session")
def cooper():
    from fitintel.intelligence.registry import get

    return get("cooper_vo2max").card


@pytest.fixture(scope="session")
def signed(tmp_path_factory, cooper):
    """(folder, key, digest of the manifest)"""
    place = tmp_path_factory.mktemp("signed")
    key = ArtifactKey(place / "key.pem")
    return place / "model", key, write(place / "model", cooper, model_name(cooper), key)


@pytest.fixture
def copy(signed, tmp_path):
    folder, key, digest = signed
    shutil.copytree(folder, tmp_path / "model")
    return tmp_path / "model", key, digest


def test_what_was_signed_is_accepted(signed, cooper):
    folder, key, digest = signed
    manifest = verify(folder, key.public(), id=cooper.id, version=cooper.version, least=cooper.version, digest=digest)
    assert (manifest.id, manifest.version) == (cooper.id, cooper.version)
    assert set(manifest.files) == ALLOWED


def test_of_200_flipped_bytes_200_are_refused_naming_what_failed(copy, cooper):
    folder, key, digest = copy
    draw = random.Random(6)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(files) == 8
    refused = 0
    for i in range(200):
        path = files[i % len(files)]
        data = path.read_bytes()
        place, bit = draw.randrange(len(data)), 1 << draw.randrange(8)
        path.write_bytes(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
        # in half of them without the digest that the registry noted: the signature alone has to tell
        with pytest.raises(ArtifactRefused) as error:
            verify(folder, key.public(), id=cooper.id, digest=digest if i % 2 else None)
        assert path.name in str(error.value.where), (path, place)
        assert error.value.code == "E_TAMPERED"
        refused += 1
        path.write_bytes(data)
    assert refused == 200
    verify(folder, key.public(), id=cooper.id, digest=digest)


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE, "model.py", "card.json"])
def test_a_missing_file_is_refused_by_name(copy, cooper, name):
    folder, key, digest = copy
    (folder / name).unlink()
    with pytest.raises(ArtifactRefused, match="it is missing") as error:
        verify(folder, key.public(), id=cooper.id, digest=digest)
    assert error.value.where == name


def test_an_added_file_and_a_link_are_refused_by_name(copy, cooper, tmp_path):
    folder, key, _ = copy
    (folder / "sitecustomize.py").write_text("")
    with pytest.raises(ArtifactRefused, match=r"sitecustomize\.py.*it was added"):
        verify(folder, key.public(), id=cooper.id)
    (folder / "sitecustomize.py").unlink()
    same = tmp_path / "same.py"
    (folder / "model.py").rename(same)
    (folder / "model.py").symlink_to(same)
    with pytest.raises(ArtifactRefused, match=r"model\.py"):
        verify(folder, key.public(), id=cooper.id)


def test_an_artifact_signed_by_another_key_is_refused(copy, cooper, tmp_path):
    folder, key, _ = copy
    sign(folder, cooper.id, cooper.version, "00", ArtifactKey(tmp_path / "other.pem"))
    with pytest.raises(ArtifactRefused, match="the signature does not hold"):
        verify(folder, key.public(), id=cooper.id)


def test_an_artifact_of_another_algorithm_or_version_is_refused(signed, cooper):
    folder, key, _ = signed
    with pytest.raises(ArtifactRefused, match=f"it is of {cooper.id}"):
        verify(folder, key.public(), id="pmc")
    with pytest.raises(ArtifactRefused, match=r"not 9\.0\.0"):
        verify(folder, key.public(), id=cooper.id, version="9.0.0")


def test_an_artifact_older_than_the_version_in_use_is_a_rollback(signed, cooper):
    folder, key, digest = signed
    with pytest.raises(ArtifactRefused, match=r"E_ROLLBACK.*in use is 99\.0\.0") as error:
        verify(folder, key.public(), id=cooper.id, least="99.0.0", digest=digest)
    assert error.value.code == "E_ROLLBACK"


def test_a_pickle_is_refused_whoever_signed_it(copy, cooper):
    folder, key, _ = copy
    (folder / "model.pkl").write_bytes(b"")
    sign(folder, cooper.id, cooper.version, "00", key)
    with pytest.raises(ArtifactRefused, match=r"model\.pkl.*files of this kind are not opened"):
        verify(folder, key.public(), id=cooper.id)


def test_a_fitted_model_is_accepted_as_skops_and_only_with_types_of_the_list(copy, cooper):
    import skops.io
    from sklearn.linear_model import Ridge

    folder, key, _ = copy
    skops.io.dump(Ridge().fit([[0.0], [1.0]], [0.0, 1.0]), folder / "fitted.skops")
    sign(folder, cooper.id, cooper.version, "00", key)
    verify(folder, key.public(), id=cooper.id)
    skops.io.dump({"run": shutil.rmtree}, folder / "fitted.skops")
    sign(folder, cooper.id, cooper.version, "00", key)
    with pytest.raises(ArtifactRefused, match=r"fitted\.skops.*shutil\.rmtree.*not on the list"):
        verify(folder, key.public(), id=cooper.id)


def test_code_that_this_release_has_not_written_is_not_run_whoever_signed_it(copy, cooper, tmp_path):
    folder, key, _ = copy
    marker = tmp_path / "marker"
    (folder / "model.py").write_text(f"open({str(marker)!r}, 'w')\n")
    digest = sign(folder, cooper.id, cooper.version, "00", key)
    with pytest.raises(ArtifactRefused, match="other code than this release writes"):
        check(folder, cooper, model_name(cooper), key, version=cooper.version, manifest=digest)
    assert not marker.exists()


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    key = ArtifactKey(tmp_path / "keys" / "artifacts.key")
    one = key.sign(b"x")
    path = tmp_path / "keys" / "artifacts.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = hashlib.sha256(path.read_bytes()).digest()
    assert key.sign(b"x") != one  # each signature has its own random number
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["artifacts.key"]
    path.chmod(0o640)
    with pytest.raises(StorageError, match="can be read by others"):
        key.public()


def test_a_key_that_is_none_is_an_error_that_says_what_to_do(tmp_path):
    path = tmp_path / "key"
    path.write_text("nothing")
    path.chmod(0o600)
    with pytest.raises(StorageError, match="restore it from the backup"):
        ArtifactKey(path).public()


@pytest.fixture
def registered(client, mlflow_place, cooper):
    register_cards(client, [cooper], mlflow_place.artifacts, mlflow_place.key)
    return client.get_model_version_by_alias(model_name(cooper), CHAMPION)


def test_a_registered_model_is_verified_and_gives_what_the_algorithm_gives(client, mlflow_place, registered, cooper):
    from fitintel.intelligence.registry import get

    model = load_model(
        client, cooper, model_name(cooper), mlflow_place.key, alias=CHAMPION, pins={cooper.id: cooper.version}
    )
    assert model.predict(dict.fromkeys(cooper.inputs, 2800.0)) == get(cooper.id)(2800.0)
    names = [column.name for column in model.metadata.signature.inputs]
    assert names[:2] == list(cooper.inputs)


def test_a_champion_older_than_the_version_in_use_is_not_loaded(client, mlflow_place, registered, cooper):
    with pytest.raises(ArtifactRefused, match="E_ROLLBACK"):
        load_model(client, cooper, model_name(cooper), mlflow_place.key, alias=CHAMPION, pins={cooper.id: "99.0.0"})


def test_a_file_changed_in_the_artifact_store_is_not_loaded(client, mlflow_place, registered, cooper):
    from pathlib import Path
    from urllib.parse import urlparse

    path = Path(urlparse(registered.source).path, "card.json")
    before = path.read_text()
    said = json.loads(before)
    path.write_text(json.dumps(said | {"source": "invented"}))
    try:
        with pytest.raises(ArtifactRefused, match=r"card\.json.*it was changed"):
            load_model(client, cooper, model_name(cooper), mlflow_place.key)
    finally:
        path.write_text(before)
    assert load_model(client, cooper, model_name(cooper), mlflow_place.key) is not None
