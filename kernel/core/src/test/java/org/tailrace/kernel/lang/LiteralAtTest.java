package org.tailrace.kernel.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.spi.CompletionSource.StringPosition;

class LiteralAtTest {

    /** The cursor is where the bar stands. */
    private static Optional<LiteralAt> at(String marked) {
        int cursor = marked.indexOf('|');
        return LiteralAt.of(marked.substring(0, cursor) + marked.substring(cursor + 1), cursor);
    }

    private static StringPosition position(String marked) {
        return at(marked).orElseThrow().position();
    }

    @Test
    void receiver_method_and_argument_of_the_call_around() {
        assertEquals(new StringPosition("trades", "where", 0, "pri", 3), position("trades.where(\"pri|\")"));
        assertEquals(new StringPosition("trades", "where", 0, "pri", 3), position("var x = trades.where(\"pri|"));
        assertEquals(new StringPosition("", "expr", 0, "ab", 1), position("expr(\"a|b\")"));
        assertEquals(
                new StringPosition("t.where(\"a > 1\")", "select", 2, "", 0),
                position("var s = t.where(\"a > 1\")\n  .select(\"x\", f(1, 2), \"|\")"));
        assertEquals(
                new StringPosition("new Thing(1).m[0].t", "where", 0, "a", 1),
                position("foo(1, new Thing(1).m[0].t.where(\"a|\"))"));
        assertEquals(
                new StringPosition("streams", "table", 0, "c", 1),
                position("q.forEachBatch((b, id) -> { b.show(); streams.table(\"c|\") })"));
        assertEquals(
                new StringPosition("trades", "where", 0, "price > ", 8),
                position("trades.where(\"price > |\" + limit)"));
    }

    @Test
    void comments_between_do_not_count() {
        assertEquals(
                new StringPosition("trades", "agg", 1, "s", 1),
                position("trades // a, b\n  .agg(/* \"x\", */ \"count(*)\", \"s|\")"));
    }

    @Test
    void outside_a_call_there_is_none() {
        assertTrue(at("var s = \"a|\";").isEmpty());
        assertTrue(at("f(new String[] {\"a|\"})").isEmpty());
        assertTrue(at("f(\"a\"|)").isEmpty());
        assertTrue(at("f(|\"a\")").isEmpty());
        assertTrue(at("f('\"', x|)").isEmpty());
        assertTrue(at("// f(\"a|\")").isEmpty());
        assertTrue(at("if (x) { var s = \"a|\"; }").isEmpty());
    }

    @Test
    void escapes_count_as_one_character_and_lead_back() {
        var found = at("t.where(\"a = \\\"x\\\" an|\")").orElseThrow();
        assertEquals("a = \"x\" an", found.position().text());
        assertEquals(10, found.position().cursor());
        assertEquals("t.where(\"a = \\\"x\\\" ".length(), found.literal().written(8));
    }

    @Test
    void text_block_is_what_it_means() {
        var source = "t.sql(\"\"\"\n    select a,\n      pr|\n    from t\n    \"\"\")";
        var found = at(source).orElseThrow();
        assertEquals("select a,\n  pr\nfrom t\n", found.position().text());
        assertEquals("select a,\n  pr".length(), found.position().cursor());
        assertEquals(source.indexOf("pr|"), found.literal().written("select a,\n  ".length()));
    }

    @Test
    void unfinished_text_block_has_a_position_too() {
        assertEquals(
                new StringPosition("streams", "sql", 0, "select a\nfrom ", 14),
                position("streams.sql(\"\"\"\n  select a\n  from |"));
    }

    @Test
    void jshell_is_not_asked_inside_text() {
        assertTrue(LiteralAt.isQuiet("int a; // co", 12));
        assertTrue(LiteralAt.isQuiet("/* x */", 4));
        assertTrue(LiteralAt.isQuiet("\"abc\"", 3));
        assertFalse(LiteralAt.isQuiet("\"abc\".", 6));
        assertFalse(LiteralAt.isQuiet("/* x */ a", 9));
    }

    @Test
    void every_cursor_of_a_broken_text_is_answered() {
        var source = "a.b(\"x\\\", ((\"\"\"\n y'\\u00 ]).c(\"d";
        for (int end = 0; end <= source.length(); end++) {
            for (int cursor = 0; cursor <= end; cursor++) {
                LiteralAt.of(source.substring(0, end), cursor);
            }
        }
    }
}
