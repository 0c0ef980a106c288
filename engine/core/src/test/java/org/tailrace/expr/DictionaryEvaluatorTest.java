package org.tailrace.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.builtin.Functions;

class DictionaryEvaluatorTest {
    private static final EvalContext ANSI = EvalContext.of(ZoneOffset.UTC, true);

    private static Evaluator upperOfTrim() {
        var typer = new Typer(Functions.table(), ANSI, new Positions());
        Expr trim = new Expr.Call("trim", List.of(new Expr.Ref("s")), false, Optional.empty());
        Expr upper = new Expr.Call("upper", List.of(trim), false, Optional.empty());
        return Evaluators.compile(typer.type(upper, Scope.of(DdlParser.schema("s string"))), ANSI);
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
        Evaluator evaluator = upperOfTrim();
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
            if (count > 0) {
                assertNotNull(((BytesVector) result).dictionary);
            }
            for (int i = 0; i < count; i++) {
                assertEquals(expected.get(i), result.get(i));
            }
        }
    }
}
