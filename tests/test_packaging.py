"""pyproject.toml, requirements.lock and environment.yml say the same; nothing that belongs to one machine is kept."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def requirements() -> list[Requirement]:
    table = project()
    extras = [line for lines in table["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in [*table["dependencies"], *extras]]


def locked() -> dict[str, list[Version]]:
    """Name -> the versions that the lock pins (several where markers divide them); an entry without hash fails."""
    found: dict[str, list[Version]] = {}
    hashes = 1
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if HASH.match(line):
            hashes += 1
        elif pin := PINNED.match(line):
            assert hashes, f"the entry before {line!r} has no hash"
            hashes = 0
            found.setdefault(canonicalize_name(pin["name"]), []).append(Version(pin["version"]))
        else:
            assert line.strip().startswith("#"), f"not a pin, a hash or a comment: {line!r}"
    assert hashes, "the last entry has no hash"
    return found


def tracked() -> list[str]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout: which files belong to the project is unknown")
    return [name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_every_requirement_is_locked_at_versions_that_satisfy_it(requirement):
    versions = locked().get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in requirements.lock; run: make lock"
    assert all(requirement.specifier.contains(version) for version in versions), versions


def test_every_lock_entry_has_a_hash_and_none_an_address():
    assert len(locked()) > 100
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_the_lock_was_compiled_for_the_python_that_the_project_asks_for():
    assert project()["requires-python"] == ">=3.11"
    assert "--python-version 3.11" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(("name", "major"), [("mlflow", 3), ("mlflow-skinny", 3), ("graphene", 3), ("pytest", 9)])
def test_packages_that_resolvers_walk_back_keep_their_major_version(name, major):
    assert [version.major for version in locked()[name]] == [major]


def test_build_requirements_are_locked_because_the_build_is_not_isolated():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    for requirement in map(Requirement, build):
        assert all(requirement.specifier.contains(version) for version in locked()[requirement.name])


def test_conda_users_get_the_locked_set():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["channels"][0] == "conda-forge"
    *_, pip = environment["dependencies"]
    assert pip == {"pip": ["--requirement requirements.lock"]}


def test_conda_specifications_are_well_formed_and_ask_for_the_same_python():
    from rattler import MatchSpec

    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    specs = [MatchSpec(line, strict=True) for line in environment["dependencies"] if isinstance(line, str)]
    wanted = {str(spec.name.normalized): str(spec.version) for spec in specs}
    assert wanted["python"] == project()["requires-python"]
    assert "pip" in wanted, "conda warns, and may fail, when a pip section stands without pip"


def test_only_lock_formats_without_download_addresses_are_kept():
    forbidden = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "pylock.toml"}
    assert not [name for name in tracked() if Path(name).name in forbidden]


def test_no_file_is_large():
    sizes = {name: (ROOT / name).stat().st_size for name in tracked()}
    # the lock grows with what is installed: a line for each hash
    assert not {name: size for name, size in sizes.items() if size > 400_000 and name != "requirements.lock"}
    assert sizes["requirements.lock"] < 800_000


def test_no_file_names_a_machine_or_a_package_host():
    words = "|".join(["/" + "work/", "/" + "root/", "/" + "farm/", "/home/" + r"(?!me/)\w", "/" + "Users/" + r"\w"])
    hosts = "|".join(["files.python" + "hosted", "pypi" + r"\.org/simple", "registry.npm" + "js", "index-" + "url ="])
    wrong = re.compile(f"(?<![\\w.])(?:{words})|{hosts}")
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}" for hit in wrong.finditer(text)]
    assert not found, "\n".join(found)


def test_notebooks_are_kept_without_outputs():
    for name in (name for name in tracked() if name.endswith(".ipynb")):
        cells = json.loads((ROOT / name).read_text())["cells"]
        stored = [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
        assert not stored, f"{name} holds outputs; run: jupyter nbconvert --clear-output --inplace {name}"


def test_the_package_version_is_said_once_and_alike():
    import fitintel

    assert fitintel.__version__ == project()["version"]
    assert f"## {fitintel.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_an_installed_package_brings_policy_and_limits_with_it(tmp_path):
    import shutil
    import sys
    import zipfile

    source = tmp_path / "source"
    shutil.copytree(ROOT / "fitintel", source / "fitintel", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("registry", "notebooks", "streamlit_app", "deploy"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
    said = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True, check=True)
    site = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / said.stdout.splitlines()[-1]) as wheel:
        wheel.extractall(site)
    read = ("import fitintel, sys; from fitintel.workbench import limits, policy;"
            "print(fitintel.__file__, policy.read().digest, limits.limits().days)")  # fmt: skip
    out = subprocess.run([sys.executable, "-c", read], cwd=tmp_path, capture_output=True, text=True, check=True,
                         env={"PYTHONPATH": str(site), "PATH": ""})  # fmt: skip
    file, digest, days = out.stdout.split()
    assert Path(file).is_relative_to(site)
    from fitintel.workbench import limits, policy

    assert (digest, int(days)) == (policy.read().digest, limits.limits().days)
