"""js files that import each other as one script, which is what a component or a worker is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.{1,2}/[\w./]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)  # on lines of its own, as the js here has them
MODULE_WORD = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)  # Streamlit takes one script a component, and no imports of ours


def script(path: Path) -> str:
    """A js file and everything that it imports, as one ES module that exports what the file does.

    Each imported file stands in a function of its own, and gives nothing but its exports. Raises ValueError where a file imports in a circle, imports
    what another does not export, or does either in a way that is not known here.
    """
    files: dict[Path, set[str]] = {}  # in the order in which they run -> what each gives
    bodies: list[str] = []

    def add(file: Path, importers: tuple[Path, ...]) -> None:
        if file in importers:
            raise ValueError(f"{file.name} imports itself through {', '.join(each.name for each in importers)}")
        if file in files:
            return
        body, given = _resolved(file, lambda wanted: add(wanted, (*importers, file)), files)
        if "\nexport default " in body:
            raise ValueError(f"{file.name} has a default export, which only a view may have")
        files[file] = given
        bodies.append(f"const {_name(file)} = (() => {{\n{EXPORT.sub('', body)}\nreturn {{ {', '.join(sorted(given))} }};\n}})();")

    entry, _ = _resolved(path.resolve(), lambda wanted: add(wanted, (path.resolve(),)), files)
    return "\n".join([*bodies, entry])


def without_comments(code: str) -> str:
    """A script for a file in which every byte costs."""
    return COMMENT.sub("", code)


def _resolved(file: Path, add: Callable[[Path], None], files: dict[Path, set[str]]) -> tuple[str, set[str]]:
    """The text of a file with its imports taken from the functions of other files, and the names that it exports."""
    text = file.read_text(encoding="utf-8")

    def taken(found: re.Match[str]) -> str:
        names, wanted = found[1].split(", "), (file.parent / found[2]).resolve()
        add(wanted)
        if missing := set(names) - files[wanted]:
            raise ValueError(f"{file.name} imports {', '.join(sorted(missing))}, which {wanted.name} does not export")
        return f"const {{ {found[1]} }} = {_name(wanted)};"

    body, given = IMPORT.sub(taken, text), set(EXPORT.findall(text))
    for line in MODULE_WORD.findall(body):
        if not EXPORT.match(line) and not line.startswith("export default "):
            raise ValueError(
                f'{file.name} says "{line}": only import {{ a, b }} from "./file.js" and export before function, class or const are known'
            )
    return body, given


def _name(file: Path) -> str:
    """What the function of a file is called in the script."""
    return f"${file.parent.name}_{file.stem}"
