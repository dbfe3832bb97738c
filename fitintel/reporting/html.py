"""An executed notebook as one self-contained page: style, charts and figures inside, nothing fetched, no script."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from fitintel.core.errors import UnreadableFile

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # see notebooks.py

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = ("image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/plain")
"""Kinds of output, the one that is shown first. Nothing here runs a script: a figure that is drawn by one is shown by
the still picture stored beside it."""
NAMED = re.compile(r'<b data-page="([a-z0-9_.-]+)">([^<]*)</b>')
"""An algorithm's name in a brief, with the file name of its page."""
LAYOUT = ("wide",)
"""Tags of a heading's cell that the page's layout knows."""


def render(notebook: Path, out: Path, *, title: str | None = None, algorithms: str = "") -> Path:
    """Write the executed `notebook` as a page to `out`; returns `out`.

    Each second-level heading opens a block; a heading's cell tagged `wide` takes the whole width. Code is under "Show
    the code" at the end. `title` is the page's (default: the first heading). `algorithms` is the folder of algorithms'
    pages as the page reaches it, such as `../algorithms`: the names of algorithms then link there.
    Raises UnreadableFile.
    """
    import nbformat

    try:
        document = nbformat.read(notebook, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise UnreadableFile("This is not a notebook", where=str(notebook), why=str(error).splitlines()[0]) from None
    words = _translated(document)
    found = _headings(document)
    body = _page(document, title or found or notebook.stem, words)
    if algorithms:
        body = NAMED.sub(rf'<a href="{algorithms}/\1">\2</a>', body)
    out.parent.mkdir(parents=True, exist_ok=True)
    # the page appears whole or not at all
    part = out.with_name(out.name + ".part")
    part.write_text(body, "utf-8")
    part.replace(out)
    return out


def _translated(document: Any) -> dict[str, Any]:
    """Put the page's phrases, as an output brings them for a reader of another language, in place of the notebook's.

    Returns what the output brings: `language` and `words`, English phrase -> phrase.
    """
    brought = [output["metadata"]["page"] for cell in document.cells for output in cell.get("outputs", ())
               if "page" in output.get("metadata", {})]  # fmt: skip
    if not brought:
        return {"language": "en", "words": {}}
    words = brought[0]["words"]
    for cell in document.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(_phrase(line, words) for line in cell.source.splitlines())
    return dict(brought[0])


def _phrase(line: str, words: dict[str, str]) -> str:
    signs = line[: len(line) - len(line.lstrip("# "))]
    text = line[len(signs) :].strip()
    return signs + words[text] if text in words else line


def _page(document: Any, title: str, said: dict[str, Any]) -> str:
    from nbconvert import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbconvert.filters import DataTypeFilter
    from traitlets.config import Config

    config = Config({"CSSHTMLHeaderPreprocessor": {"enabled": False}})
    exporter = HTMLExporter(config=config, template_name="notebook", extra_template_basedirs=[str(TEMPLATES)],
                            embed_images=True)  # fmt: skip
    exporter.register_filter("filter_data_type", DataTypeFilter(parent=exporter, display_data_priority=list(SHOWN)))
    # HTMLExporter itself would then parse and write the whole page anew, for what our template already has
    body, _ = TemplateExporter.from_notebook_node(exporter, document, resources={"page": {"title": title, **said}})
    return str(body)


def _headings(document: Any) -> str:
    """Mark where blocks open and close; returns the text of the first heading."""
    title = ""
    open_block = False
    for cell in document.cells:
        cell.metadata.pop("page", None)
        first = cell.source.lstrip().splitlines()[0] if cell.source.strip() else ""
        if cell.cell_type != "markdown":
            continue
        if first.startswith("# ") and not title:
            title = first.removeprefix("# ").strip()
        if first.startswith("## "):
            layout = [tag for tag in cell.metadata.get("tags", ()) if tag in LAYOUT]
            cell.metadata["page"] = {"closes": open_block, "classes": " ".join(f"fi-{name}" for name in layout)}
            open_block = True
    document.metadata["page"] = {"open": open_block}
    return title
