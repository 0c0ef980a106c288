package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackgroundLogTest {

    private final Kernel kernel = new Kernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void what_a_plug_ins_thread_prints_goes_to_its_log_and_to_no_cell() {
        var printed = new CopyOnWriteArrayList<String>();
        kernel.host().define("threads", ThreadFactory.class, kernel.host().threadFactory(() -> false, printed::add));
        kernel.run("var t = threads.newThread(() -> System.out.println(\"from the query\"));\n"
                + "t.start();\nt.join();\nSystem.out.println(\"from the cell\");");
        assertEquals(List.of("from the query"), printed);
        assertEquals("from the cell\n", kernel.text("stdout"));
    }
}
