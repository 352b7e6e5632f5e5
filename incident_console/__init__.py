"""Incident Console: a terminal console for running product incidents. Version only; nothing is imported here."""

__version__ = "0.1.0"
