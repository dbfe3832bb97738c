"""P16: what starting costs, and that nothing heavy is loaded for help."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figures import Figure, ratio_figure
from bench.histories import history, written
from bench.measure import compiled, cpu, ratio

HEAVY = ("numpy", "pandas", "sklearn", "statsmodels", "mlflow", "streamlit")
RUNS = 9
HELP = [sys.executable, "-m", "fitintel", "--help"]
LIBRARIES = [sys.executable, "-c", "import pandas, sklearn.cluster, statsmodels.api"]
MOST = 6


def figures(short: bool) -> list[Figure]:
    """Whole processes in turns: help beside a bare interpreter, a brief beside the libraries that it does not load."""
    # a brief leaves behind a process that tells MLflow of it, and that may still write here
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        cache, home = Path(name, "bytecode"), Path(name, "home")
        environment = {**compiled(cache), "FITINTEL_HOME": str(home)}

        def seconds(command: list[str]) -> float:
            before = cpu()
            subprocess.run(command, env=environment, cwd=name, stdout=subprocess.DEVNULL, check=True)
            return cpu() - before

        loads_nothing_heavy(environment)
        bare = [sys.executable, "-c", "pass"]
        helped = ratio(lambda: seconds(bare), lambda: seconds(HELP), 5 if short else RUNS)
        found = [Figure("--help, starts of a bare interpreter", helped["ratio"], MOST, "starts", helped["lowest"],
                        helped["highest"])]  # fmt: skip
        if short:
            return found
        file = written(history()[1], 1, Path(name, "x1.csv"))
        subprocess.run([*HELP[:3], "import", str(file)], env=environment, cwd=name, stdout=subprocess.DEVNULL,
                       check=False)  # fmt: skip  # some of its rows are quarantined: exit code 3
        brief = [*HELP[:3], "brief", "--day", "latest", "--no-notebook"]
        whole = ratio(lambda: seconds(brief), lambda: seconds(LIBRARIES), RUNS)
        return [*found, ratio_figure("a brief, against importing pandas, scikit-learn and statsmodels", whole, 2)]


def loads_nothing_heavy(environment: dict[str, str]) -> None:
    """Raise AssertionError where help loads one of HEAVY."""
    look = ("import sys\ntry:\n    from fitintel.cli.app import main; main(['--help'])\nexcept SystemExit: pass\n"
            f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)")  # fmt: skip
    told = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "[]", told.stderr
