package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BytesColumn;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.DdlParser;

/** Rows go in as views and as own vectors of all sizes, are cut off again, and come out as they went in. */
class RowStoreTest {
    private static final Schema SCHEMA =
            DdlParser.schema("test", "n int, at bigint, x double, ok boolean, name string, list array<int>");
    private static final int NAME = 4;

    @Test
    void gives_back_every_row_that_was_not_cut_off() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var store = new RowStore(SCHEMA);
            var expected = new ArrayList<List<@Nullable Object>>();
            var numbers = new Ints();
            for (int step = 0; step < 12; step++) {
                int end = store.end();
                int size = expected.size();
                add(store, random, expected, numbers);
                if (random.nextInt(4) == 0) {
                    store.truncate(end);
                    assertEquals(end, store.end());
                    expected.subList(size, expected.size()).clear();
                    numbers.size = size;
                }
            }
            check(store, expected, numbers, random);
        }
    }

    private static void add(
            RowStore store, SplittableRandom random, List<List<@Nullable Object>> expected, Ints numbers) {
        int count = random.nextBoolean() ? random.nextInt(1, 50) : random.nextInt(1, 9000);
        Batch rows = rows(random, count);
        VectorBatch vectors = VectorBatch.create(SCHEMA);
        if (random.nextBoolean()) {
            int from = random.nextInt(count);
            vectors.view(rows, from, Math.min(count - from, PlannerOptions.VECTOR_SIZE));
        } else {
            VectorBatch all = VectorBatch.create(SCHEMA);
            all.view(rows, 0, count);
            Columns.gather(all, Ints.sequence(count), count, vectors);
        }
        int[] given = new int[vectors.size];
        store.add(vectors, given);
        for (int i = 0; i < vectors.size; i++) {
            expected.add(row(vectors, i));
            numbers.add(given[i]);
        }
    }

    private static Batch rows(SplittableRandom random, int count) {
        boolean nulls = random.nextBoolean();
        VectorBatch made = VectorBatch.create(SCHEMA);
        Columns.clear(made);
        for (int i = 0; i < count; i++) {
            boolean no = nulls && random.nextInt(5) == 0;
            Object[] values = {
                random.nextInt(100),
                random.nextLong(),
                random.nextDouble(),
                random.nextBoolean(),
                "name" + random.nextInt(20),
                List.of(random.nextInt(9), random.nextInt(9))
            };
            for (int c = 0; c < values.length; c++) {
                made.columns[c].appendValue(no && random.nextBoolean() ? null : values[c]);
            }
            made.size++;
        }
        var columns = new ArrayList<Column>();
        for (Vector vector : made.columns) {
            columns.add(vector.toColumn());
        }
        if (!nulls && random.nextBoolean()) {
            columns.set(NAME, coded(random, count));
        }
        return new Batch(SCHEMA, count, columns);
    }

    private static Column coded(SplittableRandom random, int count) {
        byte[] words = "onetwosix".getBytes(StandardCharsets.UTF_8);
        int[] codes = new int[count];
        Arrays.setAll(codes, i -> random.nextInt(3));
        return new BytesColumn(DataType.STRING, codes, new Dictionary(words, new int[] {0, 3, 6, 9}), null);
    }

    private static List<@Nullable Object> row(VectorBatch rows, int row) {
        var values = new ArrayList<@Nullable Object>();
        for (Vector column : rows.columns) {
            values.add(column.get(row));
        }
        return values;
    }

    private static void check(
            RowStore store, List<List<@Nullable Object>> expected, Ints numbers, SplittableRandom random) {
        int place = 0;
        for (int number = store.next(0); number < store.end(); number = store.next(number + 1)) {
            assertEquals(numbers.values[place++], number);
        }
        assertEquals(expected.size(), place);
        var all = new BitSet();
        all.set(0, SCHEMA.size());
        all.clear(1);
        VectorBatch target = VectorBatch.create(SCHEMA);
        for (int round = 0; round < 5 && place > 0; round++) {
            int[] chosen = new int[100];
            int[] places = new int[100];
            for (int i = 0; i < chosen.length; i++) {
                places[i] = random.nextInt(place);
                chosen[i] = numbers.values[places[i]];
            }
            store.gather(chosen, chosen.length, target, 0, all);
            assertEquals(0, target.columns[1].size);
            for (int i = 0; i < chosen.length; i++) {
                for (int c = all.nextSetBit(0); c >= 0; c = all.nextSetBit(c + 1)) {
                    assertEquals(expected.get(places[i]).get(c), target.columns[c].get(i));
                }
                int number = chosen[i];
                assertEquals(
                        expected.get(places[i]).get(1), store.vector(1, number).get(RowStore.place(number)));
            }
        }
    }
}
