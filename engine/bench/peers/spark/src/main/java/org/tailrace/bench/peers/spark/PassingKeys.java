package org.tailrace.bench.peers.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.tailrace.bench.contest.Allocation;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Machine;
import org.tailrace.bench.contest.Pulse;
import org.tailrace.bench.data.Passing;

/**
 * What a micro-batch costs on Spark, as it reports it itself ({@code triggerExecution}). Its checkpoint is always there, and
 * does not wait for the disk as ours does.
 */
final class PassingKeys implements Pulse {
    private final SparkSession spark;

    PassingKeys(SparkSession spark) {
        this.spark = spark;
    }

    /** Process and threads as they were when the first measured batch was planned. */
    private static final class Begin {
        private final long cpu = Machine.cpuNanos();
        private final Allocation allocation = new Allocation();
    }

    @Override
    public Beats beat(Passing data, boolean durable, Answer answer) throws Exception {
        Begin[] begin = {new Begin()};
        In.set(data, block -> {
            if (block == data.firstMeasured()) {
                begin[0] = new Begin();
            }
        });
        spark.conf().set("spark.sql.streaming.noDataMicroBatches.enabled", "false");
        spark.readStream()
                .format(ArraysSource.class.getName())
                .option("table", Passing.TABLE)
                .load()
                .withWatermark("ts", data.delay())
                .createOrReplaceTempView(Passing.TABLE);
        Path checkpoint = Files.createTempDirectory("bench-checkpoint");
        try {
            var writer = spark.sql(Passing.SQL)
                    .writeStream()
                    .outputMode("append")
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint.toString());
            VoidFunction2<Dataset<Row>, Long> keep = (batch, id) -> batch.collectAsList()
                    .forEach(row -> answer.add(row.getStruct(0).get(0), row.get(1), row.get(2), row.get(3)));
            StreamingQuery query = answer.keeps()
                    ? writer.foreachBatch(keep).start()
                    : writer.format("noop").start();
            query.awaitTermination();
            long cpu = Machine.cpuNanos() - begin[0].cpu;
            long allocated = begin[0].allocation.byOthers();
            List<StreamingQueryProgress> all = Arrays.asList(query.recentProgress());
            List<StreamingQueryProgress> measured = all.subList(data.firstMeasured(), data.before.length - 1);
            long[] nanos = measured.stream()
                    .mapToLong(batch -> batch.durationMs().get("triggerExecution") * 1_000_000)
                    .toArray();
            StreamingQueryProgress last = measured.get(measured.size() - 1);
            return new Beats(nanos, cpu, allocated, last.stateOperators()[0].numRowsTotal(), new long[0]);
        } finally {
            Peer.delete(checkpoint);
        }
    }
}
