import re
import shlex
from pathlib import Path

import assistant
import cli
from assistant.settings import rows

README = Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")


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
    makefile = Path(__file__).parent.parent.joinpath("Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:`|^)make ([\w-]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
