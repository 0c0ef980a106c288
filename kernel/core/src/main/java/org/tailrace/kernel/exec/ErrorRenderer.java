package org.tailrace.kernel.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.protocol.Interpreter.Outcome;
import org.tailrace.kernel.spi.ErrorAdvisor;

/**
 * Puts a failure into words that point: the cell, its line and the line's text. Colour only repeats what the text says,
 * and uses the two ANSI colours that notebooks draw readably on light and on dark ground.
 */
final class ErrorRenderer {

    private static final String RED = "\u001b[1;31m";
    private static final String BLUE = "\u001b[34m";
    private static final String END = "\u001b[0m";
    private static final String KERNEL = "org.tailrace.kernel.";
    private static final int MOST_PROBLEMS = 5;

    private final SourceMap sources;
    private final FrameRenderer frames;
    private final List<ErrorAdvisor> advisors = new CopyOnWriteArrayList<>();

    ErrorRenderer(SourceMap sources) {
        this.sources = sources;
        this.frames = new FrameRenderer(sources);
    }

    void register(ErrorAdvisor advisor) {
        advisors.add(advisor);
    }

    static String place(Place place) {
        return BLUE + place + END;
    }

    /** @param cell the one that ran; the failure may stand in an earlier one, or in none if a magic failed */
    Outcome failed(CellContext cell, Throwable failure) {
        if (failure instanceof CompileFailure compile) {
            return compile(compile);
        }
        return advice(cell, failure).map(ErrorRenderer::advised).orElseGet(() -> thrown(failure));
    }

    private Optional<ErrorAdvisor.Advice> advice(CellContext cell, Throwable failure) {
        var place = frames.firstPlace(failure);
        var site = place.map(p -> new ErrorAdvisor.Site(
                        p.origin().cell(), p.line(), p.origin().text()))
                .orElse(new ErrorAdvisor.Site(cell.number(), 0, cell.source()));
        for (var advisor : advisors) {
            var advice = advisor.advise(failure, site);
            if (advice.isPresent()) {
                return advice;
            }
        }
        return Optional.empty();
    }

    private static Outcome advised(ErrorAdvisor.Advice advice) {
        var lines = new ArrayList<>(advice.text().lines().toList());
        var first = lines.isEmpty() ? "" : lines.get(0);
        var traceback = new ArrayList<String>();
        traceback.add(RED + advice.name() + END + (first.isEmpty() ? "" : " " + first));
        traceback.addAll(lines.subList(Math.min(1, lines.size()), lines.size()));
        return new Outcome(true, advice.name(), first, traceback);
    }

    private static Outcome compile(CompileFailure failure) {
        var traceback = new ArrayList<String>();
        var problems = failure.problems();
        for (var problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
            var lines = problem.message().lines().toList();
            traceback.add(place(problem.place()) + ": " + RED + lines.get(0) + END);
            traceback.add("    " + problem.place().sourceLine());
            traceback.add("    " + blanks(problem.place()) + RED + "^".repeat(problem.length()) + END);
            lines.stream().skip(1).map(line -> "  " + line).forEach(traceback::add);
        }
        if (problems.size() > MOST_PROBLEMS) {
            traceback.add("… " + (problems.size() - MOST_PROBLEMS) + " more errors");
        }
        return new Outcome(true, "CompileError", summary(problems.get(0)), traceback);
    }

    /** As many columns as stand before the caret; a tab stays a tab. */
    private static String blanks(Place place) {
        return place.sourceLine().substring(0, place.column()).replaceAll("[^\t]", " ");
    }

    /** The message on one line: {@code cannot find symbol: variable prise}. */
    private static String summary(Problem problem) {
        var lines = problem.message().lines().map(String::strip).toList();
        var symbol = lines.stream()
                .filter(line -> line.startsWith("symbol:"))
                .map(line -> line.substring("symbol:".length()).strip())
                .findFirst();
        return lines.get(0) + symbol.map(text -> ": " + text).orElse("");
    }

    private Outcome thrown(Throwable failure) {
        var traceback = new ArrayList<String>();
        var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
        @Nullable Throwable enclosing = null;
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            var name = name(t);
            var message = message(t);
            traceback.add((enclosing == null ? "" : "Caused by: ")
                    + RED
                    + name
                    + END
                    + (message.isEmpty() ? "" : ": " + message));
            traceback.addAll(frames.render(t, enclosing));
            enclosing = t;
        }
        return new Outcome(true, name(failure), message(failure), traceback);
    }

    private static String name(Throwable failure) {
        return failure.getClass().getName().startsWith(KERNEL)
                ? failure.getClass().getSimpleName()
                : SourceMap.plain(failure.getClass().getName());
    }

    private static String message(Throwable failure) {
        var message = failure.getLocalizedMessage();
        return message == null ? "" : SourceMap.plain(message);
    }

    Outcome interrupted(CellContext cell, CellRunner.Reason reason, @Nullable Throwable failure) {
        var place = Optional.ofNullable(failure).flatMap(frames::firstPlace);
        var what = reason == CellRunner.Reason.TIMEOUT ? " took longer than %timeout allows" : " was interrupted";
        var sentence = "cell [" + cell.number() + "]" + what;
        var traceback = new ArrayList<String>();
        traceback.add(RED + "Interrupted" + END + ": " + sentence);
        place.map(ErrorRenderer::pointer).ifPresent(traceback::addAll);
        return new Outcome(true, "Interrupted", sentence, traceback);
    }

    /** A call that obeyed no interrupt, so that its thread was left behind. */
    Outcome leftBehind(CellContext cell, StackTraceElement[] stack) {
        var call = frames.calledByUser(stack).orElse("a call");
        var sentence = call + " does not react to an interrupt and is still running";
        var traceback = new ArrayList<String>();
        traceback.add(RED + "Interrupted" + END + ": " + sentence);
        frames.firstPlace(stack).map(ErrorRenderer::pointer).ifPresent(traceback::addAll);
        traceback.add(
                "The thread of cell [" + cell.number() + "] was left behind; %who lists it. The next cell can run.");
        return new Outcome(true, "Interrupted", sentence, traceback);
    }

    private static List<String> pointer(Place place) {
        return List.of("    at " + place(place) + ":  " + place.sourceLine().strip());
    }
}
