package org.tailrace.bench.peers.duckdb;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * DuckDB in memory, as a limit for batch: the tables are loaded beforehand, a query is measured as
 * {@code CREATE TABLE .. AS}, so that its result is made.
 */
public final class Peer implements Contender {
    private @Nullable DuckDBConnection connection;
    private long loaded;

    public static void main(String[] args) throws Exception {
        Trial.run(args[0], new Peer(), Arrays.copyOfRange(args, 1, args.length));
    }

    @Override
    public boolean can(Query query) {
        return true;
    }

    @Override
    public void prepare(Query query, Data data) throws SQLException {
        if (connection != null) {
            connection.close();
        }
        var properties = new Properties();
        properties.setProperty("threads", System.getProperty("cores", "2"));
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        loaded = new Tables(connection).load(query.reads, data);
    }

    @Override
    public double leastSeconds() {
        return 1;
    }

    @Override
    public long run(Query query, Data data, Answer answer) throws SQLException {
        try (Statement statement = Objects.requireNonNull(connection).createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE result AS " + Sql.text(query));
            if (answer.keeps()) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM result")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        @Nullable Object[] row = new Object[columns];
                        for (int i = 0; i < columns; i++) {
                            row[i] = rows.getObject(i + 1);
                        }
                        answer.add(row);
                    }
                }
            }
        }
        return loaded;
    }
}
