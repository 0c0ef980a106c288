package org.tailrace.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.tailrace.app.run.Session;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputSink;
import org.tailrace.kernel.wire.ConnectionInfo;

/** Does once what a kernel does in its first minute, so that an archive of the classes loaded on the way can be made. */
final class WarmUp {

    private static final List<String> CELLS = List.of(
            "1 + 1",
            "System.out.println(\"hello\");",
            "record Point(int x, double y) {}\nvar points = List.of(new Point(1, 2), new Point(3, 4));\npoints",
            "points.stream().mapToDouble(Point::y).sum()",
            "display(\"shown\");",
            "int wrong = \"text\";",
            "throw new IllegalStateException(\"on purpose\");");

    private WarmUp() {}

    static int run(PrintStream err) throws IOException {
        Consumer<String> log = err::println;
        String key = UUID.randomUUID().toString();
        var anyPort = new ConnectionInfo("127.0.0.1", 0, 0, 0, 0, 0, "hmac-sha256", key);
        try (Kernel kernel = KernelCommand.start(anyPort, log);
                Session session = Sessions.open(new Nowhere(), log)) {
            int number = 0;
            for (String source : CELLS) {
                session.interpreter().execute(new CellContext("warm-up", ++number, source, number), false);
            }
            session.interpreter().complete("points.st", 9);
            session.interpreter().inspect("Math.abs", 8, 0);
            session.interpreter().isComplete("int f() {");
        }
        return Main.OK;
    }

    private static final class Nowhere implements OutputSink {
        @Override
        public void stream(CellContext parent, String name, String text) {}

        @Override
        public void display(CellContext parent, Map<String, String> bundle, String displayId) {}

        @Override
        public void updateDisplay(CellContext parent, Map<String, String> bundle, String displayId) {}

        @Override
        public void result(CellContext parent, int executionCount, Map<String, String> bundle) {}

        @Override
        public void error(CellContext parent, String name, String value, List<String> traceback) {}

        @Override
        public void clear(CellContext parent, boolean wait) {}
    }
}
