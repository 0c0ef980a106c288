package org.tailrace.magics.jjava;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;

/**
 * JJava's base library with the least that makes a Java kernel of it, as its own kernel is made: magics become calls, JShell runs
 * the rest in this JVM. What it would publish is kept.
 */
final class StockKernel extends BaseKernel implements AutoCloseable {

    private final Control control;
    private final JShell shell;
    private final Environment environment = new Environment();

    StockKernel() {
        super(
                "stock",
                "1",
                new LanguageInfo.Builder("Java").build(),
                List.of(),
                null,
                new Io(),
                new CommManager(),
                new Renderer(),
                new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
                new MagicsRegistry(),
                true,
                new StringStyler.Builder().build());
        control = new Control();
        shell = JShell.builder().executionEngine(new Provider(control), null).build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        evalRaw("import java.util.*; import static " + BaseNotebookStatics.class.getName() + ".*;");
        onStartup();
    }

    /** JJava's own Java kernel has this method. */
    public JShell getJShell() {
        return shell;
    }

    /** Runs a cell; gives what its result is drawn as, empty for none. */
    Map<String, String> cell(String source) {
        executionCount.incrementAndGet();
        ((Io) io).attach(environment);
        try {
            var result = eval(source);
            return result == null ? Map.of() : texts(result);
        } finally {
            ((Io) io).detach(environment);
        }
    }

    /** What the displays show now, in the order they came. */
    List<Map<String, String>> shown() {
        synchronized (environment.shown) {
            return List.copyOf(environment.shown.values());
        }
    }

    String printed() {
        synchronized (environment.shown) {
            return environment.printed.toString();
        }
    }

    private static Map<String, String> texts(DisplayData data) {
        var texts = new LinkedHashMap<String, String>();
        for (var type : List.of("text/html", "text/plain")) {
            var value = data.getData(MIMEType.parse(type));
            if (value != null) {
                texts.put(type, value.toString());
            }
        }
        return texts;
    }

    @Override
    public @Nullable Object evalRaw(String source) {
        var rest = magicParser.resolveMagics(source);
        Object value = null;
        while (!rest.isBlank()) {
            var info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            value = null;
            for (var event : shell.eval(info.source())) {
                value = value(event);
            }
            rest = info.remaining();
        }
        return value;
    }

    private @Nullable Object value(SnippetEvent event) {
        if (event.exception() != null) {
            throw new IllegalStateException(event.exception().getMessage(), event.exception());
        }
        if (event.status() == Snippet.Status.REJECTED) {
            throw new IllegalArgumentException(
                    shell.diagnostics(event.snippet()).toList().toString());
        }
        return switch (event.snippet().subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> control.value;
            default -> null;
        };
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean more) {
        return null;
    }

    @Override
    public @Nullable ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_MAYBE;
    }

    @Override
    public void close() {
        onShutdown(false);
        shell.close();
    }

    private static final class Io extends JupyterIO {
        Io() {
            super(StandardCharsets.UTF_8);
        }

        void attach(ShellReplyEnvironment environment) {
            setEnv(environment);
        }

        void detach(ShellReplyEnvironment environment) {
            retractEnv(environment);
        }
    }

    private static final class Environment extends ShellReplyEnvironment {
        // both guarded by shown
        final Map<String, Map<String, String>> shown = new LinkedHashMap<>();
        final StringBuilder printed = new StringBuilder();

        Environment() {
            super(null, null, null, null);
        }

        @Override
        public <T extends ContentType<T>> void publish(T content) {
            synchronized (shown) {
                if (content instanceof PublishDisplayData || content instanceof PublishUpdateDisplayData) {
                    var data = (DisplayData) content;
                    var id = data.hasDisplayId() ? data.getDisplayId() : "display " + shown.size();
                    shown.put(id, texts(data));
                } else if (content instanceof PublishStream stream) {
                    printed.append(stream.getText());
                }
            }
        }
    }

    private record Provider(ExecutionControl control) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "stock";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }

    /** Keeps the value itself beside the text that JShell gets. */
    private static final class Control extends DirectExecutionControl {
        @Nullable
        Object value;

        @Override
        protected String invoke(Method snippet) throws Exception {
            value = snippet.invoke(null);
            return valueString(value);
        }
    }
}
