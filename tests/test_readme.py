import re
import shlex
from pathlib import Path

import assistant
import cli
from assistant.settings import rows

ROOT = Path(__file__).parent.parent
README = ROOT.joinpath("README.md").read_text("utf-8")
EVALS = ROOT.joinpath("evals", "README.md").read_text("utf-8")


def test_the_settings_table_is_the_settings() -> None:
    expected = [f"| `{name}` | {default} | {meaning} |" for name, default, meaning in rows()]
    assert [line for line in README.splitlines() if line.startswith("| `ANDROMEDE_")] == expected


def test_every_command_that_is_named_exists() -> None:
    parser = cli.build_parser()
    for line in re.findall(r"^\.venv/bin/andromede (.*)$", README, re.MULTILINE):
        assert callable(parser.parse_args(shlex.split(line)).command)


def test_the_python_example_uses_public_names() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    compile(code[1], "README.md", "exec")
    assert "Assistant" in assistant.__all__


def test_every_make_target_that_is_named_exists() -> None:
    makefile = ROOT.joinpath("Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^)make ([\w-]+)", README + EVALS, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_what_the_evaluations_readme_names_exists() -> None:
    parser = cli.build_parser()
    for judge in re.findall(r"^\| `(\w+)`(?:, if left out)? \|", EVALS, re.MULTILINE):
        assert callable(parser.parse_args(["eval", "judge", "--judge", judge]).command)
    for name in set(re.findall(r"`((?:\w+/)*\w+\.(?:py|toml|json|jsonl))`", EVALS)):
        places = (ROOT / "evals", ROOT, ROOT / "evals" / "training", ROOT / "evals" / "suites")
        assert any((place / name).exists() for place in places), name
