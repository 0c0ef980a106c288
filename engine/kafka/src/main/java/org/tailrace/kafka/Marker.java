package org.tailrace.kafka;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a sink has written, as Kafka remembers it: the offset of a consumer group of the sink's own, that is committed in the
 * transaction that writes the rows. So it says "batch N" exactly if the rows of N are there.
 *
 * @param batch the last batch; −1 if there was none
 * @param epoch of the start of the query that wrote it; 0 if there was none
 */
record Marker(long batch, long epoch) {
    private static final String EPOCH = "epoch=";

    static final Marker NONE = new Marker(-1, 0);

    OptionalLong committed() {
        return batch < 0 ? OptionalLong.empty() : OptionalLong.of(batch);
    }

    OffsetAndMetadata offset() {
        return new OffsetAndMetadata(batch + 1, EPOCH + epoch);
    }

    /** @param stable wait for a transaction that is being committed */
    static Marker read(Admin admin, String group, boolean stable) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(
                        group, new ListConsumerGroupOffsetsOptions().requireStable(stable))
                .partitionsToOffsetAndMetadata()
                .get();
        Marker found = NONE;
        for (OffsetAndMetadata offset : offsets.values()) {
            if (offset != null) {
                String text = offset.metadata();
                long epoch = text.matches(EPOCH + "\\d{1,18}") ? Long.parseLong(text.substring(EPOCH.length())) : 0;
                found = new Marker(Math.max(found.batch, offset.offset() - 1), Math.max(found.epoch, epoch));
            }
        }
        return found;
    }
}
