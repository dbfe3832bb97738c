"""The package without its checkout: what a wheel brings is enough for everything on one machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.services import _program, folder, free_port

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("fitintel", "registry", "notebooks", "streamlit_app", "deploy")


def test_an_installed_package_writes_and_checks_every_configuration(tmp_path: Path) -> None:
    for program in ("nginx", "mariadbd", "redis-server", "prometheus", "prometheus-alertmanager"):
        _program(program)
    python = _installed(tmp_path)
    with folder("wheel") as home:
        home.chmod(0o711)
        said = subprocess.run(
            [python.with_name("fitintel"), "up", "--check", "--name=fit.test", f"--https-port={free_port()}",
             f"--http-port={free_port()}"],
            cwd=tmp_path, capture_output=True, text=True,
            env={"FITINTEL_HOME": str(home / "w"), "PATH": os.environ.get("PATH", "")},
        )  # fmt: skip
        assert said.returncode == 0, said.stdout + said.stderr
        assert "Checked: nginx, prometheus, alertmanager." in said.stdout
        written = (home / "w" / "production" / "supervisord.conf").read_text()
    assert str(ROOT) not in written
    assert str(python.parents[1] / "lib") in written


def test_a_configuration_that_a_program_refuses_is_said_before_anything_starts(tmp_path: Path) -> None:
    for program in ("nginx", "prometheus", "prometheus-alertmanager"):
        _program(program)
    with folder("wrong") as home:
        home.chmod(0o711)
        place = home / "w" / "production" / "monitoring"
        place.mkdir(parents=True)
        (place / "alertmanager.yml").write_text("route: {receiver: nobody}\n")
        said = subprocess.run(
            [sys.executable, "-m", "fitintel", "up", "--check", "--name=fit.test", "--without=mariadb",
             "--without=redis", f"--https-port={free_port()}", f"--http-port={free_port()}"],
            capture_output=True, text=True, env={**os.environ, "FITINTEL_HOME": str(home / "w")},
        )  # fmt: skip
    assert said.returncode == 2, said.stdout + said.stderr
    assert "alertmanager cannot read its configuration" in said.stderr
    assert "nobody" in said.stderr


def _installed(tmp_path: Path) -> Path:
    """The Python of an environment with the wheel; what the package needs is lent by this one."""
    source = tmp_path / "source"
    source.mkdir()
    for name in SOURCE:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
    built = subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, text=True, check=True)
    wheel = tmp_path / built.stdout.splitlines()[-1]
    venv.create(tmp_path / "venv", symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps",
                    "--no-index", "--disable-pip-version-check", str(wheel)], check=True)  # fmt: skip
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    # a path, so that the .pth files in it (that of the checkout) are not followed
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    shutil.rmtree(source)
    return python
