package org.tailrace.report;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;

/** The rows of an ADD: pieces of batches, whose rows become objects only when someone looks at them. */
final class AddedRows implements FoldedRows {

    private record Piece(Batch rows, int from, long batchId) {
        int size() {
            return rows.size() - from;
        }
    }

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long batchId = -1;
    private long size;
    private long added;

    @Override
    public void begin(long batch, OptionalLong watermarkMs, boolean overflow) {
        batchId = batch;
        added = 0;
    }

    @Override
    public void put(Batch batch, int from) {
        var piece = new Piece(batch.compact(), from, batchId);
        pieces.addLast(piece);
        size += piece.size();
        added += piece.size();
    }

    @Override
    public void end(int limit) {
        while (size > limit) {
            Piece oldest = pieces.removeFirst();
            size -= oldest.size();
            int keep = (int) (limit - size);
            if (keep > 0) {
                pieces.addFirst(new Piece(oldest.rows, oldest.rows.size() - keep, oldest.batchId));
                size += keep;
            }
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long changed() {
        return 0;
    }

    @Override
    public long added() {
        return added;
    }

    @Override
    public List<ResultSnapshot.Entry> entries(int limit, boolean first) {
        int count = (int) Math.max(0, Math.min(limit, size));
        var entries = new ResultSnapshot.Entry[count];
        if (first) {
            int at = 0;
            for (Piece piece : pieces) {
                for (int i = 0; i < piece.size() && at < count; i++) {
                    entries[at++] = entry(piece, i);
                }
            }
        } else {
            int at = count;
            for (var last = pieces.descendingIterator(); at > 0; ) {
                Piece piece = last.next();
                for (int i = piece.size() - 1; i >= 0 && at > 0; i--) {
                    entries[--at] = entry(piece, i);
                }
            }
        }
        return Arrays.asList(entries);
    }

    private ResultSnapshot.Entry entry(Piece piece, int row) {
        return new ResultSnapshot.Entry(
                piece.rows.row(piece.from + row), null, piece.batchId, piece.batchId == batchId, true);
    }
}
