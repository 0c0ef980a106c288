package org.tailrace.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.DataException;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.sql.SqlParser;

class DictionaryEvaluatorTest {
    private static final EvalContext ANSI = EvalContext.of(ZoneOffset.UTC, true);

    private static Evaluator evaluator(String text) {
        return Evaluators.compile(typed(text), ANSI);
    }

    private static Typed typed(String text) {
        var typer = new Typer(Functions.table(), ANSI, new Positions());
        Expr expr = new SqlParser(ZoneOffset.UTC).expression("test", text).tree();
        return typer.type(expr, Scope.of(DdlParser.schema("s string, t string")));
    }

    /** Rows of all entries of the two dictionaries, in pairs. */
    private static VectorBatch rows(Dictionary left, Dictionary right) {
        var s = new BytesVector(DataType.STRING);
        var t = new BytesVector(DataType.STRING);
        int count = left.size() * right.size();
        s.prepareCodes(count, left);
        t.prepareCodes(count, right);
        for (int i = 0; i < count; i++) {
            s.codes[i] = i % left.size();
            t.codes[i] = i / left.size();
        }
        var rows = new VectorBatch(s, t);
        rows.size = count;
        return rows;
    }

    private static Dictionary dictionary(String... texts) {
        var values = new BytesVector(DataType.STRING);
        values.prepare(0);
        for (String text : texts) {
            values.appendValue(text);
        }
        return values.toDictionary();
    }

    @Test
    void texts_made_of_codes_are_codes_again_and_the_same_texts() {
        Dictionary[] dictionaries = {dictionary(" a", "b ", "a", "", "ça"), dictionary("x", "a ")};
        Evaluator evaluator = evaluator("upper(trim(s))");
        var random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            Dictionary values = dictionaries[round / 10 % 2];
            int count = random.nextInt(6);
            var column = new BytesVector(DataType.STRING);
            column.prepareCodes(count, values);
            List<@Nullable String> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int code = random.nextInt(values.size());
                column.codes[i] = code;
                expected.add(values.string(code).trim().toUpperCase(java.util.Locale.ROOT));
            }
            for (int i = 0; i < count; i++) {
                if (random.nextInt(4) == 0) {
                    column.setNull(i);
                    expected.set(i, null);
                }
            }
            var rows = new VectorBatch(column);
            rows.size = count;
            Vector result = evaluator.evaluate(rows);
            // The dictionary is worked through once half as many rows have come.
            if (count > 2) {
                assertNotNull(((BytesVector) result).dictionary);
            }
            for (int i = 0; i < count; i++) {
                assertEquals(expected.get(i), result.get(i));
            }
        }
    }

    @Test
    void a_choice_between_constants_and_codes_is_codes_that_all_threads_share() {
        String choice = "CASE lower(s) WHEN 'a' THEN '0' WHEN 'b' THEN '1' WHEN 'n' THEN NULL ELSE upper(t) END";
        VectorBatch rows = rows(dictionary("a", "B", "c", "n"), dictionary("x", "y"));
        var first = (BytesVector) evaluator(choice).evaluate(rows);
        var second = (BytesVector) evaluator(choice).evaluate(rows);
        assertNotNull(first.dictionary);
        assertSame(first.dictionary, second.dictionary);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < rows.size; i++) {
            values.add(second.get(i));
        }
        assertEquals(Arrays.asList("0", "1", "X", null, "0", "1", "Y", null), values);
        var whole = (BytesVector) evaluator("coalesce(nullif(s, 'a'), 'none')").evaluate(rows);
        assertNotNull(whole.dictionary);
        assertEquals("none", whole.get(4));
        assertEquals("B", whole.get(5));
    }

    @Test
    void an_entry_that_fails_is_an_error_only_where_a_row_has_it() {
        Evaluator evaluator = evaluator("CAST(s AS INT) + 1");
        VectorBatch rows = rows(dictionary("7", "seven"), dictionary("x"));
        assertThrows(DataException.class, () -> evaluator.evaluate(rows));
        rows.size = 1;
        assertEquals(8, evaluator.evaluate(rows).get(0));
    }
}
