"""Streamlit's settings for the athlete's app, made from the theme: `streamlit_app/.streamlit/config.toml`.

A test holds the file to this text. Nothing is sent to anybody; only this machine is answered. Streamlit would collect
all garbage after every run of a screen, and hold the answer to a tap back meanwhile, for half a second with a workspace
open: `postScriptGC` leaves it to Python, which collects as it fills.
"""

from __future__ import annotations

from fitintel.views import theme

HEAD = "# Written from fitintel/views/app/config.py and fitintel/views/theme.py; a test compares them."
SERVER = """
[browser]
gatherUsageStats = false

[server]
address = "127.0.0.1"
headless = true
enableCORS = true
corsAllowedOrigins = ["http://127.0.0.1", "http://localhost"]
allowedHosts = ["127.0.0.1", "localhost"]
enableXsrfProtection = true
xsrfCookieSameSite = "strict"
maxUploadSize = 200
fileWatcherType = "none"
disconnectedSessionTTL = 60

[client]
showErrorDetails = "none"
showErrorLinks = "false"
toolbarMode = "viewer"

[runner]
magicEnabled = false
postScriptGC = false
"""
ROLES = (
    ("primaryColor", "accent"), ("backgroundColor", "paper"), ("secondaryBackgroundColor", "surface"),
    ("textColor", "ink"), ("linkColor", "accent"), ("borderColor", "rule"), ("codeTextColor", "ink"),
    ("codeBackgroundColor", "sunken"), ("redColor", "alert"), ("orangeColor", "notice"), ("greenColor", "accent"),
    ("blueColor", "accent"), ("grayColor", "quiet"), ("redTextColor", "alert"), ("orangeTextColor", "notice"),
    ("greenTextColor", "accent"), ("blueTextColor", "accent"), ("grayTextColor", "muted"),
    ("redBackgroundColor", "alert_soft"), ("orangeBackgroundColor", "notice_soft"),
    ("greenBackgroundColor", "accent_soft"), ("blueBackgroundColor", "accent_soft"),
    ("grayBackgroundColor", "sunken"), ("dataframeHeaderBackgroundColor", "sunken"),
)  # fmt: skip
"""option of Streamlit, and the role of the theme whose colour it has."""


def config_toml() -> str:
    """The whole file."""
    parts = [HEAD, SERVER]
    parts.append(
        '[theme]\nfont = "sans-serif"\ncodeFont = "monospace"\nbaseRadius = "8px"\nshowWidgetBorder = true\n'
        'paddingTop = "1rem"\n'
        'headingFontSizes = ["1.7rem", "1.35rem", "1.2rem", "1.1rem", "1rem", "1rem"]\n'
    )
    for name, palette in (("light", theme.LIGHT), ("dark", theme.DARK)):
        lines = [f'{option} = "{getattr(palette, role)}"' for option, role in ROLES]
        parts.append("\n".join([f"[theme.{name}]", *lines, ""]))
    return "\n".join(parts)
