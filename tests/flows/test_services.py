"""The README's systemd unit and compose file start what there is."""

from __future__ import annotations

import re
import shlex
import textwrap
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

from flows.cli import app
from pipeline.settings import Settings

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def block(mark: str) -> str:
    """What stands between two marks, without its indent."""
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", README, re.DOTALL)
    assert found
    return textwrap.dedent(found[1]).strip("\n") + "\n"


def understood(arguments: list[str]) -> dict[str, Any]:
    """The options of a command line of ours; UsageError for one that is none."""
    name, *rest = arguments
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    parameters: dict[str, Any] = command.make_context(name, rest).params
    return parameters


def are_settings(variables: list[str]) -> bool:
    """Whether all of Dateline's among them are settings."""
    ours = [name for name in variables if name.startswith("DATELINE_")]
    assert ours
    return {name.removeprefix("DATELINE_").lower() for name in ours} <= set(Settings.model_fields)


def test_the_unit_starts_up() -> None:
    assert are_settings(re.findall(r"(?<=[ =])([A-Z_]+)=", "\n".join(re.findall("Environment=.*", block("unit")))))
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(block("unit"))
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "dateline"
    assert understood(arguments)["host"] == "127.0.0.1"
    assert unit["Service"]["Restart"] == "on-failure"
    assert unit["Service"]["KillMode"] == "mixed", "SIGTERM is for up alone, which stops the others in turn"


def test_the_compose_file_starts_up_and_publishes_its_port_to_this_machine_alone() -> None:
    compose = yaml.safe_load(block("compose"))
    service = compose["services"]["dateline"]
    assert 'ENTRYPOINT ["dateline"]' in service["build"]["dockerfile_inline"]
    options = understood(service["command"])
    assert options["host"] == "0.0.0.0"
    assert service["ports"] == [f"127.0.0.1:4200:{options['port']}"]
    assert are_settings(list(service["environment"]))
    volume, _, folder = service["volumes"][0].partition(":")
    assert volume in compose["volumes"]
    assert service["environment"]["DATELINE_HOME"] == folder
