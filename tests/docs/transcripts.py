"""Console blocks of the guides: what a reader types, and what they are shown to get.

A block of kind `console` is a transcript. A line that begins with `$ ` is typed, lines with `> ` go on with it,
the others are what it prints; three dots stand for what differs from one machine or day to the next: alone on a line
for any lines, inside a line for any text. A command that ends with `# exit code N` has to exit so, any other with 0.
One whose last printed line is `^C` stays: it is given Ctrl-C when it has printed the lines before.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.M | re.S)
DOTS = "..."
INTERRUPT = "^C"
PATIENCE = 240
"""s until a command that stays has printed what the page shows"""


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what the page says that it prints."""

    command: str
    shown: str

    @property
    def code(self) -> int:
        said = re.search(r"# exit code (\d+)", self.command.splitlines()[0])
        return int(said[1]) if said else 0

    @property
    def stays(self) -> bool:
        """Whether it runs until Ctrl-C."""
        return self.shown.splitlines()[-1:] == [INTERRUPT]

    @property
    def before_end(self) -> str:
        """What it prints before Ctrl-C."""
        return self.shown.removesuffix(INTERRUPT)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, with what it wrote to the standard error, and how it ended."""

    printed: str
    code: int


def blocks(page: Path) -> list[tuple[str, str]]:
    """(kind, text) of every fenced block of a page."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def steps(text: str) -> list[Step]:
    """The commands of a console block, in their order."""
    made: list[tuple[list[str], list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            made.append(([line[2:]], []))
        elif made and not made[-1][1] and (line == ">" or line.startswith("> ")):
            made[-1][0].append(line[2:])
        elif made:
            made[-1][1].append(line)
        else:
            raise ValueError(f"a console block begins with a command, not with: {line}")
    return [Step("\n".join(command), "\n".join(shown)) for command, shown in made]


class Shell:
    """A shell in an empty folder, with an environment of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._mark = folder, secrets.token_hex(8)
        here = Path(sys.executable).parent
        # what a person's shell says on a new machine, and nothing of the environment that the tests run in
        environment = {"PATH": f"{here}:{os.environ['PATH']}:/usr/sbin", "HOME": str(folder), "LANG": "C.UTF-8",
                       "TZ": "UTC", "COLUMNS": "100", "TMPDIR": os.environ.get("TMPDIR", "/tmp")}  # fmt: skip
        read, write = os.pipe()
        # what is typed does not come by the standard input: a command that reads that would take the next one
        self._bash = subprocess.Popen(["bash", f"/dev/fd/{read}"], cwd=folder, env=environment, pass_fds=(read,),
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      text=True)  # fmt: skip
        os.close(read)
        self._typed = os.fdopen(write, "w")

    def type(self, step: Step) -> Done:
        """Wait until a command has ended; raises EOFError when the shell has."""
        if step.stays:
            return self._interrupted(step)
        return self._told(step.command)

    def _told(self, command: str) -> Done:
        assert self._bash.stdout is not None
        self._typed.write(f"{command}\nprintf '\\n%s %d\\n' {self._mark} $?\n")
        self._typed.flush()
        lines: list[str] = []
        for line in self._bash.stdout:
            if line.startswith(self._mark):
                return Done("".join(lines), int(line.split()[1]))
            lines.append(line)
        raise EOFError("".join(lines))

    def _interrupted(self, step: Step) -> Done:
        """Ctrl-C once the lines of the page stand there, or none come any more."""
        out = self._folder / ".stays"
        # with jobs under control Ctrl-C is not ignored by what runs in the background
        out.touch()
        process = int(self._told(f"set -m; {{ {step.command}\n}} >{out} 2>&1 & set +m; echo $!").printed)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not as_shown(step.before_end, out.read_text(errors="replace")):
            time.sleep(0.2)
        printed = out.read_text(errors="replace")
        os.killpg(process, signal.SIGINT)
        code = self._told(f"wait {process}").code
        return Done(f"{printed.rstrip()}\n{INTERRUPT}\n", 0 if code in (0, 130) else code)

    def end(self) -> None:
        """Nothing that it has started stays."""
        self._bash.kill()
        self._bash.communicate()
        self._typed.close()


def as_shown(shown: str, printed: str) -> bool:
    """Whether what was printed is what a page shows.

    >>> as_shown("a ... c", "a b c"), as_shown("a\\n...\\nd", "a\\nb\\nc\\nd"), as_shown("a", "b")
    (True, True, False)
    """
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == DOTS:
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*?".join(re.escape(part) for part in line.rstrip().split(DOTS)) + r"\n"
    lines = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, lines) is not None
