package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Ordering;

class SlotsTest {
    @Test
    void structs_compare_and_come_back_as_the_rows_they_were_taken_from() {
        DataType type = DdlParser.type("struct<i: int, s: string>");
        var schema = ((DataType.Struct) type).fields();
        var random = new SplittableRandom(7);
        int count = 60;
        Vector rows = Vector.create(type);
        rows.prepare(0);
        for (int i = 0; i < count; i++) {
            Object number = random.nextInt(3) == 0 ? null : random.nextInt(3);
            Object text = random.nextInt(3) == 0 ? null : "ab".substring(random.nextInt(2));
            rows.appendValue(new Row(schema, Arrays.asList(number, text)));
        }
        Slots slots = Slots.of(type);
        Slots others = Slots.of(type);
        slots.ensure(count);
        others.ensure(count);
        Vector back = Vector.create(type);
        back.prepare(0);
        for (int i = 0; i < count; i++) {
            slots.set(i, rows, i);
            others.copy(count - 1 - i, slots, i);
            slots.append(i, back);
        }
        for (int i = 0; i < count; i++) {
            assertEquals(rows.get(i), back.get(i));
            for (int j = 0; j < count; j++) {
                int order = Integer.signum(Ordering.compare(rows, i, rows, j));
                assertEquals(order, Integer.signum(slots.compare(i, rows, j)));
                assertEquals(order, Integer.signum(slots.compare(i, others, count - 1 - j)));
            }
        }
    }
}
