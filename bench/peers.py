"""Peers of the package registry, each in an environment of its own under var/peers.

    python -m bench.peers            all of them
    python -m bench.peers sweat      one

They need other releases of pandas and NumPy than the project does, so they are never installed beside it.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

PLACE = Path(__file__).resolve().parents[1] / "var" / "peers"
PEERS = {
    "sweat": ("sweat==0.25.*", "pandas<2", "numpy<2"),
    "upstream": ("pandas>=2.2,<3", "numpy<2.4", "scikit-learn>=1.6", "pymysql", "toml", "python-dotenv", "streamlit"),
}
"""name -> what pip installs; fitparse, gpxpy, tcxreader and ruptures run beside the project (`make setup`)"""


def python_of(name: str) -> Path | None:
    """The interpreter of a peer; None where it was not installed."""
    found = PLACE / name / "bin" / "python"
    return found if found.is_file() else None


def install(name: str) -> Path:
    """Make a peer's environment; gives its interpreter."""
    folder = PLACE / name
    if not (folder / "bin" / "python").is_file():
        venv.create(folder, with_pip=True, clear=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *PEERS[name]], check=True)
    return folder / "bin" / "python"


if __name__ == "__main__":
    for each in sys.argv[1:] or PEERS:
        print(f"{each}: {install(each)}")
