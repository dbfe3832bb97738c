"""Fuzz one reader with atheris: `python -m tests.fuzz.run TARGET [--seconds N | --runs N] [--seed S] [--keep FOLDER]`.

The process ends with 0 where nothing was found, and otherwise with the trace and the input that led to it, kept in
FOLDER. `--again FILE` reads one such input without fuzzing. What is found becomes a test in test_findings.py.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

MEMORY = 1024 * 1024 * 1024
"""bytes beyond what the process had when it began"""
SECONDS = 10
"""for one input"""
LONGEST = 32 * 1024
"""bytes of one input"""
RAW = 4
"""one input in so many is changed byte by byte and left so; the others are made whole again, or changed in their way"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run")
    parser.add_argument("target", help="a reader, or `list` to print their names")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"))
    parser.add_argument("--again", type=Path)
    asked = parser.parse_args()

    import atheris

    with atheris.instrument_imports(include=["fitintel.ingest", "fitintel.workbench.parsing"]):
        from fitintel.ingest.source import sources
        from fitintel.workbench import parsing
        from tests.fuzz.targets import TARGETS

        sources()
        parsing.ready()
    if asked.target == "list":
        print(*TARGETS)
        return
    if asked.target not in TARGETS:
        parser.error(f"there is no target {asked.target!r}; known: {', '.join(TARGETS)}")
    target = TARGETS[asked.target]
    if asked.again:
        target.attempt(asked.again.read_bytes())
        return
    keep = asked.keep / asked.target
    keep.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="fi-fuzz-"))
    for number, data in enumerate(target.seeds()):
        (work / f"{number:04d}").write_bytes(data)
    words = work.with_suffix(".dict")
    words.write_text("".join(f'"{word}"\n' for word in target.words()))
    print(f"fuzzing {asked.target}: seed {asked.seed}, {len(target.seeds())} files to begin with", file=sys.stderr)
    used = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines()
                if line.startswith("VmSize")) * 1024  # fmt: skip
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    how_long = f"-runs={asked.runs}" if asked.runs else f"-max_total_time={asked.seconds}"
    options = [
        sys.argv[0], how_long, f"-seed={asked.seed}", f"-timeout={SECONDS}", f"-max_len={LONGEST}", "-rss_limit_mb=0",
        f"-artifact_prefix={keep}/", f"-dict={words}", "-print_final_stats=1", "-verbosity=0", str(work),
    ]  # fmt: skip
    # named late: atheris has no mutator of its own before it fuzzes
    mutate = lambda data, longest: atheris.Mutate(data, longest)  # noqa: E731
    mutator = {"custom_mutator": _changing(target, mutate)} if target.mend or target.change else {}
    atheris.Setup(options, target.attempt, **mutator)
    atheris.Fuzz()


def _changing(target: Target, mutate: Callable[[bytes, int], bytes]) -> Callable[[bytes, int, int], bytes]:
    def change(data: bytes, longest: int, seed: int) -> bytes:
        if target.change is not None and seed % RAW:
            own = target.change(data, seed)
            return own if own != data and len(own) <= longest else mutate(data, longest)
        changed = mutate(data, longest)
        whole = target.mend(changed) if target.mend is not None and seed % RAW else changed
        return whole if len(whole) <= longest else changed

    return change


if __name__ == "__main__":
    main()
