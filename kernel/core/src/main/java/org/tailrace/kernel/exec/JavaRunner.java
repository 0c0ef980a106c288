package org.tailrace.kernel.exec;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.SPIResolutionException;
import org.tailrace.kernel.lang.JavaPiece;
import org.tailrace.kernel.lang.ValueText;

/** Runs Java text on the calling thread, one statement or declaration after the other. */
final class JavaRunner {

    private final JShellSession session;
    private final Variables variables;
    private final Consumer<String> notes;

    /** @param notes takes one sentence each about what the user should know, for the running cell */
    JavaRunner(JShellSession session, Variables variables, Consumer<String> notes) {
        this.session = session;
        this.variables = variables;
        this.notes = notes;
    }

    /** Throws if a text cannot be parsed. */
    List<JavaPiece> parse(String source, Origin origin) throws CompileFailure {
        var pieces = session.split(source);
        for (var piece : pieces) {
            if (piece.broken()) {
                session.refuse(piece, origin.plus(piece.offset()));
            }
        }
        return pieces;
    }

    /** Throws if a piece that is closed is still no Java: of use for pieces that others run before. */
    void checkAll(List<JavaPiece> pieces, Origin origin) throws CompileFailure {
        for (var piece : session.wrong(pieces)) {
            session.refuse(piece, origin.plus(piece.offset()));
        }
    }

    /**
     * @return the value of the last piece if that is an expression with one
     * @throws Throwable what the user's code threw, or a {@link CompileFailure}
     */
    Optional<Object> run(List<JavaPiece> pieces, Origin origin) throws Throwable {
        Optional<Object> value = Optional.empty();
        var unresolved = new ArrayList<DeclarationSnippet>();
        followChanges();
        for (var piece : pieces) {
            checkStop();
            value = Optional.empty();
            if (session.alreadyDeclared(piece.source())) {
                continue;
            }
            var compiled = compile(piece, origin.plus(piece.offset()));
            followChanges();
            for (var change : compiled.changes()) {
                boolean toldAlready = change.dependent() && change.snippet() instanceof VarSnippet;
                if (isUnresolved(change.status()) && !toldAlready) {
                    unresolved.add((DeclarationSnippet) change.snippet());
                }
            }
            for (var step : compiled.steps()) {
                value = run(step);
            }
        }
        noteUnresolved(unresolved);
        return value;
    }

    private void followChanges() {
        variables.follow(session::takeChanges).ifPresent(notes);
    }

    private Compiled compile(JavaPiece piece, Origin origin) throws CompileFailure {
        var value = ValueText.likely(piece.source())
                ? session.compileValue(piece.source(), origin)
                : Optional.<Compiled>empty();
        return value.isPresent() ? value.get() : session.compile(piece.source(), origin);
    }

    private Optional<Object> run(Compiled.Step step) throws Throwable {
        checkStop();
        var cellThread = Thread.currentThread() instanceof CellThread own ? own : null;
        var assigning = cellThread == null ? null : cellThread.assigning();
        try {
            if (cellThread != null) {
                cellThread.assigning(step.assignedName().orElse(null));
            }
            var value = step.method().invoke(null);
            return step.hasResult() ? Optional.ofNullable(value) : Optional.empty();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SPIResolutionException unresolved ? unresolved(unresolved) : e.getCause();
        } finally {
            if (cellThread != null) {
                cellThread.assigning(assigning);
            }
            if (Compiled.isTemporary(step.snippet())) {
                forget(step);
            }
            if (step.declaresNothing()) {
                session.hasRun(step);
            }
        }
    }

    /** A temporary {@code $1} would keep its value, and lengthen every later compilation. */
    private void forget(Compiled.Step step) {
        for (var field : step.method().getDeclaringClass().getDeclaredFields()) {
            if (!field.getType().isPrimitive()) {
                try {
                    field.setAccessible(true);
                    field.set(null, null);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        session.drop(step);
    }

    /** Ends what runs on the calling thread if that was asked for. */
    static void checkStop() {
        if (Thread.currentThread() instanceof OwnedThread own && own.mustStop()) {
            throw new Stopped();
        }
    }

    private static boolean isUnresolved(Snippet.Status status) {
        return status == Snippet.Status.RECOVERABLE_DEFINED || status == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    }

    private void noteUnresolved(List<DeclarationSnippet> snippets) {
        for (var snippet : snippets) {
            var missing = session.unresolved(snippet);
            if (!missing.isEmpty()) {
                notes.accept(snippet.name() + " cannot be used until " + String.join(", ", missing) + " is declared.");
            }
        }
    }

    private Throwable unresolved(SPIResolutionException failure) {
        return new UnresolvedName(
                session.sources()
                        .snippet(failure.getStackTrace()[0])
                        .map(snippet -> {
                            var declaration = (DeclarationSnippet) snippet;
                            return declaration.name() + " uses "
                                    + String.join(", ", session.unresolved(declaration))
                                    + ", which is not declared";
                        })
                        .orElse("a name is used that is not declared"),
                failure.getStackTrace());
    }
}
