"""The page in a real browser: it fetches nothing, shows its charts, fits a phone and prints."""

from __future__ import annotations

import json
import re
import struct
import zlib
from html import unescape
from pathlib import Path

import pytest

QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync",
         "--disable-default-apps", "--disable-extensions")  # fmt: skip
MEASURE = """
<script>
const box = e => e.getBoundingClientRect();
const shown = e => box(e).width > 0 && !e.closest('.fi-hidden, .fi-scroll, svg');
const all = [...document.querySelectorAll('.fi-block, .fi-block *, .fi-head *')].filter(shown);
const limit = box(document.documentElement).width;
const charts = [...document.querySelectorAll('svg')].map(box);
document.body.dataset.found = JSON.stringify({
  wide: all.filter(e => box(e).right > limit + 0.5).map(e => e.className || e.tagName),
  charts: charts.filter(b => b.width > 100 && b.height > 50).length,
  open: [...document.querySelectorAll('details')].filter(e => e.open).length,
  columns: getComputedStyle(document.querySelector('.fi-grid')).gridTemplateColumns.split(' ').length,
  paper: getComputedStyle(document.body).backgroundColor,
  title: document.title,
});
</script>
"""


def requests(log: Path) -> list[str]:
    """Addresses that the page asked for; what the browser asks for by itself has no page as its initiator."""
    found = re.findall(r'"initiator":"([^"]*)".*?"url":"(https?://[^"]*)"', log.read_text(errors="replace"))
    return [url for initiator, url in found if initiator != "not an origin"]


def measured(page: Path, folder: Path, chromium, width: int, *arguments: str) -> dict[str, object]:
    """What a script sees in a copy of the page that allows one, laid out `width` px wide."""
    text = re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", page.read_text())
    text = text.replace("</head>", f"<style>html{{width:{width}px}}</style></head>")
    text = text.replace("</body>", MEASURE + "</body>")
    copy = folder / "measured.html"
    copy.write_text(text)
    # headless Chromium has no window narrower than 500 px: the media queries see that, the layout sees `width`
    dom = chromium(copy, *QUIET, f"--window-size={max(500, width)},2000", "--dump-dom", *arguments)
    found = re.search(r'data-found="([^"]*)"', dom)
    assert found is not None
    return json.loads(unescape(found.group(1)))


def test_a_request_would_be_seen(chromium, tmp_path):
    page = tmp_path / "canary.html"
    page.write_text('<img src="http://canary.invalid/pixel.png">')
    chromium(page, *QUIET, f"--log-net-log={tmp_path / 'log'}", "--dump-dom")
    assert any("canary.invalid" in url for url in requests(tmp_path / "log"))


def test_the_page_asks_for_nothing_and_runs_no_script(chromium, brief_page, tmp_path):
    dom = chromium(brief_page, *QUIET, f"--log-net-log={tmp_path / 'log'}", "--dump-dom")
    assert requests(tmp_path / "log") == []
    assert "<title>Daily brief</title>" in dom
    assert "Ann &lt;script&gt;" in dom
    assert dom.count('role="img"') == 12


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (390, 1), (768, 1), (1280, 2)])
def test_everything_fits_its_width_and_charts_are_seen_once(chromium, brief_page, tmp_path, width, columns):
    found = measured(brief_page, tmp_path, chromium, width)
    assert found["wide"] == []
    assert found["charts"] == 6
    assert found["columns"] == columns
    assert found["open"] == 0
    assert found["title"] == "Daily brief"


def test_the_page_follows_the_readers_light_or_dark(chromium, brief_page, tmp_path):
    light = measured(brief_page, tmp_path, chromium, 1280)["paper"]
    dark = measured(brief_page, tmp_path, chromium, 1280, "--blink-settings=preferredColorScheme=0")["paper"]
    assert (light, dark) == ("rgb(245, 246, 243)", "rgb(15, 21, 24)")


def test_the_page_prints_on_a_few_sheets_of_a4(chromium, brief_page, tmp_path):
    pdf = tmp_path / "brief.pdf"
    chromium(brief_page, *QUIET, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    data = pdf.read_bytes()
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 5
    boxes = [box.split()[2:] for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", data)]
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}


def test_something_is_drawn_all_the_way_down(chromium, brief_page, tmp_path):
    picture = tmp_path / "page.png"
    chromium(brief_page, *QUIET, "--window-size=1280,2400", f"--screenshot={picture}")
    width, height, rows = rows_of(picture)
    assert (width, height) == (1280, 2400)
    blank = [all(len(set(row)) <= 2 for row in rows[top : top + 300]) for top in range(0, height - 300, 300)]
    assert not any(blank)


def rows_of(path: Path) -> tuple[int, int, list[bytes]]:
    """Size and filtered rows of an 8-bit PNG: a row of one colour has hardly any distinct bytes."""
    data, at, raw = path.read_bytes(), 8, b""
    width, height = struct.unpack(">II", data[16:24])
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        raw += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    rows = zlib.decompress(raw)
    step = len(rows) // height
    return width, height, [rows[n * step : (n + 1) * step] for n in range(height)]
