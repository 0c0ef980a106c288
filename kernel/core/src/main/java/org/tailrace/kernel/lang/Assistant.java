package org.tailrace.kernel.lang;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.SourceCodeAnalysis;
import org.tailrace.kernel.protocol.Interpreter.Completeness;
import org.tailrace.kernel.protocol.Interpreter.Completions;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.Magic;

/** Answers a front end's questions about text that has not run. */
public final class Assistant {

    /** Asks JShell's analysis, on the one thread that may. */
    public interface Analysis {
        <T> T ask(Function<SourceCodeAnalysis, T> question);
    }

    private final Analysis analysis;
    private final Map<String, Magic> magics;
    private final List<CompletionSource> sources;
    private final MagicParser parser;

    public Assistant(Analysis analysis, Map<String, Magic> magics, List<CompletionSource> sources) {
        this.analysis = analysis;
        this.magics = magics;
        this.sources = sources;
        this.parser = new MagicParser(magics::containsKey);
    }

    public Completeness isComplete(String code) {
        return new Completeness("unknown", "");
    }

    public Completions complete(String code, int cursor) {
        return new Completions(cursor, cursor, List.of(), List.of());
    }

    public Optional<String> inspect(String code, int cursor) {
        return Optional.empty();
    }
}
