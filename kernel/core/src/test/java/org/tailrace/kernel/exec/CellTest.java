package org.tailrace.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tailrace.kernel.protocol.StopSignal;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.ErrorAdvisor;
import org.tailrace.kernel.spi.Magic;
import org.tailrace.kernel.spi.MagicCall;
import org.tailrace.kernel.spi.Renderer;

class CellTest {

    private final Kernel kernel = new Kernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void last_expression_is_the_result() {
        assertEquals("3", kernel.value("int a = 1;\nint b = 2;\na + b"));
        assertEquals("4", kernel.value("a + 3;"));
        assertEquals("1", kernel.value("a"));
    }

    @Test
    void declarations_assignments_void_calls_and_null_show_nothing() {
        assertEquals("", kernel.value("var x = 5;"));
        assertEquals("", kernel.value("x = 6"));
        assertEquals("", kernel.value("x + 1; int y = 2;"));
        assertEquals("", kernel.value("System.out.println(x)"));
        assertEquals("", kernel.value("(String) null"));
        assertEquals("", kernel.value("// nothing here"));
        assertEquals("", kernel.value(""));
    }

    @Test
    void imports_of_ijava_are_there() {
        assertEquals(
                "[2, 3] 10 PT1S x",
                kernel.value("Stream.of(1, 2).map(i -> i + 1).collect(Collectors.toList()) + \" \" + BigInteger.TEN"
                        + " + \" \" + Duration.ofSeconds(1) + \" \" + Pattern.compile(\"x\").pattern()"));
    }

    @Test
    void streams_go_to_the_cell() {
        kernel.run("System.out.println(\"out\"); System.err.println(\"err\");");
        assertEquals("out\n", kernel.text("stdout"));
        assertEquals("err\n", kernel.text("stderr"));
    }

    @Test
    void thread_of_a_cell_prints_for_it_while_a_later_one_runs() throws Exception {
        kernel.run("var gate = new CountDownLatch(1);\nvar t = new Thread(() -> { try { gate.await(); }"
                + " catch (InterruptedException e) {} System.out.print(\"late\"); });\nt.start();");
        kernel.run("gate.countDown(); t.join(); System.out.print(\"mine\");");
        kernel.router.close();
        for (var output : kernel.outputs) {
            assertEquals(output.text().equals("late") ? 1 : 2, output.cell(), output.text());
        }
    }

    @Test
    void methods_and_classes_may_refer_forward() {
        kernel.run("int twice(int x) { return times(x, 2); }");
        assertTrue(kernel.text("stderr").contains("twice cannot be used until method times(int,int) is declared"));
        assertTrue(kernel.failure("twice(4)").contains("twice uses method times(int,int), which is not declared"));
        assertEquals("8", kernel.value("int times(int x, int n) { return x * n; }\ntwice(4)"));
        assertEquals(
                "1", kernel.value("class A { B b; int v() { return 1; } }\nclass B { A a = new A(); }\nnew B().a.v()"));
    }

    @Test
    void silent_cell_shows_no_result() {
        kernel.interpreter.execute(new org.tailrace.kernel.output.CellContext("c", 0, "1 + 1", ""), true);
        assertEquals("", kernel.text("result"));
    }

    @Test
    void temporaries_are_forgotten() {
        kernel.run("1 + 1");
        assertTrue(kernel.failure("$1").contains("cannot find symbol"));
    }

    @Test
    void two_notebooks_share_nothing() {
        try (var other = new Kernel()) {
            kernel.run("int x = 1;");
            other.run("int x = 2; display(\"other\");");
            assertEquals("1", kernel.value("x"));
            assertEquals("2", other.value("x"));
            assertEquals("", kernel.text("display"));
            assertEquals("other", other.text("display"));
            kernel.host().define("held", String.class, "first");
            other.host().define("held", String.class, "second");
            assertEquals("first", kernel.value("held"));
            assertEquals("second", other.value("held"));
        }
    }

    @Test
    void defined_variable_has_its_static_type() {
        kernel.host().define("names", List.class, List.of("a", "b"));
        assertEquals("2", kernel.value("names.size()"));
        assertEquals(
                List.of("names"),
                List.copyOf(kernel.host().variables(List.class).keySet()));
    }

