package org.tailrace.bench.peers.spark;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * A source of columnar micro-batches out of the generator's arrays: only the columns that are asked for, no copy, two
 * partitions a batch. Spark makes it by its name.
 */
public final class ArraysSource implements TableProvider {

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return In.schema(options.get("table"));
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitions, Map<String, String> properties) {
        return new Arrays(Objects.requireNonNull(properties.get("table")));
    }

    private record Arrays(String name) implements Table, SupportsRead {
        @Override
        @SuppressWarnings("deprecation")
        public StructType schema() {
            return In.schema(name);
        }

        @Override
        public Set<TableCapability> capabilities() {
            return EnumSet.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return new Columns(name);
        }
    }

    private static final class Columns implements ScanBuilder, SupportsPushDownRequiredColumns {
        private final String table;
        private StructType wanted;

        Columns(String table) {
            this.table = table;
            this.wanted = In.schema(table);
        }

        @Override
        public void pruneColumns(StructType required) {
            wanted = required;
        }

        @Override
        public Scan build() {
            StructType columns = wanted;
            return new Scan() {
                @Override
                public StructType readSchema() {
                    return columns;
                }

                @Override
                public MicroBatchStream toMicroBatchStream(String checkpoint) {
                    return new Blocks(table, columns);
                }
            };
        }
    }

    /** The offset of a stream is how many blocks were read. */
    private static final class Blocks extends BlockOffsets {
        private final String table;
        private final StructType columns;

        Blocks(String table, StructType columns) {
            super(In.ends(table));
            this.table = table;
            this.columns = columns;
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            return new Factory(table, columns);
        }
    }

    /** Rows of a table. */
    record Rows(int from, int to) implements InputPartition {}

    private record Factory(String table, StructType columns) implements PartitionReaderFactory {
        private static final int VECTOR = 1 << 16;

        @Override
        public boolean supportColumnarReads(InputPartition partition) {
            return true;
        }

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            throw new UnsupportedOperationException("rows are read in columns");
        }

        @Override
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
            var rows = (Rows) partition;
            return new PartitionReader<>() {
                private int from = rows.from;
                private int to = rows.from;

                @Override
                public boolean next() {
                    from = to;
                    to = Math.min(from + VECTOR, rows.to);
                    return from < to;
                }

                @Override
                public ColumnarBatch get() {
                    ColumnVector[] vectors = new ColumnVector[columns.length()];
                    for (int i = 0; i < vectors.length; i++) {
                        vectors[i] = In.column(table, columns.fields()[i].name(), from);
                    }
                    return new ColumnarBatch(vectors, to - from);
                }

                @Override
                public void close() {}
            };
        }
    }
}
