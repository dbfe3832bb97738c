"""Servers of pages: the commands that start them."""
