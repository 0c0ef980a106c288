package org.tailrace.bench.contest;

/** A system that reads text, counts it in windows ({@link org.tailrace.bench.data.BidText}) and keeps or sends the counts. */
public interface Intake {

    /**
     * Where the text is and where the counts go.
     *
     * @param kind {@code json} or {@code csv}, a folder of files and memory; {@code kafka}, a topic of JSON and memory;
     *     {@code kafka-kafka}, two topics
     * @param from the folder, or the address of the broker
     * @param perBatch how much a micro-batch takes at most: files of a folder, records of a topic
     */
    record Text(String kind, String from, int perBatch) {
        public static final String TOPIC = "bids";
        public static final String COUNTS = "counts";

        public boolean files() {
            return !kind.startsWith("kafka");
        }
    }

    boolean can(Text text);

    /**
     * Reads all that is there; this is measured.
     *
     * @param answer if it keeps rows, those that were final go there: start of the window, bidder, count
     * @return rows read
     */
    long run(Text text, Answer answer) throws Exception;
}
