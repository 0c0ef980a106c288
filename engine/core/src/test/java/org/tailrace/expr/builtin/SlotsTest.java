package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BytesVector;
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

    @Test
    void texts_of_dictionaries_are_the_same_once_their_dictionaries_are_let_go() {
        var random = new SplittableRandom(8);
        int groups = 10;
        Slots slots = Slots.of(DataType.STRING);
        slots.ensure(groups);
        String[] expected = new String[groups];
        for (int round = 0; round < 200; round++) {
            var texts = new BytesVector(DataType.STRING);
            texts.prepare(0);
            for (int i = 0; i < 4; i++) {
                texts.appendValue("t" + random.nextInt(1000));
            }
            // Large enough that a few of them are too much for ten groups.
            texts.appendValue("x".repeat(300_000));
            var rows = new BytesVector(DataType.STRING);
            if (random.nextInt(4) == 0) {
                rows = texts;
            } else {
                rows.prepareCodes(5, texts.toDictionary());
                System.arraycopy(new int[] {0, 1, 2, 3, 4}, 0, rows.codes, 0, 5);
            }
            int group = random.nextInt(groups);
            int row = random.nextInt(4);
            slots.set(group, rows, row);
            expected[group] = rows.string(row);
            Slots copies = Slots.of(DataType.STRING);
            copies.ensure(groups);
            Vector back = Vector.create(DataType.STRING);
            back.prepare(0);
            for (int g = 0; g < groups; g++) {
                copies.copy(g, slots, g);
                copies.append(g, back);
                assertEquals(expected[g], back.get(g));
            }
        }
    }
}
