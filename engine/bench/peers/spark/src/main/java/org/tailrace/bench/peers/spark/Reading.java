package org.tailrace.bench.peers.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.data.BidText;

/** Text on Spark: its readers of files and topics, its memory sink; counts go to Kafka at least once, as it can no better. */
final class Reading implements Intake {
    private static final String COUNTS = "counts";

    private final SparkSession spark;

    Reading(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public boolean can(Text text) {
        return true;
    }

    @Override
    public long run(Text text, Answer answer) throws Exception {
        Path checkpoint = Files.createTempDirectory("bench-checkpoint");
        try {
            source(text).withWatermark("dateTime", BidText.DELAY).createOrReplaceTempView("bid");
            StreamingQuery query = writer(text)
                    .outputMode("append")
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint.toString())
                    .start();
            query.awaitTermination();
            if (answer.keeps()) {
                spark.table(COUNTS).collectAsList().forEach(row -> answer.add(row.get(0), row.get(1), row.get(2)));
            }
            long rows = 0;
            for (StreamingQueryProgress progress : query.recentProgress()) {
                rows += progress.numInputRows();
            }
            return rows;
        } finally {
            Peer.delete(checkpoint);
        }
    }

    private Dataset<Row> source(Text text) {
        if (text.files()) {
            return spark.readStream()
                    .format(text.kind())
                    .schema(BidText.SCHEMA)
                    .option("header", "true")
                    .option("maxFilesPerTrigger", text.perBatch())
                    .load(text.from());
        }
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", text.from())
                .option("subscribe", Text.TOPIC)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", text.perBatch())
                .load()
                .selectExpr("from_json(CAST(value AS STRING), '" + BidText.SCHEMA + "') AS bid")
                .selectExpr("bid.*");
    }

    private DataStreamWriter<Row> writer(Text text) {
        Dataset<Row> counts = spark.sql(BidText.SQL);
        return text.kind().equals("kafka-kafka")
                ? counts.selectExpr("to_json(struct(*)) AS value")
                        .writeStream()
                        .format("kafka")
                        .option("kafka.bootstrap.servers", text.from())
                        .option("topic", Text.COUNTS)
                : counts.writeStream().format("memory").queryName(COUNTS);
    }
}
