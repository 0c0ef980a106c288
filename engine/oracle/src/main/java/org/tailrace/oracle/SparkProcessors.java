package org.tailrace.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.ListState;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The testkit's programs with several variables and timers, for Spark. */
final class SparkProcessors {
    private SparkProcessors() {}

    private static scala.collection.Iterator<Row> rows(Row... rows) {
        return CollectionConverters.asScala(List.of(rows).iterator());
    }

    /** Says how many rows a key has had, at each batch and five minutes of event time after its last. */
    static final class Counted extends StatefulProcessor<String, Row, Row> {
        private static final long serialVersionUID = 1;
        private transient @Nullable ValueState<Long> count;
        private transient @Nullable ValueState<Long> due;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            count = getHandle().getValueState("count", Encoders.LONG(), TTLConfig.NONE());
            due = getHandle().getValueState("due", Encoders.LONG(), TTLConfig.NONE());
        }

        private static long held(ValueState<Long> state) {
            return state.exists() ? state.get() : 0;
        }

        @Override
        public scala.collection.Iterator<Row> handleInputRows(
                String key, scala.collection.Iterator<Row> rows, TimerValues times) {
            long counted = held(count);
            long newest = 0;
            for (; rows.hasNext(); counted++) {
                newest = Math.max(newest, rows.next().getInstant(2).toEpochMilli());
            }
            getHandle().deleteTimer(held(due));
            getHandle().registerTimer(newest + 5 * 60_000L);
            count.update(counted);
            due.update(newest + 5 * 60_000L);
            return rows(RowFactory.create(key, counted, "rows"));
        }

        @Override
        public scala.collection.Iterator<Row> handleExpiredTimer(
                String key, TimerValues times, ExpiredTimerInfo expired) {
            Row row = RowFactory.create(key, held(count), "timer " + Instant.ofEpochMilli(expired.getExpiryTimeInMs()));
            count.clear();
            due.clear();
            return rows(row);
        }
    }

    /** Says which numbers a key has had and how often, until they are five. */
    static final class Collected extends StatefulProcessor<String, Row, Row> {
        private static final long serialVersionUID = 1;
        private transient @Nullable ListState<Long> values;
        private transient @Nullable MapState<Long, Long> counts;

        @Override
        public void init(OutputMode mode, TimeMode time) {
            values = getHandle().getListState("values", Encoders.LONG(), TTLConfig.NONE());
            counts = getHandle().getMapState("counts", Encoders.LONG(), Encoders.LONG(), TTLConfig.NONE());
        }

        @Override
        public scala.collection.Iterator<Row> handleInputRows(
                String key, scala.collection.Iterator<Row> rows, TimerValues times) {
            while (rows.hasNext()) {
                long value = rows.next().getLong(1);
                values.appendValue(value);
                counts.updateValue(value, (counts.containsKey(value) ? counts.getValue(value) : 0) + 1);
            }
            var held = new ArrayList<Long>();
            CollectionConverters.asJava(values.get()).forEachRemaining(held::add);
            var sorted = new TreeMap<Long, Long>();
            CollectionConverters.asJava(counts.iterator()).forEachRemaining(e -> sorted.put(e._1(), e._2()));
            var text = new StringBuilder();
            held.forEach(value -> text.append(value).append(' '));
            sorted.forEach(
                    (value, n) -> text.append(value).append('x').append(n).append(' '));
            if (held.size() >= 5) {
                values.clear();
                counts.clear();
            }
            return rows(RowFactory.create(key, (long) held.size(), text.toString()));
        }
    }
}
