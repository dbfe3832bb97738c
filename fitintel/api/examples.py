"""Examples of the OpenAPI document: requests that were sent to a simulated squad, and what they were answered.

They are recorded (`make examples`), not written, and cut to a few entries of each list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_suffix(".json")
JSON = "application/json"


def with_examples(document: dict[str, Any]) -> dict[str, Any]:
    """The document, with an example of each request that has a JSON body and of each answer that has one."""
    recorded: dict[str, dict[str, Any]] = json.loads(RECORDED.read_text(encoding="utf-8"))
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            example = recorded.get(f"{method} {path}", {})
            asked = said.get("requestBody", {}).get("content", {}).get(JSON)
            if asked is not None and "request" in example:
                asked["example"] = example["request"]
            for status, answer in said["responses"].items():
                if status in example and JSON in answer.get("content", {}):
                    answer["content"][JSON]["example"] = example[status]
    return document
