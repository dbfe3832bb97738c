"""Executing notebooks: declared parameters only, as data, in this interpreter."""

from __future__ import annotations

import ast
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import NotebookFailed, UnknownName, UnreadableFile, UsageError
from fitintel.reporting.notebooks import declared, execute

ROOT = Path(__file__).resolve().parents[2]
SHOW = "import json, os, sys\nprint(json.dumps([name, count, share, loud]))"
INJECTIONS = ('"; import os #', "'; import os #", '"""; import os', "\\\"; import os #", "a\nimport os", "{0}", "$HOME",
              "\\", "é\u2028\x00 \U0001f3c3", "__import__('os')")  # fmt: skip


def outputs(notebook: Path) -> str:
    cells = json.loads(notebook.read_text())["cells"]
    return "".join("".join(output.get("text", "")) for cell in cells for output in cell.get("outputs", ()))


def test_parameters_are_read_without_running_the_notebook(notebook):
    path = notebook("raise SystemExit")
    assert declared(path) == {"name": str, "count": int, "share": float, "loud": bool}


@pytest.mark.parametrize("name", ["athlet", "x=__import__('os').system('id');name", "name ", "__builtins__", ""])
def test_an_undeclared_parameter_is_refused_before_anything_runs(notebook, tmp_path, name):
    with pytest.raises(UnknownName):
        execute(notebook(SHOW), {name: "x"}, tmp_path / "out.ipynb")
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize(("name", "value"), [("count", "1"), ("count", True), ("count", 1.0), ("name", 1), ("loud", 1),
                                             ("name", None), ("name", "\udc80"), ("share", "0.5"),
                                             ("name", ["a"])])  # fmt: skip
def test_a_value_of_another_type_is_refused(notebook, tmp_path, name, value):
    with pytest.raises(UsageError, match=name):
        execute(notebook(SHOW), {name: value}, tmp_path / "out.ipynb")


def test_a_parameter_without_a_type_is_refused(notebook):
    with pytest.raises(UsageError, match="name: type"):
        declared(notebook(parameters="name = 'Ann'"))
    with pytest.raises(UnknownName, match="dict"):
        declared(notebook(parameters="name: dict = {}"))


def test_what_is_no_notebook_is_said_to_be_none(tmp_path, notebook):
    for content in ("", "{}", "[]", "not json"):
        (tmp_path / "x.ipynb").write_text(content)
        with pytest.raises(UnreadableFile):
            declared(tmp_path / "x.ipynb")
    with pytest.raises(UnreadableFile):
        declared(tmp_path / "absent.ipynb")
    with pytest.raises(UnreadableFile, match="parameters"):
        declared(notebook("1", parameters=None))


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(), st.floats(allow_nan=False), st.booleans())
def test_a_value_is_written_into_the_notebook_as_data(name, count, share, loud):
    from papermill.translators import PythonTranslator

    values = {"name": name, "count": count, "share": share, "loud": loud}
    body = ast.parse(PythonTranslator.codify(values, "Parameters")).body
    assert [type(line) for line in body] == [ast.Assign] * len(values)
    got = {line.targets[0].id: eval(ast.unparse(line.value), {"__builtins__": {"float": float}}) for line in body}
    assert got == values


def test_hostile_text_arrives_as_text(notebook, tmp_path):
    path = notebook(SHOW)
    hostile = "\n".join(INJECTIONS)
    out = execute(path, {"name": hostile, "count": 3, "share": 2, "loud": True}, tmp_path / "a {b} 'c'" / "out.ipynb")
    assert json.loads(outputs(out)) == [hostile, 3, 2, True]
    assert out == tmp_path / "a {b} 'c'" / "out.ipynb"


def test_the_kernel_is_this_interpreter_with_this_environment(notebook, tmp_path, monkeypatch):
    monkeypatch.setenv("FITINTEL_TEST_INHERITED", "yes")
    # a kernel of the same name that is installed for the user must not be taken for this one
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": ["/bin/false"], "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    path = notebook(
        "import os, sys\nfrom ipykernel.kernelapp import IPKernelApp\n"
        "print(sys.executable, os.environ['FITINTEL_TEST_INHERITED'], os.environ['FITINTEL_TEST_GIVEN'], "
        "IPKernelApp.instance().transport, os.getcwd())"
    )
    out = execute(path, {}, tmp_path / "out.ipynb", environment={"FITINTEL_TEST_GIVEN": "too"})
    assert outputs(out).split() == [sys.executable, "yes", "too", "ipc", str(Path.cwd())]
    assert "FITINTEL_TEST_GIVEN" not in os.environ


def test_a_failing_cell_is_named_and_the_rest_of_the_notebook_is_kept(notebook, tmp_path):
    path = notebook("print('before')", "raise ValueError('no such athlete')", "print('after')")
    out = tmp_path / "out.ipynb"
    with pytest.raises(NotebookFailed, match="ValueError: no such athlete") as failed:
        execute(path, {}, out)
    assert str(out) in failed.value.next
    assert "raise ValueError" in failed.value.where
    assert "before" in outputs(out)
    assert "after" not in outputs(out)


def test_a_kernel_that_dies_is_an_error_of_ours(notebook, tmp_path):
    with pytest.raises(NotebookFailed, match="kernel"):
        execute(notebook("import os; os._exit(3)"), {}, tmp_path / "out.ipynb")


def test_a_cell_that_takes_too_long_is_stopped(notebook, tmp_path):
    with pytest.raises(NotebookFailed, match=r"asked\.ipynb"):
        execute(notebook("import time; time.sleep(60)"), {}, tmp_path / "out.ipynb", timeout=1)


def test_the_shipped_brief_asks_who_when_and_how_it_reads_and_holds_no_outputs():
    path = ROOT / "notebooks" / "briefs" / "daily_brief.ipynb"
    assert declared(path) == {"athlete": str, "day": str, "units": str, "language": str}
    cells = json.loads(path.read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    assert not any(word in source for source in code for word in ("def ", "lambda", "SELECT", "class "))
    assert max(len(source.splitlines()) for source in code) <= 6
    assert all("#" in line for line in code[0].splitlines())


def test_every_section_of_a_brief_has_its_cell():
    from fitintel.core.records import Section

    text = (ROOT / "notebooks" / "briefs" / "daily_brief.ipynb").read_text()
    for section in Section:
        assert f'view.section(\\"{section.value}\\")' in text
