package org.tailrace.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsWithStateFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.StructType;

/** The testkit's programs with keyed state, for Spark; they read {@code k string, v bigint, ts timestamp}. */
final class SparkPrograms {
    private static final Encoder<Row> OUTPUT = Encoders.row(StructType.fromDDL("k STRING, n BIGINT, info STRING"));

    private SparkPrograms() {}

    static Dataset<Row> apply(Dataset<Row> rows, String name) {
        var groups = rows.groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING());
        return switch (name) {
            case "mapGroupsWithState.runningSum" ->
                groups.mapGroupsWithState(
                        (MapGroupsWithStateFunction<String, Row, Long, Row>) SparkPrograms::runningSum,
                        Encoders.LONG(),
                        OUTPUT,
                        GroupStateTimeout.NoTimeout());
            case "flatMapGroupsWithState.eventTimeTimeout" ->
                groups.flatMapGroupsWithState(
                        (FlatMapGroupsWithStateFunction<String, Row, Long, Row>) SparkPrograms::eventTimeTimeout,
                        OutputMode.Append(),
                        Encoders.LONG(),
                        OUTPUT,
                        GroupStateTimeout.EventTimeTimeout());
            case "flatMapGroupsWithState.update" ->
                groups.flatMapGroupsWithState(
                        (FlatMapGroupsWithStateFunction<String, Row, Long, Row>) SparkPrograms::update,
                        OutputMode.Update(),
                        Encoders.LONG(),
                        OUTPUT,
                        GroupStateTimeout.NoTimeout());
            case "transformWithState.timers" ->
                groups.transformWithState(
                        new SparkProcessors.Counted(), TimeMode.EventTime(), OutputMode.Append(), OUTPUT);
            case "transformWithState.collections" ->
                groups.transformWithState(
                        new SparkProcessors.Collected(), TimeMode.None(), OutputMode.Append(), OUTPUT);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static long held(GroupState<Long> state) {
        return state.exists() ? state.get() : 0;
    }

    private static Row runningSum(String key, Iterator<Row> rows, GroupState<Long> state) {
        long sum = held(state);
        int count = 0;
        for (; rows.hasNext(); count++) {
            sum += rows.next().getLong(1);
        }
        state.update(sum);
        return RowFactory.create(key, sum, "rows=" + count);
    }

    private static Iterator<Row> eventTimeTimeout(String key, Iterator<Row> rows, GroupState<Long> state) {
        long count = held(state);
        if (state.hasTimedOut()) {
            state.remove();
            Instant watermark = Instant.ofEpochMilli(state.getCurrentWatermarkMs());
            return List.of(RowFactory.create(key, count, "timeout@wm=" + watermark))
                    .iterator();
        }
        long newest = 0;
        for (; rows.hasNext(); count++) {
            newest = Math.max(newest, rows.next().getInstant(2).toEpochMilli());
        }
        state.update(count);
        state.setTimeoutTimestamp(newest + 5 * 60_000L);
        return Collections.emptyIterator();
    }

    private static Iterator<Row> update(String key, Iterator<Row> rows, GroupState<Long> state) {
        var out = new ArrayList<Row>();
        long sum = held(state);
        while (rows.hasNext()) {
            sum += rows.next().getLong(1);
            out.add(RowFactory.create(key, sum, "step"));
        }
        if (sum >= 100) {
            state.remove();
            out.add(RowFactory.create(key, 0L, "reset"));
        } else {
            state.update(sum);
        }
        return out.iterator();
    }
}
