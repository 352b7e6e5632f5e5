"""The blameless check: where a text stops at a person. `check` asks; the other modules read sentences."""
