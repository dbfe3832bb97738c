"""The services on loopback that the tests of connectors have."""

from tests.ingest.connectors.conftest import desk, empty, intervals, rides, strava

__all__ = ["desk", "empty", "intervals", "rides", "strava"]
