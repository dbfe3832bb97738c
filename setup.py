"""All that is said of the package stands in pyproject.toml; here only that a wheel takes registry/*.toml along."""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithRegistry(build_py):
    """Copies the policy and the limits, which have their one place at the top of the project, beside their readers."""

    def run(self) -> None:  # noqa: D102  that of build_py
        super().run()
        # an editable installation reads them where they are
        if not self.editable_mode:
            place = Path(self.build_lib, "fitintel", "workbench", "registry")
            self.mkpath(str(place))
            for file in sorted(Path(__file__).parent.glob("registry/*.toml")):
                self.copy_file(str(file), str(place / file.name))


setup(cmdclass={"build_py": BuildWithRegistry})
