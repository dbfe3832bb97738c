"""Versions beside those in use."""
