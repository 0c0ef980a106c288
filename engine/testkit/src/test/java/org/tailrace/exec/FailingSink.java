package org.tailrace.exec;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.MemoryProvider;
import org.tailrace.connect.MemoryResult;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.SinkSpec;
import org.tailrace.spi.Sink;
import org.tailrace.spi.SinkProvider;

/** A memory sink that fails, hangs or crashes when it is told to. */
final class FailingSink {
    final MemoryResult result = new MemoryResult("failing");
    /** So many commits fail first. */
    volatile int failures;
    /** They say that it is worth trying again. */
    volatile boolean retries;
    /** A commit waits for this. */
    volatile @Nullable CountDownLatch hang;
    /** … and not even an interrupt ends that. */
    volatile boolean deaf;

    /** It tells the last batch that it has. */
    volatile boolean remembers = true;

    /** It takes a batch that comes again for another one. */
    volatile boolean doubles;

    /** Of its batches so many were taken back. */
    volatile int aborts;

    private long batches;

    /** Runs before and after each commit. */
    volatile Runnable around = () -> {};

    final CountDownLatch hanging = new CountDownLatch(1);

    SinkSpec spec() {
        return new SinkSpec("failing", "failing", Map.of(), this);
    }

    private void commit() throws InterruptedException {
        if (failures > 0) {
            failures--;
            throw new SinkException(Problem.of("TR-999", "the sink is away"), null, retries);
        }
        CountDownLatch latch = hang;
        while (latch != null && latch.getCount() > 0) {
            hanging.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                if (!deaf) {
                    throw e;
                }
            }
        }
    }

    /** Found by the service loader. */
    public static final class Provider implements SinkProvider {
        @Override
        public Set<String> kinds() {
            return Set.of("failing");
        }

        @Override
        public SinkSpec describe(String kind, Map<String, String> options, @Nullable Object binding, Environment env) {
            return new SinkSpec(kind, kind, options, binding);
        }

        @Override
        public Sink open(SinkSpec spec, Environment env) throws Exception {
            var failing = (FailingSink) spec.binding();
            Sink memory = new MemoryProvider().open(failing.result.sink(), env);
            return new Sink() {
                @Override
                public Capabilities capabilities() {
                    return memory.capabilities();
                }

                @Override
                public void open(String id, long epoch, Schema schema, List<Integer> keys) throws Exception {
                    memory.open(id, epoch, schema, keys);
                }

                @Override
                public OptionalLong lastCommitted() throws Exception {
                    return failing.remembers ? memory.lastCommitted() : OptionalLong.empty();
                }

                @Override
                public Writer begin(long batchId, OutputMode mode) throws Exception {
                    Writer writer = memory.begin(failing.doubles ? failing.batches++ : batchId, mode);
                    return new Writer() {
                        @Override
                        public void append(Batch rows) throws Exception {
                            writer.append(rows);
                        }

                        @Override
                        public void commit() throws Exception {
                            failing.commit();
                            failing.around.run();
                            writer.commit();
                            failing.around.run();
                        }

                        @Override
                        public void abort() throws Exception {
                            failing.aborts++;
                            writer.abort();
                        }
                    };
                }
            };
        }
    }
}
