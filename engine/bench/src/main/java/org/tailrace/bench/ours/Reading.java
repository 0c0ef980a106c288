package org.tailrace.bench.ours;

import static org.tailrace.Dsl.kafka;
import static org.tailrace.Dsl.memory;

import org.tailrace.Query;
import org.tailrace.SourceTable;
import org.tailrace.StreamTable;
import org.tailrace.StreamWriter;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.data.BidText;
import org.tailrace.data.Row;

/** Text through the session that a notebook has, all columns declared; no checkpoint. Counts go to Kafka in transactions. */
public final class Reading implements Intake {

    @Override
    public boolean can(Text text) {
        return true;
    }

    @Override
    public long run(Text text, Answer answer) throws InterruptedException {
        try (var session = org.tailrace.Tailrace.local()) {
            session.register("bid", source(session, text).withWatermark("dateTime", BidText.DELAY));
            StreamTable counts = session.sql(BidText.SQL);
            StreamWriter writer = text.kind().equals("kafka-kafka")
                    ? counts.to(kafka(text.from(), Text.COUNTS).json())
                    : counts.to(memory("counts"));
            Query query = writer.availableNow().start("intake").await();
            if (answer.keeps()) {
                for (Row row : session.table("counts").collect().rows()) {
                    answer.add(row.get(0), row.get(1), row.get(2));
                }
            }
            return query.totals().inputRows();
        }
    }

    private static SourceTable source(org.tailrace.Tailrace session, Text text) {
        if (!text.files()) {
            return session.kafka(text.from(), Text.TOPIC)
                    .option("startingOffsets", "earliest")
                    .option("maxOffsetsPerTrigger", text.perBatch())
                    .json(BidText.SCHEMA);
        }
        var files = session.files(text.from());
        return (text.kind().equals("csv") ? files.csv(BidText.SCHEMA) : files.json(BidText.SCHEMA))
                .option("maxFilesPerTrigger", text.perBatch());
    }
}
