package org.tailrace.bench.peers.flink;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * Flink SQL in a local cluster with two slots, state on the heap, no checkpoints, object reuse on; {@code flink-minibatch}
 * gathers 50,000 rows or two seconds before it touches the state of a group, and splits distinct counts. A query is
 * planned and submitted within what is measured; its result goes to Flink's blackhole.
 */
public final class Peer implements Contender {
    private final boolean miniBatch;

    private Peer(boolean miniBatch) {
        this.miniBatch = miniBatch;
    }

    public static void main(String[] args) throws Exception {
        Trial.run(args[0], new Peer(args[0].equals("flink-minibatch")), Arrays.copyOfRange(args, 1, args.length));
        System.exit(0);
    }

    @Override
    public boolean can(Query query) {
        return true;
    }

    @Override
    public void prepare(Query query, Data data) {
        In.set(data);
    }

    @Override
    public long run(Query query, Data data, Answer answer) throws Exception {
        In.READ.reset();
        StreamTableEnvironment tables = environment();
        String sql = Sql.text(query, data.perSecond());
        if (answer.keeps()) {
            try (var rows = tables.executeSql(sql).collect()) {
                while (rows.hasNext()) {
                    take(rows.next(), answer);
                }
            }
        } else {
            var schema = tables.sqlQuery(sql).getResolvedSchema();
            var columns = new StringBuilder();
            for (var column : schema.getColumns()) {
                var type = column.getDataType().getLogicalType().copy(true);
                columns.append(columns.isEmpty() ? "`" : ", `")
                        .append(column.getName())
                        .append("` ")
                        .append(type.asSerializableString()
                                .replace("*ROWTIME*", "")
                                .strip());
            }
            tables.executeSql("CREATE TABLE nowhere (" + columns + ") WITH ('connector' = 'blackhole')");
            tables.executeSql("INSERT INTO nowhere " + sql).await();
        }
        return In.READ.sum();
    }

    private static void take(Row row, Answer answer) {
        @Nullable Object[] values = new Object[row.getArity()];
        for (int i = 0; i < values.length; i++) {
            Object value = row.getField(i);
            values[i] = value instanceof LocalDateTime time
                    ? (Object) time.toInstant(ZoneOffset.UTC)
                    : Objects.requireNonNull(value);
        }
        if (row.getKind() == RowKind.UPDATE_BEFORE || row.getKind() == RowKind.DELETE) {
            answer.remove(values);
        } else {
            answer.add(values);
        }
    }

    private StreamTableEnvironment environment() {
        int cores = Integer.getInteger("cores", 2);
        var settings = new Configuration();
        settings.setString("parallelism.default", String.valueOf(cores));
        settings.setString("taskmanager.numberOfTaskSlots", String.valueOf(cores));
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("execution.runtime-mode", "STREAMING");
        settings.setString("taskmanager.memory.network.min", "64mb");
        settings.setString("taskmanager.memory.network.max", "64mb");
        settings.setString("taskmanager.memory.managed.size", "512mb");
        settings.setString("rest.bind-address", "127.0.0.1");
        settings.setString("rest.address", "127.0.0.1");
        settings.setString("rest.bind-port", "0");
        settings.setString("jobmanager.rpc.address", "127.0.0.1");
        settings.setString("taskmanager.host", "127.0.0.1");
        var tables = StreamTableEnvironment.create(
                StreamExecutionEnvironment.createLocalEnvironment(cores, settings),
                EnvironmentSettings.newInstance().inStreamingMode().build());
        TableConfig config = tables.getConfig();
        config.setLocalTimeZone(ZoneId.of("UTC"));
        if (miniBatch) {
            config.set("table.exec.mini-batch.enabled", "true");
            config.set("table.exec.mini-batch.allow-latency", "2s");
            config.set("table.exec.mini-batch.size", "50000");
            config.set("table.optimizer.distinct-agg.split.enabled", "true");
        }
        Sql.TABLES.forEach(tables::executeSql);
        tables.createTemporarySystemFunction("campaign", Functions.Campaign.class);
        tables.createTemporarySystemFunction("words", Functions.Words.class);
        tables.executeSql(Sql.VIEWS);
        return tables;
    }
}
