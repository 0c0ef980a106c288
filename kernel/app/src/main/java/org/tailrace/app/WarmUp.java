package org.tailrace.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.tailrace.kernel.Kernel;
import org.tailrace.kernel.wire.ConnectionInfo;

/** Does once what a kernel does in its first minute, so that an archive of the classes loaded on the way can be made. */
final class WarmUp {

    private static final List<String> CELLS = List.of(
            "1 + 1",
            "System.out.println(\"hello\");",
            "record Point(int x, double y) {}\nvar points = List.of(new Point(1, 2), new Point(3, 4));\npoints",
            "points.stream().mapToDouble(Point::y).sum()",
            "for (int i = 0; i < 3; i++) { System.out.print(i + \" \"); }",
            "display(\"shown\");",
            "%who",
            "int wrong = \"text\";",
            "throw new IllegalStateException(\"on purpose\");",
            """
            record Visit(String page, long ms, java.time.Instant at) {}
            var visits = streams.memory("visits", Visit.class);
            visits.add(new Visit("home", 12, java.time.Instant.EPOCH), new Visit("cart", 3, java.time.Instant.EPOCH));
            var counts = visits.where("ms > 2").groupBy("page").agg("count(*) as visits", "avg(ms) as mean");
            counts
            """,
            "counts.bounded().show()",
            "var live = counts.live();",
            "visits.add(new Visit(\"home\", 5, java.time.Instant.EPOCH)); live.processAllAvailable(); live",
            "%%sql\nselect page, count(*) as n from visits group by page",
            "%queries",
            "streams.queries().forEach(query -> query.stop());");

    private WarmUp() {}

    static int run(PrintStream err) throws IOException {
        String key = UUID.randomUUID().toString();
        var anyPort = new ConnectionInfo("127.0.0.1", 0, 0, 0, 0, 0, "hmac-sha256", key);
        try (Kernel kernel = KernelCommand.start(anyPort, err::println);
                PracticeFrontEnd frontEnd = new PracticeFrontEnd(kernel.connection())) {
            frontEnd.request("kernel_info_request", frontEnd.content());
            CELLS.forEach(frontEnd::execute);
            var complete = frontEnd.content().put("code", "points.st").put("cursor_pos", 9);
            frontEnd.request("complete_request", complete);
            var inspect = frontEnd.content()
                    .put("code", "Math.abs")
                    .put("cursor_pos", 8)
                    .put("detail_level", 0);
            frontEnd.request("inspect_request", inspect);
            frontEnd.request("is_complete_request", frontEnd.content().put("code", "int f() {"));
            frontEnd.request(
                    "history_request",
                    frontEnd.content().put("hist_access_type", "tail").put("n", 3));
        }
        return Main.OK;
    }
}
