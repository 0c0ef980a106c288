package org.tailrace.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;

/** The state of one operator, put together from its changes: the last row of each key, in order of first sight. */
final class StateFold {
    private static final int CHUNK = 8192;

    /** Where a row is. */
    private record Place(int batch, int row) {}

    private final Schema row;
    private final Schema keys;
    private final List<VectorBatch> batches = new ArrayList<>();
    private final Map<ByteBuffer, Place> rows = new LinkedHashMap<>();

    StateFold(StateLog.Layout layout) {
        row = layout.row();
        keys = new Schema(row.fields().subList(0, layout.keyColumns()));
    }

    Schema row() {
        return row;
    }

    Schema keys() {
        return keys;
    }

    void upsert(Batch changed) {
        for (int i = 0; i < changed.size(); i++) {
            rows.put(key(changed, i), new Place(batches.size(), i));
        }
        VectorBatch view = VectorBatch.create(row);
        view.view(changed, 0, changed.size());
        batches.add(view);
    }

    void remove(Batch removed) {
        for (int i = 0; i < removed.size(); i++) {
            rows.remove(key(removed, i));
        }
    }

    /** The bytes of the key's values: equal exactly for equal keys. */
    private ByteBuffer key(Batch batch, int index) {
        VectorBatch one = VectorBatch.create(keys);
        for (int i = 0; i < one.columns.length; i++) {
            one.columns[i].view(batch.column(i), index, 1);
        }
        one.size = 1;
        return ByteBuffer.wrap(BatchCodec.encode(one.toBatch(keys)));
    }

    /** The rows, some thousands at a time, each batch made when it is asked for. */
    Stream<Batch> batches() {
        var places = rows.values().iterator();
        var chunks = new Iterator<Batch>() {
            @Override
            public boolean hasNext() {
                return places.hasNext();
            }

            @Override
            public Batch next() {
                var builder = new BatchBuilder(row);
                while (places.hasNext() && builder.size() < CHUNK) {
                    Place place = places.next();
                    builder.addRow(batches.get(place.batch), place.row);
                }
                return builder.build();
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(chunks, Spliterator.ORDERED), false);
    }
}
