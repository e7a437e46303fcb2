"""Writes plain values as YAML that is read back as what they were."""

from __future__ import annotations

import yaml

from kefu_sim.base.yamlread import FLOAT, INT, OCTAL, TAG


class _Dumper(yaml.SafeDumper):
    """Quotes text that would be read as a number: the library goes by YAML 1.1."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    number = INT.fullmatch(value) or FLOAT.fullmatch(value) or OCTAL.fullmatch(value)
    return dumper.represent_scalar(TAG + "str", value, style="'" if number else None)


_Dumper.add_representer(str, _text)


def write_yaml(data: object) -> str:
    """Plain values as YAML, keys in their order."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))
