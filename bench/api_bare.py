"""What bench/api.py compares with: FastAPI alone, with the same document and with a small one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI

app = FastAPI()
DOCUMENT: dict[str, Any] = json.loads(Path(os.environ["BENCH_DOCUMENT"]).read_text())


@app.get("/document")
async def document() -> dict[str, Any]:
    return DOCUMENT


@app.get("/small")
async def small() -> dict[str, str]:
    return {"status": "up"}
