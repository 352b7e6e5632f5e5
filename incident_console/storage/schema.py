"""What marks a file as ours, and which schema it has. The steps that lead there are in `migrations`."""

APPLICATION_ID = 0x1C0501E5
"""Marks a file as ours, readable by any SQLite tool."""

SCHEMA_VERSION = 2
"""Which schema this is; kept in `user_version`, and one higher whenever steps were added."""
