"""Java parameters for papermill, which knows none of its own.

Importing this module registers the translator for notebooks of the kernel ``tailrace`` and of the language ``java``.
``python -m tailrace_papermill`` is papermill's command line with it:

    python -m tailrace_papermill in.ipynb out.ipynb -p interval "10 seconds" -p rows 500
"""

import math
import re

from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

_DECLARATION = re.compile(
    r"^\s*(?:final\s+)?(?P<type>[A-Za-z_][\w.<>\[\], ]*?)\s+(?P<name>[A-Za-z_$][\w$]*)\s*=\s*(?P<value>.*?)\s*;"
    r"\s*(?://\s*(?P<help>.*))?$"
)

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class JavaTranslator(Translator):
    """Each parameter becomes a declaration whose type follows from the value."""

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_escaped_str(cls, str_val):
        text = "".join(
            _ESCAPES.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c) for c in str(str_val)
        )
        return f'"{text}"'

    @classmethod
    def translate_int(cls, val):
        if -(2**31) <= val < 2**31:
            return str(val)
        if -(2**63) <= val < 2**63:
            return f"{val}L"
        return f'new java.math.BigInteger("{val}")'

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "Double.NaN"
        if math.isinf(val):
            return "Double.POSITIVE_INFINITY" if val > 0 else "Double.NEGATIVE_INFINITY"
        return f"{val!r}d"

    @classmethod
    def translate_list(cls, val):
        return f"java.util.Arrays.asList({', '.join(cls.translate(v) for v in val)})"

    @classmethod
    def translate_dict(cls, val):
        for key, value in val.items():
            if value is None:
                raise ValueError(f"parameter entry {key!r} is null, which a Java map of parameters cannot hold")
        entries = (f"java.util.Map.entry({cls.translate_str(str(k))}, {cls.translate(v)})" for k, v in val.items())
        return f"java.util.Map.<String, Object>ofEntries({', '.join(entries)})"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def declaration(cls, name, val):
        """The declaration that gives ``name`` the value ``val``."""
        kind = "var"
        if val is None:
            kind = "Object"
        elif isinstance(val, bool):
            kind = "boolean"
        elif isinstance(val, int):
            kind = "int" if -(2**31) <= val < 2**31 else "long" if -(2**63) <= val < 2**63 else "var"
        elif isinstance(val, float):
            kind = "double"
        elif not isinstance(val, (list, dict)):
            kind = "String"
        return f"{kind} {cls.assign(name, cls.translate(val))};"

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        lines = [cls.comment(comment)]
        lines += [cls.declaration(name, val) for name, val in parameters.items()]
        return "\n".join(lines) + "\n"

    @classmethod
    def inspect(cls, parameters_cell):
        """The declarations of the cell tagged ``parameters``, for ``papermill --help-notebook``."""
        found = (_DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [
            Parameter(
                name=match["name"],
                inferred_type_name="None" if match["type"] == "var" else match["type"],
                default=match["value"],
                help=match["help"] or "",
            )
            for match in found
            if match
        ]


papermill_translators.register("tailrace", JavaTranslator)
papermill_translators.register("java", JavaTranslator)


if __name__ == "__main__":
    from papermill.cli import papermill

    papermill()
