"""Two minutes of the soak that bench/soak.py makes for half an hour: nothing fails, and nothing stays."""

from __future__ import annotations

import pytest

from tests.services import _program


@pytest.mark.slow
def test_after_two_minutes_on_all_surfaces_nothing_has_failed_and_no_kernel_is_left() -> None:
    pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
    for program in ("nginx", "mariadbd", "redis-server", "prometheus", "prometheus-alertmanager"):
        _program(program)
    from bench.soak import failed, soak

    found = soak(2.0, None)
    assert found["minutes"] > 1.5
    assert found["requests_per_s"] > 10
    assert all(found["asked"][name] > 20 for name in ("live", "app", "coach"))
    # half an hour tells growth from caches that fill; two minutes do not
    assert failed(found, grown=False) == []
