"""The document of a postmortem: `model` is what it holds, `parts` puts it together, the others draw and write it."""
