#!/usr/bin/env python3
"""Mutation tests of the law and the rules: `make mutants`, or scripts/mutants with the options below.

mutmut changes one thing in one function (`<` becomes `<=`, `and` becomes `or`, a number one more, an argument None) and
runs the tests that call that function. A change that no test notices "survives": a test is missing, or the change
changes nothing. Tables outside functions are not changed; the tests of those tables hold them.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "var" / "mutants"

LAW = {str(path.relative_to(ROOT)): ["tests/leerplicht/law"] for path in sorted((ROOT / "leerplicht/law").glob("*.py"))}
# The tests that belong to each rule, in tests/cases: its tables, or what asks it with rows.
TESTS = {
    "cases/parts/matrix.py": ["sight/test_seats.py", "sight/test_parts.py::test_a_problem_belongs_to_a_part"],
    "cases/dossier/rules.py": ["dossier/test_dossier_rules.py"],
    "cases/dossier/states.py": ["dossier/test_dossier_rules.py"],
    "cases/dossier/results.py": ["dossier/test_dossier_rules.py"],
    "cases/dossier/access.py": ["dossier/test_access.py"],
    "cases/offers/states.py": ["offers/test_offer_rules.py"],
    "cases/offers/rules.py": ["offers/test_offer_rules.py"],
    "cases/decisions/rules.py": ["decisions/test_decision_rules.py"],
    "cases/decisions/preconditions.py": ["decisions/test_decision_rules.py"],
    "cases/steps/ladder.py": ["steps/test_ladder.py"],
    "cases/steps/rules.py": ["steps/test_step_rules.py"],
    "cases/ladders/rules.py": ["ladders/test_ladder_rules.py"],
    "cases/escalation/rules.py": ["escalation/test_escalation_rules.py"],
    "cases/claims/rules.py": ["claims/test_claim_rules.py"],
    "cases/sharing/rules.py": [
        "sharing/test_sharing_rules.py",
        "sharing/test_sharing.py::test_what_can_be_shared_with_whom",
    ],
    "cases/agreements/rules.py": ["agreements/test_agreement_rules.py"],
    "cases/sight/seats.py": ["sight/test_seats.py", "sight/test_parts.py::TestNotForParents"],
    "cases/meetings/rules.py": ["meetings/test_meeting_rules.py", "meetings/test_mdo_counts.py"],
    "cases/agreements/access.py": ["test_who_may_act.py"],
    "cases/decisions/access.py": ["test_who_may_act.py"],
    "cases/escalation/access.py": ["test_who_may_act.py"],
    "cases/intake/access.py": ["test_who_may_act.py"],
    "cases/sharing/access.py": ["test_who_may_act.py"],
    "cases/sight/access.py": ["test_who_may_act.py"],
    "cases/stops/access.py": ["test_who_may_act.py"],
}
RULES = {file: [f"tests/cases/{test}" for test in tests] for file, tests in TESTS.items()}
GROUPS = {"law": LAW, "rules": RULES}

CONFIG = """\
[mutmut]
source_paths =
    leerplicht
    cases
only_mutate =
    {files}
also_copy =
    {others}
pytest_add_cli_args =
    -p
    tests.on_mutants
    -p
    no:cacheprovider
    -p
    no:playwright
pytest_add_cli_args_test_selection =
    {tests}
timeout_multiplier = 0.5
timeout_constant = {seconds}
track_dependencies = false
"""


# --- where it runs ----------------------------------------------------------------------------------


def lay_out(folder: Path, files: dict[str, list[str]]) -> None:
    """A copy of what git knows of the checkout, and the settings of the tool."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    names = [name for name in names if name and (ROOT / name).is_file()]
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
        if name in files:
            target.write_text(_undecorated(target.read_text(encoding="utf-8")), encoding="utf-8")
            shutil.copystat(ROOT / name, target)
    others = {name.split("/")[0] for name in names} - {"leerplicht", "cases", "setup.cfg"}
    tests = dict.fromkeys(test for tests in files.values() for test in tests)
    texts = {"files": files, "others": sorted(others), "tests": tests}
    # What a test needs before it begins (rows) is not in the time that the tool knows of it.
    seconds = 4 if set(files) <= set(LAW) else 40
    config = CONFIG.format(seconds=seconds, **{name: "\n    ".join(lines) for name, lines in texts.items()})
    (folder / "setup.cfg").write_text(config, encoding="utf-8")
    modules = folder / "mutants" / "node_modules"
    modules.parent.mkdir(exist_ok=True)
    if not modules.is_symlink():
        modules.symlink_to(ROOT / "node_modules")


