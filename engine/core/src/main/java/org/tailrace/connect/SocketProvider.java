package org.tailrace.connect;

import java.util.Map;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Options;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/** The kind {@code socket}: options {@code host}, {@code port} and {@code includeTimestamp}, as Spark's. */
public final class SocketProvider implements SourceProvider {
    private static final Set<String> OPTIONS = Set.of("host", "port", "includeTimestamp");
    private static final Schema LINES = Schema.of(new Field("value", DataType.STRING));
    private static final Schema TIMED =
            Schema.of(new Field("value", DataType.STRING), new Field("timestamp", DataType.TIMESTAMP));

    @Override
    public Set<String> kinds() {
        return Set.of("socket");
    }

    @Override
    public SourceSpec describe(
            String kind, Map<String, String> given, Schema declared, boolean streaming, Environment env) {
        if (!streaming) {
            throw new PlanException(Problem.of("TR-406", "a socket never ends and cannot be a bounded table"));
        }
        var options = new Options("socket", given, OPTIONS);
        Schema schema = options.flag("includeTimestamp", false) ? TIMED : LINES;
        Fixed.schema("socket", schema, declared);
        String identity = "socket(" + options.required("host") + ":" + port(options) + ")";
        return new SourceSpec("socket", identity, schema, true, options.map());
    }

    private static int port(Options options) {
        String text = options.required("port");
        long port = options.number("port", 0, 1);
        if (port > 65_535) {
            throw options.wrong("port", text, "a port from 1 to 65535");
        }
        return (int) port;
    }

    @Override
    public Source open(SourceSpec spec, Environment env) {
        var options = new Options("socket", spec.options(), OPTIONS);
        return new SocketSource(spec.identity(), options.required("host"), port(options), spec.schema(), env);
    }
}
