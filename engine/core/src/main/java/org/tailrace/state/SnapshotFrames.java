package org.tailrace.state;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The records of a snapshot, made one after another as they are written: header, rows of each operator, end. */
record SnapshotFrames(Path file, String checkpoint, long version, List<StateFold> folds) implements Iterable<byte[]> {
    @Override
    public Iterator<byte[]> iterator() {
        Stream<byte[]> rows = IntStream.range(0, folds.size())
                .boxed()
                .flatMap(operator -> folds.get(operator)
                        .batches()
                        .map(batch -> Frame.payload(out -> {
                            out.writeInt(operator);
                            BatchCodec.write(out, batch);
                        })));
        Stream<byte[]> end = Stream.of(Frame.payload(out -> out.writeLong(version)));
        long[] sequence = {0};
        Stream<Frame> body = Stream.concat(
                rows.map(payload -> new Frame(Frame.ROWS, ++sequence[0], payload)),
                end.map(payload -> new Frame(Frame.END, ++sequence[0], payload)));
        return Stream.concat(Stream.of(FrameFile.header(file, checkpoint)), body)
                .map(Frame::bytes)
                .iterator();
    }
}
