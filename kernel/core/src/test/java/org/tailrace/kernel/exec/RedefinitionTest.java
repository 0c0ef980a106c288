package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedefinitionTest {

    private final Kernel kernel = new Kernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    private String notes() {
        return kernel.text("stderr");
    }

    @Test
    void same_record_again_changes_nothing() {
        kernel.run("record Row(int a, String b) {}");
        kernel.run("Row row = new Row(1, \"x\"); List<Row> rows = List.of(row);");
        kernel.run("/* again */ record Row(int a,\n  String b) { }");
        assertEquals(
                "Row[a=1, b=x] x true", kernel.value("row + \" \" + rows.get(0).b() + \" \" + (row == rows.get(0))"));
        assertEquals("", notes());
    }

    @Test
    void record_of_the_same_shape_keeps_direct_values() {
        kernel.run("record Row(int a) {}");
        kernel.run("Row row = new Row(7);");
        kernel.run("record Row(int a) { int twice() { return 2 * a; } }");
        assertEquals("14", kernel.value("row.twice()"));
        assertEquals("", notes());
    }

    @Test
    void container_of_old_records_is_kept_and_named() {
        kernel.run("record Row(int a) {}");
        kernel.run("List<Row> rows = new ArrayList<>(); rows.add(new Row(1));");
        kernel.run("List<Row> none = new ArrayList<>();");
        kernel.run("record Row(int a) { int twice() { return 2 * a; } }");
        assertEquals(
                "Row was declared anew: rows still holds objects of the old class; run cell [2] again.\n", notes());
        assertEquals("1", kernel.value("rows.size()"));
    }

    @Test
    void changed_shape_says_what_is_gone_and_what_to_run() {
        kernel.run("record Row(int a) {}");
        kernel.run("Row row = new Row(1);\nint other = 5;");
        kernel.run("var second = new Row(2);");
        kernel.run("record Row(int a, int b) {}");
        assertEquals("Row was declared anew: row, second have lost their values; run cells [2], [3] again.\n", notes());
        assertEquals("5", kernel.value("other"));
        kernel.run("Row row = new Row(1, 2);");
        assertEquals("Row[a=1, b=2]", kernel.value("row"));
    }

    @Test
    void helper_with_another_body_keeps_values_and_is_called_by_those_who_called_the_old_one() {
        kernel.run("int helper(int x) { return x + 1; }");
        kernel.run("int callsIt(int x) { return helper(x); }");
        kernel.run("int computed = callsIt(1);\nvar list = new ArrayList<>(List.of(helper(5)));");
        kernel.run("int helper(int x) { return x + 100; }");
        assertEquals("101 2 [6]", kernel.value("callsIt(1) + \" \" + computed + \" \" + list"));
        assertEquals("", notes());
    }

    @Test
    void helper_with_another_type_keeps_values_that_fit() {
        kernel.run("int helper(int x) { return x + 1; }");
        kernel.run("var list = new ArrayList<Integer>();\nlist.add(helper(5));\nlong sum = helper(1);");
        kernel.run("long helper(int x) { return x + 100; }");
        assertEquals("[6] 2", kernel.value("list + \" \" + sum"));
    }

    @Test
    void running_code_keeps_what_it_started_with() {
        kernel.run("int factor() { return 2; }");
        kernel.run("IntUnaryOperator op = x -> x * factor();");
        var before = kernel.host().variables(IntUnaryOperator.class).get("op");
        kernel.run("int factor() { return 3; }");
        assertEquals(20, before.applyAsInt(10));
        kernel.run("IntUnaryOperator op = x -> x * factor();");
        assertEquals(
                30, kernel.host().variables(IntUnaryOperator.class).get("op").applyAsInt(10));
    }

    @Test
    void lambda_reads_a_variable_live_and_a_method_sees_it_declared_again() {
        kernel.run("int factor = 2;\nIntSupplier read = () -> factor;\nint method() { return factor; }");
        var read = kernel.host().variables(IntSupplier.class).get("read");
        kernel.run("factor = 5;");
        assertEquals(5, read.getAsInt());
        kernel.run("int factor = 7;");
        assertEquals("7 7", kernel.value("factor + \" \" + method()"));
        assertEquals("5", kernel.value("read.getAsInt()"));
    }

    @Test
    void object_of_a_replaced_class_is_named() {
        kernel.run("class Counter { int n; void add() { n++; } }");
        kernel.run("Counter counter = new Counter(); counter.add();");
        kernel.run("class Counter { int n; void add() { n += 2; } }");
        assertEquals("Counter was declared anew: counter has lost its value; run cell [2] again.\n", notes());
        assertEquals("true", kernel.value("counter == null"));
    }

    @Test
    void same_cell_with_a_class_that_keeps_state_starts_it_over() {
        kernel.run("class Count { static int n; }");
        kernel.run("Count.n = 4;");
        kernel.run("class Count { static int n; }");
        assertEquals("4", kernel.value("Count.n"));
    }

    @Test
    void variable_declared_again_takes_its_new_value_and_type() {
        kernel.run("int x = 1;");
        kernel.run("String x = \"now text\";");
        assertEquals("now text", kernel.value("x"));
        assertEquals("{x=now text}", kernel.host().variables(String.class).toString());
    }

    @Test
    void declarations_may_change_many_times() {
        kernel.run("var kept = new ArrayList<Integer>();");
        for (int i = 0; i < 6; i++) {
            kernel.run("int step(int x) { return x + " + i + "; }\nint next = step(1);\nkept.add(next);");
        }
        assertEquals("[1, 2, 3, 4, 5, 6]", kernel.value("kept"));
        assertTrue(notes().isEmpty(), notes());
    }
}
