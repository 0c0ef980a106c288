package org.tailrace.bench.peers.spark;

import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/** Gives out the blocks of a table one by one, a micro-batch each. */
abstract class BlockOffsets implements MicroBatchStream, SupportsTriggerAvailableNow {
    private final int[] ends;

    BlockOffsets(int[] ends) {
        this.ends = ends;
    }

    private static final class Count extends Offset {
        private final int blocks;

        Count(int blocks) {
            this.blocks = blocks;
        }

        @Override
        public String json() {
            return Integer.toString(blocks);
        }
    }

    @Override
    public void prepareForTriggerAvailableNow() {}

    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.maxFiles(1);
    }

    @Override
    public Offset latestOffset() {
        return new Count(ends.length - 1);
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        return new Count(Math.min(((Count) start).blocks + 1, ends.length - 1));
    }

    @Override
    public Offset initialOffset() {
        return new Count(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return new Count(Integer.parseInt(json));
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        In.planned(((Count) start).blocks);
        int from = ends[((Count) start).blocks];
        int to = ends[((Count) end).blocks];
        int middle = from + (to - from) / 2;
        return to - from < 2
                ? new InputPartition[] {new ArraysSource.Rows(from, to)}
                : new InputPartition[] {new ArraysSource.Rows(from, middle), new ArraysSource.Rows(middle, to)};
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
}
