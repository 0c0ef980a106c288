package org.tailrace.bench.peers.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * The connector 'arrays': rows out of the generator's arrays, only the columns that are asked for. Both subtasks read every
 * second row, so that both see event time ascend. Flink wants it public.
 */
public final class ArraysConnector implements DynamicTableSourceFactory {
    private static final ConfigOption<String> TABLE =
            ConfigOptions.key("table").stringType().noDefaultValue();

    @Override
    public String factoryIdentifier() {
        return "arrays";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(TABLE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        var helper = FactoryUtil.createTableFactoryHelper(this, context);
        return new Source(helper.getOptions().get(TABLE), context.getPhysicalRowDataType());
    }

    private static final class Source implements ScanTableSource, SupportsProjectionPushDown {
        private final String table;
        private DataType type;

        Source(String table, DataType type) {
            this.table = table;
            this.type = type;
        }

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public boolean supportsNestedProjection() {
            return false;
        }

        @Override
        public void applyProjection(int[][] fields, DataType produced) {
            type = produced;
        }

        @Override
        public DynamicTableSource copy() {
            return new Source(table, type);
        }

        @Override
        public String asSummaryString() {
            return "arrays";
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            TypeInformation<RowData> produced = context.createTypeInformation(type);
            var rows = new Rows(table, List.copyOf(DataType.getFieldNames(type)), In.rows(table));
            return new DataStreamScanProvider() {
                @Override
                public boolean isBounded() {
                    return true;
                }

                @Override
                public DataStream<RowData> produceDataStream(
                        ProviderContext to, StreamExecutionEnvironment environment) {
                    return environment.fromSource(
                            new DataGeneratorSource<>(rows, rows.count, produced),
                            WatermarkStrategy.noWatermarks(),
                            "arrays " + rows.table);
                }
            };
        }
    }

    /** Row {@code i} of the numbers that Flink counts up, in two halves, one for each subtask. */
    private static final class Rows implements GeneratorFunction<Long, RowData> {
        private static final long serialVersionUID = 1;

        private final String table;
        private final ArrayList<String> names;
        private final int count;
        private transient In.Col[] columns = {};
        private transient long read;

        Rows(String table, List<String> names, int count) {
            if (count % 2 != 0) {
                throw new IllegalArgumentException("an odd number of rows has no halves");
            }
            this.table = table;
            this.names = new ArrayList<>(names);
            this.count = count;
        }

        @Override
        public void open(SourceReaderContext context) {
            columns = names.stream().map(name -> In.column(table, name)).toArray(In.Col[]::new);
        }

        @Override
        public void close() {
            In.READ.add(read);
            read = 0;
        }

        @Override
        public RowData map(Long number) {
            long half = count / 2;
            int at = (int) (number < half ? number * 2 : (number - half) * 2 + 1);
            var row = new GenericRowData(columns.length);
            for (int i = 0; i < columns.length; i++) {
                row.setField(i, columns[i].at(at));
            }
            read++;
            return row;
        }
    }
}
