"""The warm engine: the same notebook as with a kernel of its own, and nothing of one notebook is seen by the next."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from fitintel.core.errors import NotebookFailed
from fitintel.reporting.notebooks import Engine, execute

CELLS = (
    "print('one')\nprint('two')",
    "import sys\nprint('aside', file=sys.stderr)",
    "1 + 1",
    "None",
    "class Shown:\n    def _repr_html_(self):\n        return '<b>7</b>'\n"
    "    def __repr__(self):\n        return 'seven'\nShown()",
    "from IPython.display import clear_output, display\ndisplay(Shown(), Shown())\n'after'",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone')\nclear_output(wait=True)\nprint('stays too')",
    "handle = display('first', display_id=True)",
    "handle.update('second')",
    "import asyncio\nawait asyncio.sleep(0.001)\n'awaited'",
    "_ + '!'",
    "def twice(x): return 2 * x\ntwice(21);",
    "get_ipython().run_cell_magic('time', '', 'pass') if False else 'no magic'",
)


def shown(path: Path) -> list:
    return [(cell.get("execution_count"), cell.get("outputs"), cell.metadata.get("papermill", {}).get("status"))
            for cell in nbformat.read(path, as_version=4).cells]  # fmt: skip


def notebook_of(path: Path, *cells: str) -> Path:
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_markdown_cell("# A notebook"),
                  nbformat.v4.new_code_cell("name: str = ''", metadata={"tags": ["parameters"]}),
                  *(nbformat.v4.new_code_cell(source) for source in cells)]  # fmt: skip
    nbformat.write(made, path)
    return path


def warm(notebook: Path, out: Path, **more):
    return execute(notebook, {}, out, engine=Engine.WARM, **more)


def texts(path: Path) -> list[str]:
    return ["".join(output.get("text", "") for output in cell.get("outputs", ()))
            for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"][1:]  # fmt: skip


def test_both_engines_give_the_same_notebook(tmp_path):
    source = notebook_of(tmp_path / "in.ipynb", *CELLS)
    cold = execute(source, {"name": "Ann"}, tmp_path / "cold.ipynb")
    fast = execute(source, {"name": "Ann"}, tmp_path / "warm.ipynb", engine=Engine.WARM)
    assert shown(fast) == shown(cold)
    nbformat.validate(nbformat.read(fast, as_version=4))


@pytest.mark.parametrize("first", ["papermill", "fitintel.reporting.warm.engine"])
def test_papermill_finds_the_engine_whichever_is_imported_first(first: str) -> None:
    code = f"import {first}; from papermill.engines import papermill_engines as e; print(e.get_engine('fitintel-warm'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert "warm.entry.Warm" in done.stdout, done.stderr[-2000:]


def test_a_cell_that_raises_ends_the_notebook_and_is_kept(tmp_path):
    source = notebook_of(tmp_path / "in.ipynb", "print('before')", "1 / 0", "print('never')")
    for engine in Engine:
        with pytest.raises(NotebookFailed, match="division by zero"):
            execute(source, {}, tmp_path / f"{engine}.ipynb", engine=engine)
    found = {engine: shown(tmp_path / f"{engine}.ipynb") for engine in Engine}
    for rows in found.values():
        for _, outputs, _ in rows:
            for output in outputs or ():
                output.pop("traceback", None)  # the kernel's says where its cell was compiled
    assert found[Engine.WARM] == found[Engine.KERNEL]


def test_nothing_of_one_notebook_is_seen_by_the_next(tmp_path):
    leave = notebook_of(
        tmp_path / "leave.ipynb",
        "import os, random, sys, json, warnings\nleft = 1\nos.environ['LEFT'] = '1'\njson.left = 1\nos.chdir('/')\n"
        "sys.path.insert(0, '/left')\nrandom.seed(1)\nimport numpy\nnumpy.random.seed(1)\n"
        f"import sqlite3\nopen_file = open({str(tmp_path / 'left.txt')!r}, 'w')\n"
        f"open_base = sqlite3.connect({str(tmp_path / 'left.db')!r})\nopen_base.execute('create table t (x)')\n"
        "import threading\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\nwarnings.simplefilter('ignore')",
    )
    look = notebook_of(
        tmp_path / "look.ipynb",
        "import os, random, sys, json, numpy, threading\nfrom pathlib import Path\n"
        "def led(one):\n    try:\n        return os.readlink(one)\n    except OSError:\n        return ''\n"
        "print(json.dumps([('left' in globals()), os.environ.get('LEFT'), hasattr(json, 'left'), os.getcwd(),\n"
        "  '/left' in sys.path, threading.active_count(), random.random(), numpy.random.random(), os.getpid(),\n"
        f"  [n for n in map(led, Path('/proc/self/fd').iterdir()) if n.startswith({str(tmp_path / 'left')!r})]]))",
    )
    warm(look, tmp_path / "0.ipynb")
    warm(leave, tmp_path / "1.ipynb")
    warm(look, tmp_path / "2.ipynb")
    first, second = (json.loads(texts(tmp_path / f"{n}.ipynb")[0]) for n in (0, 2))
    assert second[:6] == first[:6] == [False, None, False, str(Path.cwd()), False, 1]
    assert first[6:8] != second[6:8]
    assert first[8] != second[8] != os.getpid()
    assert (tmp_path / "left.db").stat().st_size > 0
    assert second[9] == []  # neither the file nor the connection that were left open


def test_the_environment_is_that_of_who_asks_and_what_is_put_over_it(tmp_path, monkeypatch):
    look = notebook_of(tmp_path / "look.ipynb", "import os\nprint(os.environ.get('ASKED'), os.environ.get('OVER'))")
    warm(look, tmp_path / "0.ipynb")
    monkeypatch.setenv("ASKED", "yes")
    warm(look, tmp_path / "1.ipynb", environment={"OVER": "this"})
    assert [texts(tmp_path / f"{n}.ipynb") for n in (0, 1)] == [["None None\n"], ["yes this\n"]]


def test_a_connection_open_where_a_notebook_is_asked_for_is_not_shared(tmp_path):
    base = tmp_path / "a.db"
    ours = sqlite3.connect(base)
    ours.execute("create table seen (n)")
    ours.execute("insert into seen values (1)")  # a transaction is open while the fork runs
    look = notebook_of(tmp_path / "look.ipynb", f"import sqlite3\nprint(sqlite3.connect({str(base)!r}).execute("
                       "'select count(*) from seen').fetchall())")  # fmt: skip
    warm(look, tmp_path / "0.ipynb")
    ours.commit()
    assert texts(tmp_path / "0.ipynb") == ["[(0,)]\n"]
    assert ours.execute("select n from seen").fetchall() == [(1,)]


def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    source = notebook_of(tmp_path / "in.ipynb", "print('before')", "import time\ntime.sleep(600)")
    with pytest.raises(NotebookFailed, match=r"timed out .* after 5 seconds"):
        warm(source, tmp_path / "out.ipynb", timeout=5)
    assert texts(tmp_path / "out.ipynb") == ["before\n", ""]  # as far as it came


def test_a_process_that_dies_is_named(tmp_path):
    source = notebook_of(tmp_path / "in.ipynb", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(NotebookFailed, match="died of signal 9"):
        warm(source, tmp_path / "out.ipynb")
    warm(notebook_of(tmp_path / "next.ipynb", "print('fine')"), tmp_path / "next-out.ipynb")
    assert texts(tmp_path / "next-out.ipynb") == ["fine\n"]


def test_memory_beyond_the_limit_fails_that_notebook_alone(tmp_path):
    source = notebook_of(tmp_path / "in.ipynb", "kept = bytearray(400 * 1024 * 1024)")
    with pytest.raises(NotebookFailed, match="MemoryError"):
        warm(source, tmp_path / "out.ipynb", memory=200 * 1024 * 1024)
    warm(source, tmp_path / "enough.ipynb", memory=600 * 1024 * 1024)
