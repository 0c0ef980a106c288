package org.tailrace.kernel.lang;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import org.tailrace.kernel.protocol.Interpreter.Completeness;
import org.tailrace.kernel.protocol.Interpreter.Completions;
import org.tailrace.kernel.spi.Completion;
import org.tailrace.kernel.spi.CompletionSource;
import org.tailrace.kernel.spi.Magic;

/** Answers a front end's questions about text that has not run. */
public final class Assistant {

    /** Asks JShell's analysis, on the one thread that may. */
    @FunctionalInterface
    public interface Analysis {
        <T> T ask(Function<SourceCodeAnalysis, T> question);
    }

    private static final Pattern MAGIC_NAME = Pattern.compile("\\s*(%%?)([A-Za-z][\\w.-]*)?");

    private final Analysis analysis;
    private final Map<String, Magic> magics;
    private final List<CompletionSource> sources;
    private final MagicParser parser;

    /** The map and the list are read at each question. */
    public Assistant(Analysis analysis, Map<String, Magic> magics, List<CompletionSource> sources) {
        this.analysis = analysis;
        this.magics = magics;
        this.sources = sources;
        this.parser = new MagicParser(magics::containsKey);
    }

    /** A cell magic is complete once a blank line ends it. */
    public Completeness isComplete(String code) {
        var parts = parser.parse(code);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof CellPart.Magic magic && magic.cellMagic()) {
                return code.endsWith("\n\n") ? new Completeness("complete", "") : new Completeness("incomplete", "");
            }
            if (parts.get(i) instanceof CellPart.Java java) {
                var pieces = analysis.ask(jshell -> JavaPiece.split(jshell, java.source()));
                var last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
                if (last != null && last.broken()) {
                    boolean open = last.completeness() == SourceCodeAnalysis.Completeness.DEFINITELY_INCOMPLETE
                            && i == parts.size() - 1;
                    return open
                            ? new Completeness("incomplete", " ".repeat(4 * JavaText.openBraces(last.source())))
                            : new Completeness("invalid", "");
                }
                if (!analysis.ask(jshell -> Syntax.wrong(pieces)).isEmpty()) {
                    return new Completeness("invalid", "");
                }
            }
        }
        return new Completeness("complete", "");
    }

    public Completions complete(String code, int cursor) {
        int lineStart = code.lastIndexOf('\n', cursor - 1) + 1;
        var name = MAGIC_NAME.matcher(code.substring(lineStart, cursor));
        if (name.matches() && partAt(code.substring(0, cursor) + "x", cursor) instanceof CellPart.Magic) {
            return magicNames(
                    lineStart + name.start(1), cursor, name.group(1), code.substring(lineStart + name.end(1), cursor));
        }
        var part = partAt(code, cursor);
        if (part instanceof CellPart.Magic written) {
            var magic = magics.get(written.call().name());
            return magic == null || cursor < written.textStart()
                    ? none(cursor)
                    : completions(
                            magic.complete(written.call(), cursor - written.textStart()),
                            cursor,
                            written.call().text(),
                            offset -> offset + written.textStart(),
                            UnaryOperator.identity());
        }
        int start = part.start();
        var java = ((CellPart.Java) part).source();
        int within = cursor - start;
        var literal = LiteralAt.of(java, within);
        if (literal.isPresent()) {
            var at = literal.get();
            return completions(
                    sources.stream()
                            .flatMap(source -> source.complete(at.position()).stream())
                            .toList(),
                    cursor,
                    at.literal().text(),
                    offset -> start + at.literal().written(offset),
                    at.literal()::escaped);
        }
        return LiteralAt.isQuiet(java, within) ? none(cursor) : java(java, within, start);
    }

    /** The part that the cursor is in or behind; what lies between magics is Java, also if it holds only a comment. */
    private CellPart partAt(String code, int cursor) {
        int gapStart = 0;
        for (var part : parser.parse(code)) {
            if (part.start() <= cursor && cursor <= part.end()) {
                return part;
            }
            if (part.start() > cursor) {
                return new CellPart.Java(code.substring(gapStart, part.start()), gapStart);
            }
            gapStart = part.end();
        }
        return new CellPart.Java(code.substring(gapStart), gapStart);
    }

    private static Completions none(int cursor) {
        return new Completions(cursor, cursor, List.of(), List.of());
    }

    private Completions magicNames(int start, int end, String signs, String prefix) {
        var wrong = signs.length() == 2 ? Magic.Kind.LINE : Magic.Kind.CELL;
        var names = magics.values().stream()
                .filter(magic -> magic.kind() != wrong && magic.name().startsWith(prefix))
                .map(magic -> signs + magic.name())
                .toList();
        return new Completions(
                start, end, names, names.stream().map(name -> "magic").toList());
    }

    /** A front end replaces one range for all proposals: the widest, in which the others keep what is there. */
    private static Completions completions(
            List<Completion> proposals,
            int cursor,
            String text,
            IntUnaryOperator place,
            UnaryOperator<String> written) {
        if (proposals.isEmpty()) {
            return none(cursor);
        }
        int start = proposals.stream().mapToInt(Completion::start).min().getAsInt();
        int end = proposals.stream().mapToInt(Completion::end).max().getAsInt();
        var unique = new LinkedHashMap<String, String>();
        for (var proposal : proposals) {
            var whole = text.substring(start, proposal.start()) + proposal.text() + text.substring(proposal.end(), end);
            unique.putIfAbsent(written.apply(whole), proposal.type());
        }
        return new Completions(
                place.applyAsInt(start),
                place.applyAsInt(end),
                List.copyOf(unique.keySet()),
                List.copyOf(unique.values()));
    }

    private Completions java(String java, int cursor, int partStart) {
        return analysis.ask(jshell -> {
            var trial = TrialText.of(jshell, java, cursor);
            var anchor = new int[] {trial.text().length()};
            var suggestions = new ArrayList<>(
                    jshell.completionSuggestions(trial.text(), trial.text().length(), anchor));
            suggestions.sort(Comparator.comparing(suggestion -> !suggestion.matchesType()));
            var names = suggestions.stream()
                    .map(SourceCodeAnalysis.Suggestion::continuation)
                    .distinct()
                    .toList();
            return new Completions(
                    partStart + trial.shift() + anchor[0],
                    partStart + cursor,
                    names,
                    names.stream().map(Assistant::kind).toList());
        });
    }

    private static String kind(String name) {
        if (name.endsWith("(") || name.endsWith("()")) {
            return "function";
        }
        return Character.isUpperCase(name.charAt(0)) ? "class" : "variable";
    }

    public Optional<String> inspect(String code, int cursor) {
        var part = partAt(code, cursor);
        if (part instanceof CellPart.Magic written) {
            return inspectMagic(written, cursor);
        }
        var java = ((CellPart.Java) part).source();
        int within = cursor - part.start();
        var literal = LiteralAt.of(java, within);
        if (literal.isPresent()) {
            var position = literal.get().position();
            return sources.stream()
                    .map(source -> source.inspect(position))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return LiteralAt.isQuiet(java, within) ? Optional.empty() : inspectJava(java, within);
    }

    private Optional<String> inspectMagic(CellPart.Magic written, int cursor) {
        var magic = magics.get(written.call().name());
        if (magic == null) {
            return Optional.empty();
        }
        var explained = cursor < written.textStart()
                ? Optional.<String>empty()
                : magic.inspect(written.call(), cursor - written.textStart());
        return explained.or(() -> Optional.of(magic.usage() + "\n" + magic.summary()));
    }

    /** The name under the cursor; if that is a method's, its call; else the call that the cursor is in. */
    private Optional<String> inspectJava(String java, int cursor) {
        int nameEnd = JavaText.wordEnd(java, cursor);
        var name = documentation(java, nameEnd);
        if (name.isEmpty() && nameEnd > 0 && Character.isJavaIdentifierPart(java.charAt(nameEnd - 1))) {
            name = documentation(java.substring(0, nameEnd) + "(", nameEnd + 1);
        }
        return name.isEmpty() && nameEnd != cursor ? documentation(java, cursor) : name;
    }

    private Optional<String> documentation(String java, int cursor) {
        return analysis.ask(jshell -> {
            var trial = TrialText.of(jshell, java, cursor);
            var text = new StringBuilder();
            for (var each : jshell.documentation(trial.text(), trial.text().length(), true)) {
                text.append(text.isEmpty() ? "" : "\n").append(each.signature());
                if (each.javadoc() != null && !each.javadoc().isBlank()) {
                    text.append("\n\n").append(each.javadoc().strip()).append('\n');
                }
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
        });
    }
}
