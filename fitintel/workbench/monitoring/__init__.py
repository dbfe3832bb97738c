"""Figures for Prometheus: what every process counted, what the gateway saw, what the workspace holds. No ids."""
