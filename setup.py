"""All that is said of the package stands in pyproject.toml; here only what a wheel takes along beside its Python."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py

TOP = Path(__file__).parent
SERVED = ("notebooks", "streamlit_app", "deploy/nginx", "deploy/waf", "deploy/monitoring")
"""pages, notebooks, and the templates that `fitintel up` writes configurations from"""


class BuildWithRegistry(build_py):
    """Copies what has its one place at the top of the project to where it is looked for: limits, policy, pages."""

    def run(self) -> None:  # noqa: D102  that of build_py
        super().run()
        # an editable installation reads them where they are
        if not self.editable_mode:
            place = Path(self.build_lib, "fitintel", "workbench", "registry")
            self.mkpath(str(place))
            for file in sorted(TOP.glob("registry/*.toml")):
                self.copy_file(str(file), str(place / file.name))
            for name in SERVED:
                copytree(TOP / name, place.with_name("checkout") / name, dirs_exist_ok=True,
                         ignore=ignore_patterns("__pycache__", ".ipynb_checkpoints", "*_test.yml"))  # fmt: skip


setup(cmdclass={"build_py": BuildWithRegistry})
