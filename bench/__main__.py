"""Measure P1 to P18 as ratios in one run.

    python -m bench                     all parts: results/P*.json and docs/performance.md
    python -m bench P2 P9               some
    python -m bench --short --check     the short forms; fails where one has lost a factor of two since `--short`
    python -m bench --page              docs/performance.md from what was measured

Peers: `python -m bench.peers` installs those of the package registry in environments of their own, and
FITINTEL_BENCH_UPSTREAM names a checkout of the upstream dashboard. What is not there is said to be not measured.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy: one thread on each side

from bench import short  # noqa: E402
from bench.figures import Figure, keep  # noqa: E402
from bench.page import write  # noqa: E402
from bench.parts import PARTS  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--short", action="store_true", help="the short forms, less than two minutes together")
    parser.add_argument("--check", action="store_true", help="with --short: compare with what is kept, write nothing")
    parser.add_argument("--page", action="store_true", help="only write docs/performance.md")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if options.check and not options.short:
        parser.error("--check is for --short")
    if options.page:
        write()
        return 0
    wanted = [part for name, part in PARTS.items() if name in options.parts or not options.parts]
    if options.short:
        found = {part.name: list(_measured(part.name, short=True)) for part in wanted if part.short}
        if options.check:
            return short.check(found)
        short.keep(found)
        return 0
    for part in wanted:
        keep(part.name, part.title, _measured(part.name, short=False))
    write()
    return 0


def _measured(name: str, *, short: bool) -> Sequence[Figure]:
    print(f"{name} {PARTS[name].title} (load {os.getloadavg()[0]:.1f})", flush=True)
    figures = PARTS[name].measure(short=short)
    for one in figures:
        aim = "" if one.target is None else f"  aim {one.target:g}: {'met' if one.met else 'MISSED'}"
        print(f"  {one.what:<60} {one.said}{aim if one.value is not None else ''}", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
