"""JSON text for what is quoted alike by hand: loading a JSON writer takes longer than logging a line."""


def quoted(text: str) -> str:
    """What `json.dumps(text, ensure_ascii=False)` gives."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    import json

    return json.dumps(text, ensure_ascii=False)


def listed(values: "tuple[str | int, ...]") -> str:
    """What `json.dumps(values, ensure_ascii=False)` gives."""
    return f"[{', '.join(quoted(value) if isinstance(value, str) else str(value) for value in values)}]"
