package org.tailrace.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A view is drawn again when it has changed, and only then; what is due is drawn before a cell ends. */
@Timeout(180)
final class LivePicturesTest {

    private final TestNotebook notebook = new TestNotebook();

    @AfterEach
    void close() {
        notebook.close();
    }

    @Test
    void a_view_of_what_does_not_change_is_sent_once() {
        notebook.ok("record Visit(String page) {}\n"
                + "var visits = streams.memory(\"visits\", Visit.class);\n"
                + "var q = visits.groupBy(\"page\").agg(\"count(*) as n\").live(\"q1\");\n"
                + "visits.add(new Visit(\"home\"));\n"
                + "q.processAllAvailable();");
        int waiting = notebook.ok("%live q1");
        assertEquals(1, notebook.picturesSent(waiting));
        notebook.ok("q.stop();");
        int stopped = notebook.ok("%live q1");
        assertEquals(1, notebook.picturesSent(stopped));
    }
}
