"""From an executed notebook to one page that needs nothing else."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fitintel.core.errors import UnreadableFile
from fitintel.reporting.html import render

SVG = '<svg viewBox="0 0 10 10" role="img"><title>T</title><rect width="5" height="5" x="1" y="1"/></svg>'


class Page(HTMLParser):
    """Elements in order, whatever they would fetch, and unbalanced tags."""

    VOID = ("meta", "img", "br", "hr", "rect", "line", "path", "link", "input", "circle")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag, f"</{tag}> out of place"

    def fetched(self) -> list[str]:
        names = ("src", "href", "srcset", "data", "action", "poster", "xlink:href")
        return [value or "" for _, attrs in self.tags for name, value in attrs.items()
                if name in names and not (value or "").startswith(("#", "data:"))]  # fmt: skip


def executed(path: Path, *outputs: dict[str, object]) -> Path:
    """Give the last code cell of a notebook these outputs, as though it had run."""
    document = json.loads(path.read_text())
    cell = [cell for cell in document["cells"] if cell["cell_type"] == "code"][-1]
    cell["outputs"], cell["execution_count"] = list(outputs), 1
    path.write_text(json.dumps(document))
    return path


def result(**data: str) -> dict[str, object]:
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {},
            "data": {name.replace("_", "/"): value for name, value in data.items()}}  # fmt: skip


def page_of(path: Path) -> str:
    return render(path, path.with_suffix(".html")).read_text("utf-8")


def test_a_page_fetches_nothing_and_forbids_it(notebook):
    text = page_of(executed(notebook("# Question", "## Part", "x"), result(text_html=f"<p>ok</p>{SVG}")))
    page = Page(text)
    assert page.open == []
    assert page.fetched() == []
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe", "object", "embed", "base")]
    assert not re.search(r"url\(|@import", text)
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_headings_open_blocks_and_wide_ones_take_the_whole_width(notebook):
    path = notebook("# Question\n\nWhy?", "## One", "1", "## Two", "2", tags={1: ["wide", "other"]})
    blocks = re.findall(r'<section class="([^"]*)">', page_of(path))
    assert [" ".join(block.split()) for block in blocks] == ["fi-block fi-wide", "fi-block"]
    assert "<title>Question</title>" in page_of(path)


def test_charts_are_in_the_page(notebook):
    assert SVG in page_of(executed(notebook("## Part", "x"), result(text_html=SVG)))


def test_a_still_picture_is_shown_where_there_is_a_scripted_one(notebook):
    both = result(text_html="<script>draw()</script>", text_plain="Figure()")
    both["data"]["image/svg+xml"] = SVG
    text = page_of(executed(notebook("## Part", "x"), both))
    assert SVG in text
    assert "draw()" not in text


def test_code_is_not_in_the_way_but_can_be_shown(notebook):
    text = page_of(notebook("## Part", "print('<b>')"))
    before, _, after = text.partition("Show the code")
    assert "print(" not in before
    assert "print(&#39;&lt;b&gt;&#39;)" in after


def test_printed_text_and_errors_are_escaped(notebook):
    said = {"output_type": "stream", "name": "stdout", "text": "<script>alert(1)</script>\x1b[31mred"}
    wrong = {
        "output_type": "error",
        "ename": "E",
        "evalue": "<b>",
        "traceback": ["\x1b[0m<img src=x onerror=alert(1)>"],
    }
    text = page_of(executed(notebook("## Part", "x"), said, wrong, result(text_plain="<i>plain</i>")))
    assert "<script" not in text
    assert "<img" not in text
    assert "<i>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;red" in text
    assert "\x1b" not in text


def test_a_notebook_without_headings_is_a_page_too(notebook):
    text = page_of(executed(notebook("x"), result(text_html="<p>alone</p>")))
    assert "<p>alone</p>" in text
    assert Page(text).open == []
    assert "<title>asked</title>" in text


def test_names_of_algorithms_link_to_their_pages_where_there_are_any(notebook):
    done = executed(notebook("1"), result(text_html='<b data-page="pmc-1.1.0.html">PMC 1.1.0</b>'))
    linked = render(done, done.with_suffix(".html"), algorithms="../algorithms").read_text("utf-8")
    assert '<a href="../algorithms/pmc-1.1.0.html">PMC 1.1.0</a>' in linked
    plain = page_of(done)
    assert "href" not in plain
    assert "PMC 1.1.0" in plain


def test_a_title_can_be_given_and_is_escaped(notebook):
    path = notebook("# Question")
    assert "<title>Ann &lt;1&gt;</title>" in render(path, path.with_suffix(".html"), title="Ann <1>").read_text()


def test_what_is_no_notebook_leaves_no_page(tmp_path):
    (tmp_path / "x.ipynb").write_text("no")
    with pytest.raises(UnreadableFile):
        render(tmp_path / "x.ipynb", tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()


def test_a_page_takes_the_words_that_an_output_brings_for_its_reader(notebook):
    brought = {"page": {"language": "de", "words": {"Question": "Frage", "Part": "Teil", "Show the code": "Code <&>"}}}
    shown = {**result(text_html="<p>ok</p>"), "metadata": brought}
    path = executed(notebook("# Question", "## Part", "## Left", "x"), shown)
    text = page_of(path)
    assert '<html lang="de">' in text
    assert "<title>Frage</title>" in text
    assert re.search(r"<h2[^>]*>Teil", text)
    assert re.search(r"<h2[^>]*>Left", text)
    assert "Code &lt;&amp;&gt;" in text


def test_a_page_that_is_told_no_language_is_english(notebook):
    text = page_of(notebook("# Question", "x"))
    assert '<html lang="en">' in text
    assert "Show the code" in text