    @Test
    void variables_come_in_order_of_declaration() {
        kernel.run("int z = 1; String s = \"s\"; Integer a = 2;");
        assertEquals(
                List.of("z", "a"),
                List.copyOf(kernel.host().variables(Integer.class).keySet()));
        kernel.run("int z = 3;");
        assertEquals("{a=2, z=3}", kernel.host().variables(Integer.class).toString());
    }

    @Test
    void assigned_name_is_that_of_the_snippet_on_its_own_thread() {
        kernel.host().define("host", org.tailrace.kernel.spi.KernelHost.class, kernel.host());
        assertEquals(
                "Optional[a] Optional[b] Optional.empty",
                kernel.value("var a = host.assignedName();\nObject b;\nb = host.assignedName();\n"
                        + "a + \" \" + b + \" \" + host.assignedName()"));
        assertEquals(
                "Optional.empty",
                kernel.value("var c = CompletableFuture.supplyAsync(() -> host.assignedName()).get(); c"));
    }

    @Test
    void output_can_be_cleared_and_a_page_is_shown_where_there_is_no_pager() {
        kernel.run("clearOutput();\nclearOutput(true);\npage(\"help\");");
        assertEquals(
                List.of("clear", "clear", "display"),
                kernel.outputs.stream().map(Kernel.Output::kind).toList());
        assertEquals("help", kernel.text("display"));
    }

    @Test
    void display_render_and_update_work_as_in_ijava() {
        kernel.run(
                "String id = display(\"<b>x</b>\", \"text/html\");\nupdateDisplay(id, \"y\");\ndisplay(render(42));");
        var shown = kernel.outputs.get(0);
        assertEquals("display", shown.kind());
        assertEquals("<b>x</b>", shown.bundle().get("text/html"));
        assertEquals("update", kernel.outputs.get(1).kind());
        assertEquals("y", kernel.outputs.get(1).text());
        assertEquals("42", kernel.outputs.get(2).text());
    }

