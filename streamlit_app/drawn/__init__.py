"""Parts of a screen that one script in the page draws: values in, text out, a tap back."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def script(name: str) -> ComponentRenderer:
    """The part that `<name>.js` draws in the style of `<name>.css`; call it with `data` and `key`."""
    js, css = (Path(__file__).with_name(f"{name}.{kind}").read_text("utf-8") for kind in ("js", "css"))
    # in the page itself, not in a tree of its own: readers of the page and of its focus find it like any other part
    return st.components.v2.component(f"fitintel_{name}", js=js, css=css, isolate_styles=False)
