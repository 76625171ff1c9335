"""Who may import whom: pages stand on hwmodel, nothing goes round in circles, and torch comes in only with the network."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [*sorted(path for folder in ("hwmodel", "pages") for path in (ROOT / folder).rglob("*.py")), ROOT / "app.py"]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Every module a file imports, inside functions too, but not for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) for inner in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module}, (f"{node.module}.{alias.name}" for alias in node.names))
    return found


IMPORTS = {module_name(path): imports(path) for path in FILES}
ROOMS = re.findall(r"^\| `(\w+)` \|", (ROOT / "hwmodel/README.md").read_text("utf-8"), re.MULTILINE)  # in their order
MOST_LINES_OF_A_COMMAND = 60
COMMANDS = {f"hwmodel.{path.stem}" for path in (ROOT / "hwmodel").glob("*.py") if path.stem != "__init__"}


def uses(module: str, package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in IMPORTS[module])


def room(module: str) -> str | None:
    """The room of hwmodel that a module lies in."""
    parts = module.split(".")
    return parts[1] if parts[0] == "hwmodel" and len(parts) > 1 and parts[1] in ROOMS else None


def test_the_check_sees_imports() -> None:
    assert "hwmodel.network.model" in IMPORTS["hwmodel.sampling.lines"]
    assert "streamlit" in IMPORTS["pages.write"]


@pytest.mark.parametrize("package", ["streamlit", "pages", "app"])
def test_the_model_package_knows_nothing_of_pages(package: str) -> None:
    assert [module for module in IMPORTS if module.startswith("hwmodel") and uses(module, package)] == []


def test_pages_never_import_torch() -> None:
    """It comes in with the model, which the caches fetch."""
    assert [module for module in IMPORTS if module.startswith(("pages", "app")) and uses(module, "torch")] == []


def test_every_folder_with_modules_is_a_room_of_the_readme() -> None:
    assert sorted(ROOMS) == sorted(path.parent.name for path in (ROOT / "hwmodel").glob("*/__init__.py"))


def test_a_room_imports_no_later_room() -> None:
    upwards = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in sorted(names)
        if (here := room(module)) and (there := room(name)) and ROOMS.index(there) > ROOMS.index(here)
    ]
    assert upwards == []


def test_commands_are_imported_by_nobody_and_nothing_else_lies_beside_them() -> None:
    assert [module for module, names in IMPORTS.items() if names & COMMANDS] == []
    assert [name for name in sorted(COMMANDS) if "def main(" not in (ROOT / f"{name.replace('.', '/')}.py").read_text("utf-8")] == []


def test_a_command_is_arguments_printing_and_an_exit_code() -> None:
    """What it does stands in the rooms."""
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "hwmodel").glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_COMMAND} == {}


def test_no_test_module_imports_another() -> None:
    wrong = [(path.name, name) for path in (ROOT / "tests").rglob("*.py") for name in imports(path) if re.match(r"tests\..*\btest_", name)]
    assert wrong == []


def test_no_module_imports_itself_through_others() -> None:
    ours = {module: {name for name in names if name in IMPORTS and name != module} for module, names in IMPORTS.items()}
    waiting = dict(ours)
    while waiting:
        free = [module for module, needs in waiting.items() if not needs & set(waiting)]
        assert free, f"these import each other in a circle: {sorted(waiting)}"
        for module in free:
            del waiting[module]


def test_importing_the_dashboards_parts_leaves_torch_alone() -> None:
    """The page stands before the network is loaded, which takes seconds. (The drawing canvas cannot be imported outside a running dashboard.)"""
    parts = sorted(name for name in IMPORTS if name.startswith("pages.ui") and not uses(name, "streamlit_drawable_canvas"))
    code = f"import sys, {', '.join(parts)}; print({{'torch', 'sklearn'}} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    "package", ["ink", "formats", "data", "views", "cells.trace", "cells.atlas", "futures.values", "futures.forks", "network.weights"]
)
def test_values_leave_torch_and_scipy_unloaded(package: str) -> None:
    """They are what pages stand on before the network is there. (UNIPEN's reader alone needs scipy's splines.)"""
    wanted = f"hwmodel.{package}"
    there = (name for name in IMPORTS if f"{name}.".startswith(f"{wanted}."))
    parts = sorted(name for name in there if not name.startswith(("hwmodel.data.unipen", "hwmodel.data.__main__")))
    code = f"import sys, {', '.join(parts)}; print({{'torch', 'scipy', 'streamlit'}} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "set()"
