"""People's text enters a widget only as `Content`: the source of every screen is held against that rule."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "incident_console"
SCREENS = sorted([PACKAGE / "app.py", *(PACKAGE / "screens").rglob("*.py"), *(PACKAGE / "widgets").rglob("*.py")])

WIDGETS = {"Static", "Label", "Button", "Option", "Checkbox", "RadioButton", "Collapsible", "TabPane"}
TITLES = {"title", "sub_title", "border_title", "border_subtitle", "tooltip", "placeholder"}
INERT = {"Content", "Content.assemble", "Content.styled", "Content.join"}
LITERAL = {"Content.from_markup"}


def content_functions() -> set[str]:
    """Functions of ours that are declared to return Content."""
    names = set()
    for path in SCREENS:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.FunctionDef)
                and node.returns is not None
                and ast.unparse(node.returns) == "Content"
            ):
                names.add(node.name)
    return names


class Finder(ast.NodeVisitor):
    """Collects the places where text reaches a widget by another way than Content."""

    def __init__(self, functions: set[str]) -> None:
        self.findings: list[str] = []
        self._functions = functions
        self._names: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, self._names = self._names, set(self._names)
        every = [*node.args.args, *node.args.kwonlyargs]
        self._names |= {arg.arg for arg in every if arg.annotation and "Content" in ast.unparse(arg.annotation)}
        for each in ast.walk(node):
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                if ast.unparse(each.annotation) == "Content":
                    self._names.add(each.target.id)
            elif isinstance(each, ast.Assign) and self._is_inert(each.value):
                self._names |= {target.id for target in each.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)
        self._names = outer

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)  # type: ignore[arg-type]

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        last = name.rsplit(".", 1)[-1]
        first = node.args[0] if node.args else None
        if last == "notify":
            safe = any(
                each.arg == "markup" and isinstance(each.value, ast.Constant) and each.value.value is False
                for each in node.keywords
            )
            self._check(safe or (first is not None and isinstance(first, ast.Constant)), node)
        elif name in WIDGETS and first is not None:
            self._check(self._is_inert(first), node)
        elif last == "OptionList" or (
            name.endswith("super().__init__") and any(each.arg == "markup" for each in node.keywords)
        ):
            self._check(any(each.arg == "markup" for each in node.keywords), node)
        elif last == "update" and isinstance(node.func, ast.Attribute) and "values" not in name and first is not None:
            self._check(self._is_inert(first), node)
        elif name in LITERAL:
            self._check(isinstance(first, ast.Constant), node)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in TITLES and target.attr != "placeholder":
                self._check(self._is_inert(node.value), node)
        self.generic_visit(node)

    def _is_inert(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant() | ast.Starred():
                return True
            case ast.IfExp():
                return self._is_inert(node.body) and self._is_inert(node.orelse)
            case ast.Name():
                return node.id in self._names
            case ast.Call():
                name = ast.unparse(node.func)
                return name in INERT or name.endswith(").join") or name.rsplit(".", 1)[-1] in self._functions
        return False

    def _check(self, fine: bool, node: ast.AST) -> None:
        if not fine:
            self.findings.append(f"line {getattr(node, 'lineno', 0)}: {ast.unparse(node)[:100]}")


def findings(source: str) -> list[str]:
    finder = Finder(content_functions())
    finder.visit(ast.parse(source))
    return finder.findings


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_screens_show_peoples_text_only_as_content(path: Path) -> None:
    assert findings(path.read_text()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "Static(name)",
        "Static(f'{name} is here')",
        "Static('%s' % name)",
        "Label('a' + name)",
        "self.query_one('#x', Static).update(name)",
        "self.notify(name)",
        "self.notify(f'{name}', markup=True)",
        "Option(name, id='a')",
        "OptionList(*rows)",
        "self.border_title = name",
        "Content.from_markup(f'[b]{name}[/b]')",
        "def f(a: str):\n    Static(a)",
    ],
)
def test_planted_violations_are_found(bad: str) -> None:
    assert findings(bad)


@pytest.mark.parametrize(
    "good",
    [
        "Static('fixed words')",
        "Static(Content(name))",
        "Static(Content.assemble((name, 'bold')))",
        "self.notify(name, markup=False)",
        "Content.from_markup('[b]$name[/b]', name=name)",
        "def f(a: Content):\n    Static(a)",
        "def f(a: str):\n    words = Content(a)\n    Static(words)",
        "OptionList(*rows, markup=False)",
    ],
)
def test_the_right_way_is_accepted(good: str) -> None:
    assert findings(good) == []
