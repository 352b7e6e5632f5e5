"""The one SQLite file: the event log, its read models, drafts and backups. Nothing here decides anything."""