    @Test
    void images_and_arrays_are_shown_as_what_they_are() throws Exception {
        kernel.run("new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_RGB)");
        var png = Base64.getDecoder().decode(kernel.outputs.get(0).bundle().get("image/png"));
        BufferedImage image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png));
        assertEquals(3, image.getWidth());
        assertEquals("[1, 2]", kernel.value("new int[] {1, 2}"));
        assertEquals("[[a], null]", kernel.value("new String[][] {{\"a\"}, null}"));
        assertEquals("{a=[1]}", kernel.value("Map.of(\"a\", List.of(1))"));
    }

    @Test
    void newest_renderer_that_accepts_wins_and_an_empty_bundle_shows_nothing() {
        kernel.host().register(renderer("old"));
        kernel.host().register(renderer("new"));
        assertEquals("new 7", kernel.value("7"));
        assertEquals("", kernel.value("8"));
        assertEquals("x", kernel.value("\"x\""));
    }

    private static Renderer renderer(String name) {
        return new Renderer() {
            @Override
            public boolean accepts(Object value) {
                return value instanceof Integer;
            }

            @Override
            public Map<String, String> render(Object value) {
                return value.equals(8) ? Map.of() : Map.of("text/plain", name + " " + value);
            }
        };
    }

    @Test
    void magics_run_in_their_place_and_may_give_the_result() {
        var calls = new TreeMap<String, MagicCall>();
        kernel.host().register(magic("note", Magic.Kind.BOTH, calls));
        assertEquals("noted", kernel.value("int x = 1;\n%note 'a b' c\n"));
        assertEquals(List.of("a b", "c"), calls.get("note").arguments());
        assertEquals("3", kernel.value("%note\nx + 2"));
        kernel.run("%%note now\nx ++ % not java");
        assertEquals("x ++ % not java", calls.get("note").body().orElseThrow());
        assertTrue(kernel.failure("%nosuch 1").contains("there is no magic %nosuch"));
    }

    private static Magic magic(String name, Magic.Kind kind, Map<String, MagicCall> calls) {
        return magic(name, kind, calls, () -> {});
    }

    private static Magic magic(String name, Magic.Kind kind, Map<String, MagicCall> calls, Runnable effect) {
        return new Magic() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Kind kind() {
                return kind;
            }

            @Override
            public String usage() {
                return "%" + name;
            }

            @Override
            public String summary() {
                return "Notes what it was called with.";
            }

            @Override
            public Optional<Object> run(MagicCall call, Cell cell) {
                calls.put(name, call);
                effect.run();
                return Optional.of("noted");
            }
        };
    }

    @Test
    void nothing_runs_of_a_cell_that_cannot_be_parsed() {
        assertTrue(kernel.run("System.out.println(\"ran\");\n) + 1").failed());
        assertTrue(kernel.run("System.out.println(\"ran\");\nif (true) {").failed());
        assertTrue(kernel.run("%time System.out.println(\"ran\")\nint x = ;").failed());
        assertEquals(
                "cell [4], line 2: illegal start of expression",
                kernel.failure("System.out.println(\"ran\");\nint x = ;\nint y = 2;")
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertEquals("", kernel.text("stdout"));
    }

    @Test
    void user_expressions_give_their_bundle_or_fail_alone() {
        kernel.run("int x = 20;");
        var cell = new org.tailrace.kernel.output.CellContext("c", 2, "", "");
        assertEquals(
                "21",
                kernel.interpreter
                        .evaluate(cell, "x + 1", new StopSignal())
                        .getValue()
                        .get("text/plain"));
        assertTrue(kernel.interpreter
                .evaluate(cell, "y + 1", new StopSignal())
                .getKey()
                .failed());
        assertEquals("", kernel.text("error"));
    }

    @Test
    void class_files_of_the_notebook_can_be_read() throws Exception {
        var name = kernel.value("record Row(int a) {}\nRow.class.getName()");
        try (var in = kernel.host().classLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            assertEquals(0xCA, in.read());
        }
        assertEquals(
                "true",
                kernel.value("Class.forName(Row.class.getName(), false, Thread.currentThread().getContextClassLoader())"
                        + " == Row.class"));
        assertEquals(
                "202",
                kernel.value(
                        "Row.class.getResourceAsStream(\"/\" + Row.class.getName().replace('.', '/') + \".class\").read()"));
    }

    @Test
    void advisor_puts_a_failure_into_its_own_words() {
        kernel.host().register((ErrorAdvisor) (failure, site) -> failure instanceof ArithmeticException
                ? Optional.of(new ErrorAdvisor.Advice(
                        "TR-1",
                        "do not divide\n  in cell " + site.cell() + " line " + site.line() + ": "
                                + site.source().lines().toList().get(Math.max(0, site.line() - 1))))
                : Optional.empty());
        kernel.run("int div(int n) {\n  return 1 / n;\n}");
        assertEquals("TR-1 do not divide\n  in cell 1 line 2:   return 1 / n;", kernel.failure("div(0)"));
        assertEquals("TR-1", kernel.run("div(0)").errorName());
        assertTrue(kernel.failure("Integer.parseInt(\"x\")").startsWith("java.lang.NumberFormatException"));
        kernel.host().register(magic("divide", Magic.Kind.LINE, new TreeMap<>(), () -> {
            throw new ArithmeticException();
        }));
        assertEquals("TR-1 do not divide\n  in cell 5 line 0: %divide", kernel.failure("%divide"));
    }

    @Test
    void plug_in_that_does_not_start_is_logged_and_the_rest_goes_on() {
        try (var other = new Kernel(host -> {
            throw new IllegalStateException("no luck");
        })) {
            assertEquals("2", other.value("1 + 1"));
            assertTrue(other.log.stream().anyMatch(line -> line.contains("no luck")), other.log.toString());
        }
        assertFalse(kernel.log.stream().anyMatch(line -> line.contains("no luck")));
    }

    @Test
    void what_reads_input_where_nobody_can_type_fails_at_once_and_says_what_to_do() {
        for (var read : List.of(
                "new Scanner(System.in).nextLine()",
                "new Scanner(System.in).nextInt()",
                "new BufferedReader(new InputStreamReader(System.in)).readLine()")) {
            var outcome = kernel.run(read);
            assertTrue(outcome.failed(), read);
            assertTrue(outcome.errorName().endsWith("NoInputException"), outcome.errorName());
            assertTrue(outcome.errorValue().contains("Put the value into a variable"), outcome.errorValue());
            String frames = String.join("\n", outcome.traceback());
            assertFalse(frames.contains("at org.tailrace."), frames);
        }
    }
}
