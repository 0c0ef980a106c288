package org.tailrace.kernel.exec;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * The notebook's variables, and what becomes of their values when something they depend on is declared anew.
 *
 * <p>JShell keeps a variable in a static field of a wrapper class. When a declaration that the variable depends on
 * changes, JShell compiles the variable into a new wrapper, whose field is empty. The value is carried over if the new
 * field can hold it. It cannot if it is an object of a class that was replaced: a record of the same shape is then made
 * again, and for all else one sentence says what is gone and which cells bring it back.
 */
final class Variables {

    /** @param cell the cell that declared it */
    record Variable(String name, String type, Field field, int cell) {

        @Nullable
        Object value() {
            try {
                return field.get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final SnippetLoader loader;
    private final SourceMap sources;
    private final Map<String, Variable> declared = new LinkedHashMap<>();

    Variables(SnippetLoader loader, SourceMap sources) {
        this.loader = loader;
        this.sources = sources;
    }

    synchronized List<Variable> all() {
        return List.copyOf(declared.values());
    }

    /**
     * Follows what JShell changed, before the new code runs. On the cell's thread: making a record again runs user code.
     *
     * @param made gives the changes that were not followed yet, in their order; asked by one cell at a time, so that who is
     *     told of none knows that they have been followed
     * @return a sentence for the user if values are gone
     */
    synchronized Optional<String> follow(Supplier<List<Compiled.Change>> made) {
        var changes = made.get();
        var gone = new ArrayList<Variable>();
        var stale = new ArrayList<Variable>();
        for (var change : changes) {
            if (!(change.snippet() instanceof VarSnippet snippet) || Compiled.isTemporary(snippet)) {
                continue;
            }
            if (change.status() == Snippet.Status.VALID) {
                var before = change.dependent() ? declared.get(snippet.name()) : null;
                var variable = variable(snippet, change.className());
                if (!change.dependent()) {
                    declared.remove(snippet.name());
                }
                declared.put(snippet.name(), variable);
                if (change.dependent()) {
                    carry(before, variable, gone, stale);
                }
            } else if (change.dependent() && change.status() != Snippet.Status.OVERWRITTEN) {
                var lost = declared.remove(snippet.name());
                if (lost != null) {
                    gone.add(lost);
                }
            }
        }
        gone.sort(Comparator.comparingInt(Variable::cell));
        stale.sort(Comparator.comparingInt(Variable::cell));
        return sentence(changes, gone, stale);
    }

    private Variable variable(VarSnippet snippet, String className) {
        try {
            var field = loader.loadClass(className).getDeclaredField(snippet.name());
            field.setAccessible(true);
            int cell = sources.origin(snippet).map(Origin::cell).orElse(0);
            return new Variable(snippet.name(), snippet.typeName(), field, cell);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void carry(@Nullable Variable before, Variable now, List<Variable> gone, List<Variable> stale) {
        if (before == null) {
            gone.add(now);
            return;
        }
        var value = before.value();
        if (value == null) {
            return;
        }
        try {
            if (accepts(now.field().getType(), value, before.field().getType())) {
                now.field().set(null, value);
                if (Replaced.within(value, sources::isReplaced)) {
                    stale.add(now);
                }
                return;
            }
            var again = Replaced.again(value, now.field().getType());
            if (again.isPresent()) {
                now.field().set(null, again.get());
                return;
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        gone.add(now);
    }

    private static boolean accepts(Class<?> type, Object value, Class<?> typeBefore) {
        return type.isPrimitive() ? type == typeBefore : type.isInstance(value);
    }

    private static Optional<String> sentence(List<Compiled.Change> changes, List<Variable> gone, List<Variable> stale) {
        if (gone.isEmpty() && stale.isEmpty()) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        changes.stream()
                .map(Compiled.Change::snippet)
                .filter(TypeDeclSnippet.class::isInstance)
                .findFirst()
                .ifPresent(type -> text.append(((TypeDeclSnippet) type).name()).append(" was declared anew: "));
        if (!gone.isEmpty()) {
            text.append(names(gone)).append(gone.size() == 1 ? " has lost its value" : " have lost their values");
        }
        if (!stale.isEmpty()) {
            text.append(gone.isEmpty() ? "" : ", and ")
                    .append(names(stale))
                    .append(stale.size() == 1 ? " still holds" : " still hold")
                    .append(" objects of the old class");
        }
        var cells = new TreeSet<Integer>();
        gone.forEach(variable -> cells.add(variable.cell()));
        stale.forEach(variable -> cells.add(variable.cell()));
        var list = cells.stream().map(cell -> "[" + cell + "]").collect(Collectors.joining(", "));
        return Optional.of(text.append(cells.size() == 1 ? "; run cell " : "; run cells ")
                .append(list)
                .append(" again.")
                .toString());
    }

    private static String names(List<Variable> variables) {
        return variables.stream().map(Variable::name).collect(Collectors.joining(", "));
    }
}
