package org.tailrace.bench.peers.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.IntakeTrial;
import org.tailrace.bench.contest.PulseTrial;
import org.tailrace.bench.contest.SparkSql;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * Spark Structured Streaming, {@code local[2]} with two shuffle partitions, a block of the data a micro-batch. Its default
 * state store, or with {@code spark-rocksdb} RocksDB with a change log. It always checkpoints, here into the temporary
 * directory. Planning is measured; results go to Spark's noop.
 */
public final class Peer implements Contender {
    private static final String STORES = "org.apache.spark.sql.execution.streaming.state.";

    private final SparkSession spark;

    private Peer(SparkSession spark) {
        this.spark = spark;
    }

    public static void main(String[] args) throws Exception {
        SparkSession session = session(args[0].equals("spark-rocksdb"));
        String[] asked = Arrays.copyOfRange(args, 1, args.length);
        if (!PulseTrial.run(args[0], new PassingKeys(session), asked)
                && !IntakeTrial.run(args[0], new Reading(session), asked)) {
            Trial.run(args[0], new Peer(session), asked);
        }
        System.exit(0);
    }

    static SparkSession session(boolean rocks) {
        int cores = Integer.getInteger("cores", 2);
        SparkSession session = SparkSession.builder()
                .master("local[" + cores + "]")
                .appName("bench")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", cores)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.streaming.numRecentProgressUpdates", "100000")
                .config(
                        "spark.sql.streaming.stateStore.providerClass",
                        STORES + (rocks ? "RocksDBStateStoreProvider" : "HDFSBackedStateStoreProvider"))
                .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    /** SQL has no top of a group in a stream. */
    @Override
    public boolean can(Query query) {
        return query != Query.Q19;
    }

    @Override
    public boolean approximates() {
        return true;
    }

    @Override
    public void prepare(Query query, Data data) {
        In.set(query, data);
        for (String table : In.tables(query.reads)) {
            Dataset<Row> rows = spark.readStream()
                    .format(ArraysSource.class.getName())
                    .option("table", table)
                    .load();
            String time = table.equals("ad") ? "time" : "dateTime";
            (table.equals("line") ? rows : rows.withWatermark(time, "4 seconds")).createOrReplaceTempView(table);
        }
        if (query == Query.YAHOO) {
            In.campaigns(spark).createOrReplaceTempView("campaign");
        }
    }

    @Override
    public long run(Query query, Data data, Answer answer) throws Exception {
        Path checkpoint = Files.createTempDirectory("bench-checkpoint");
        try {
            StreamingQuery running = start(query, data, answer, checkpoint);
            running.awaitTermination();
            long rows = 0;
            for (StreamingQueryProgress progress : running.recentProgress()) {
                rows += progress.numInputRows();
            }
            return rows - (query.windows ? In.tables(query.reads).size() : 0);
        } finally {
            delete(checkpoint);
        }
    }

    private StreamingQuery start(Query query, Data data, Answer answer, Path checkpoint) throws Exception {
        DataStreamWriter<Row> writer = spark.sql(SparkSql.text(query, data.perSecond()))
                .writeStream()
                .outputMode(SparkSql.updates(query) ? "update" : "append")
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", checkpoint.toString());
        if (answer.keeps()) {
            VoidFunction2<Dataset<Row>, Long> keep =
                    (batch, id) -> batch.collectAsList().forEach(row -> answer.add(flat(row)));
            return writer.foreachBatch(keep).start();
        }
        return writer.format("noop").start();
    }

    private static @Nullable Object[] flat(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            Object value = row.get(i);
            if (value instanceof Row struct) {
                values.addAll(Arrays.asList(flat(struct)));
            } else {
                values.add(value);
            }
        }
        return values.toArray();
    }

    static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
