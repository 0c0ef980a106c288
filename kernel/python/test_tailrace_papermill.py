"""The papermill translator by itself; test_tailrace_kernel.py runs its declarations in the kernel."""

import unittest

import tailrace_papermill as tp
from papermill.translators import papermill_translators, translate_parameters


class JavaTranslatorTest(unittest.TestCase):
    def test_it_is_registered_for_the_kernel_and_the_language(self):
        self.assertIs(papermill_translators.find_translator("tailrace", "x"), tp.JavaTranslator)
        self.assertIs(papermill_translators.find_translator("other", "java"), tp.JavaTranslator)

    def test_scalars_are_typed_declarations(self):
        self.assertEqual(
            translate_parameters(
                "tailrace",
                "java",
                {"n": 3, "big": 2**31, "huge": 2**63, "x": 0.1, "on": True, "name": "a", "none": None},
            ),
            "// Parameters\n"
            "int n = 3;\n"
            "long big = 2147483648L;\n"
            'var huge = new java.math.BigInteger("9223372036854775808");\n'
            "double x = 0.1d;\n"
            "boolean on = true;\n"
            'String name = "a";\n'
            "Object none = null;\n",
        )

    def test_floats_that_are_no_numbers(self):
        self.assertEqual(tp.JavaTranslator.translate(float("nan")), "Double.NaN")
        self.assertEqual(tp.JavaTranslator.translate(float("-inf")), "Double.NEGATIVE_INFINITY")
        self.assertEqual(tp.JavaTranslator.translate(1e300), "1e+300d")

    def test_text_cannot_leave_its_literal(self):
        self.assertEqual(
            tp.JavaTranslator.translate('"; System.exit(1); //\\\n\t\x07é\U0001f40b'),
            '"\\"; System.exit(1); //\\\\\\n\\t\\u0007é\U0001f40b"',
        )

    def test_lists_and_maps_nest(self):
        self.assertEqual(
            tp.JavaTranslator.declaration("m", {"a": [1, "x", None], "b": {}}),
            "var m = java.util.Map.<String, Object>ofEntries("
            'java.util.Map.entry("a", java.util.Arrays.asList(1, "x", null)), '
            'java.util.Map.entry("b", java.util.Map.<String, Object>ofEntries()));',
        )
        with self.assertRaisesRegex(ValueError, "'a' is null"):
            tp.JavaTranslator.declaration("m", {"a": None})

    def test_declarations_of_a_cell_are_found(self):
        cell = {"source": '// defaults\nint rows = 500;  // how many\nvar name = "a;b";\nfinal List<String> l = List.of();\n'}
        found = [(p.name, p.inferred_type_name, p.default, p.help) for p in tp.JavaTranslator.inspect(cell)]
        self.assertEqual(
            found,
            [
                ("rows", "int", "500", "how many"),
                ("name", "None", '"a;b"', ""),
                ("l", "List<String>", "List.of()", ""),
            ],
        )


if __name__ == "__main__":
    unittest.main()
