package org.tailrace.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** The state on disk against a map: whatever is written, removed, compacted and restarted, and in which order rows come. */
@Timeout(60)
class StateStoreTest {
    private static final Path PLACE = Path.of("/checkpoint");
    private static final List<StateLog.Layout> LAYOUTS = List.of(
            new StateLog.Layout(
                    "count",
                    Schema.of(
                            new Field("k", DataType.STRING, true),
                            new Field("d", DataType.DOUBLE, true),
                            new Field("n", DataType.BIGINT, true)),
                    2),
            new StateLog.Layout("seen", Schema.of(new Field("id", DataType.BIGINT, true)), 1));

    private final SimFileSystem files = new SimFileSystem(1);
    private final Environment environment = SimEnvironment.of(files, new ManualClock(1_000_000), 7);
    private final List<Map<List<Object>, Row>> model = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    private CheckpointDir directory = open();
    private StateStore store = start();
    private long version = -1;

    private CheckpointDir open() {
        CheckpointDir open = CheckpointDir.open(environment, PLACE, "test");
        if (open.metadata().isEmpty()) {
            open.write(new Metadata("id", 1, 7, Map.of(), List.of()));
        }
        return open;
    }

    private StateStore start() {
        return directory.start(LAYOUTS, OptionalLong.empty(), 300, null);
    }

    private void restart() {
        directory.close();
        directory = open();
        store = start();
    }

    private Row key(int operator, int key) {
        var values = new ArrayList<Object>();
        if (operator == 1) {
            values.add((long) key);
        } else {
            values.add(key % 5 == 0 ? null : "key " + key);
            values.add(key % 7 == 0 ? Double.NaN : key / 2.0);
        }
        return new Row(keys(operator), values);
    }

    private static Schema keys(int operator) {
        StateLog.Layout layout = LAYOUTS.get(operator);
        return new Schema(layout.row().fields().subList(0, layout.keyColumns()));
    }

    private void write(Random random) throws IOException {
        version++;
        directory.log().log(new OffsetRecord(version, 0, 0, 0, 0, false, List.of()), List.of());
        for (int operator = 0; operator < LAYOUTS.size(); operator++) {
            Map<List<Object>, Row> rows = model.get(operator);
            var removed = new ArrayList<Row>();
            var upserts = new ArrayList<Row>();
            for (int i = random.nextInt(6); i > 0; i--) {
                Row key = key(operator, random.nextInt(40));
                if (random.nextInt(3) == 0) {
                    removed.add(key);
                    rows.remove(key.values());
                }
            }
            for (int i = random.nextInt(9); i > 0; i--) {
                Row key = key(operator, random.nextInt(40));
                var values = new ArrayList<>(key.values());
                if (operator == 0) {
                    values.add(random.nextLong());
                }
                var row = new Row(LAYOUTS.get(operator).row(), values);
                upserts.add(row);
                rows.put(key.values(), row);
            }
            store.logs()
                    .get(operator)
                    .commit(version, Batch.of(LAYOUTS.get(operator).row(), upserts), Batch.of(keys(operator), removed));
        }
        store.save(version);
        directory.log().commit(new CommitRecord(version, 0, List.of(), false));
        directory.log().sync();
    }

    private List<String> rows(int operator) throws IOException {
        var rows = new ArrayList<String>();
        store.logs().get(operator).load(version, batch -> batch.rows().forEach(row -> rows.add(row.toString())));
        return rows;
    }

    @Test
    void state_comes_back_as_it_was_in_the_order_in_which_keys_were_first_written() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                write(random);
                if (random.nextInt(8) == 0) {
                    restart();
                }
                for (int operator = 0; operator < LAYOUTS.size(); operator++) {
                    assertEquals(
                            model.get(operator).values().stream()
                                    .map(Row::toString)
                                    .toList(),
                            rows(operator),
                            "seed " + seed + ", version " + version + ", operator " + operator);
                }
            }
        }
        long snapshots = files.list(PLACE).stream()
                .filter(entry -> Names.number(Names.SNAPSHOT, entry.path()).isPresent())
                .count();
        assertTrue(snapshots >= 1 && snapshots <= 2, snapshots + " snapshots");
        directory.close();
    }
}
