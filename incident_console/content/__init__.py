"""Packs of data that people can replace: severity levels, message templates. Loaded and checked, never code."""
