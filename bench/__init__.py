"""Benchmarks: each a ratio measured in one run, equality asserted first. `python -m bench` runs them."""