def _undecorated(source: str) -> str:
    """The tool leaves a function with a decorator alone. `@property` and `@cache` say the same as an assignment below
    it."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for function in sorted(functions, key=lambda node: -node.lineno):
        match function.decorator_list:
            case [ast.Name(id="property" | "cache" as name)]:
                indent = " " * function.col_offset
                lines.insert(function.end_lineno, f"{indent}{function.name} = {name}({function.name})")
                del lines[function.lineno - 2]
    return "\n".join(lines) + "\n"


# --- what is changed --------------------------------------------------------------------------------


def spare_sentences() -> None:
    """A text with a space in it is for people: no other wording of it is a mistake. Codes are changed."""
    import libcst
    from mutmut.mutation import mutators

    def is_sentence(node: libcst.CSTNode) -> bool:
        texts = (libcst.SimpleString, libcst.FormattedString, libcst.ConcatenatedString)
        return isinstance(node, texts) and " " in libcst.Module([]).code_for_node(node)

    def texts(node: libcst.BaseString) -> Iterable[libcst.CSTNode]:
        return [] if is_sentence(node) else mutators.operator_string(node)

    def arguments(node: libcst.Call) -> Iterable[libcst.CSTNode]:
        for changed in mutators.operator_arg_removal(node):
            kept = {id(arg) for arg in changed.args}
            if not any(is_sentence(arg.value) for arg in node.args if id(arg) not in kept):
                yield changed

    own = {mutators.operator_string: texts, mutators.operator_arg_removal: arguments}
    mutators.mutation_operators[:] = [(kind, own.get(act, act)) for kind, act in mutators.mutation_operators]


# --- running and telling ----------------------------------------------------------------------------


def module_of(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")


def noted(folder: Path, file: str) -> tuple[Path, dict[str, Any]]:
    """What the tool wrote down of a file and its mutants."""
    path = folder / "mutants" / f"{file}.meta"
    return path, json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"exit_code_by_key": {}}


def results(folder: Path, files: Iterable[str]) -> dict[str, dict[str, str]]:
    """By file what became of each mutant: killed (a test failed, or it hung), survived, or no tests at all."""
    from mutmut.stats import status_by_exit_code

    codes = {file: noted(folder, file)[1]["exit_code_by_key"] for file in files}
    return {file: {name: status_by_exit_code[code] for name, code in found.items()} for file, found in codes.items()}


def is_alive(status: str) -> bool:
    return status in ("survived", "no tests", "not checked")


def forget_survivors(folder: Path, files: Iterable[str]) -> None:
    """The tool runs what has no result yet: what survived, and what stands in a function that was changed since."""
    for file, found in results(folder, files).items():
        path, note = noted(folder, file)
        if found:
            note["exit_code_by_key"] |= {name: None for name, status in found.items() if is_alive(status)}
            path.write_text(json.dumps(note), encoding="utf-8")


def run(folder: Path, files: dict[str, list[str]], *, again: bool) -> None:
    """In a process of its own: the tool forks from one in which the tests ran once."""
    if again:
        forget_survivors(folder, files)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    lay_out(folder, files)
    # What the tool tells while it runs is for a terminal that redraws its line.
    command = [sys.executable, __file__, "--inside"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}\nmutants: the tool did not end well")


def inside() -> None:
    from mutmut.__main__ import cli

    spare_sentences()
    os.environ["PYTHONPATH"] = str(Path("mutants").absolute())
    sys.path[0] = str(Path("mutants").absolute())
    cli.main(["run", "--max-children", "1"], standalone_mode=False)


def table(title: str, found: dict[str, dict[str, str]]) -> None:
    print(f"\n{title:<40}{'mutants':>9}{'killed':>9}{'survived':>10}{'%':>8}")
    rows = {file: list(statuses.values()) for file, statuses in found.items() if statuses}
    for name, statuses in [*rows.items(), ("together", [status for row in rows.values() for status in row])]:
        alive = sum(map(is_alive, statuses))
        killed = len(statuses) - alive
        share = f"{100 * killed / len(statuses):.1f}" if statuses else "-"
        print(f"{name:<40}{len(statuses):>9}{killed:>9}{alive:>10}{share:>8}")


def show(name: str) -> None:
    """What a mutant changed."""
    module = name.rpartition(".")[0]
    for folder in sorted(path.parent for path in WORK.glob("*/mutants")):
        if (folder / "mutants" / f"{module.replace('.', '/')}.py.meta").exists():
            command = [sys.executable, "-m", "mutmut", "show", name]
            subprocess.run(command, cwd=folder, check=True)
            return
    sys.exit(f"mutants: {name} is not known; run first")


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__.split("\n")[0])
    parser.add_argument("--group", choices=GROUPS, help="one group only")
    parser.add_argument("--file", help="one file only, with the tests that belong to it")
    parser.add_argument("--again", action="store_true", help="only what survived the last time, with the tests of now")
    parser.add_argument("--report", action="store_true", help="the tables of the last time, without a run")
    parser.add_argument("--show", metavar="MUTANT", help="what this mutant changed")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return inside()
    if asked.show:
        return show(asked.show)
    if asked.file:
        tests = {file: tests for group in GROUPS.values() for file, tests in group.items()}.get(asked.file)
        if not tests:
            parser.error(f"{asked.file} is not one of the files that are changed")
        chosen = {module_of(asked.file): {asked.file: tests}}
    else:
        chosen = {name: files for name, files in GROUPS.items() if asked.group in (None, name)}
    survived: list[str] = []
    for title, files in chosen.items():
        if not asked.report:
            run(WORK / title, files, again=asked.again)
        found = results(WORK / title, files)
        table(title, found)
        survived += [
            f"{status:<10} {name}" for row in found.values() for name, status in row.items() if is_alive(status)
        ]
    if survived:
        print("\nscripts/mutants --show NAME tells what it changed:")
        print("\n".join(survived))


if __name__ == "__main__":
    main()
