package org.tailrace.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.error.Nearest;

/** The functions that there are, by name and synonym, case ignored. Immutable. */
public final class FunctionTable {
    private final List<Function> all;
    private final Map<String, Function> byName = new HashMap<>();

    /** @throws IllegalArgumentException if two functions share a name */
    public FunctionTable(Collection<? extends Function> functions) {
        all = List.copyOf(functions);
        for (Function function : all) {
            for (String name : function.names()) {
                if (byName.put(name, function) != null) {
                    throw new IllegalArgumentException("two functions are called " + name);
                }
            }
        }
    }

    public Optional<Function> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isAggregate(String name) {
        return find(name).filter(AggregateFunction.class::isInstance).isPresent();
    }

    public boolean isGenerator(String name) {
        return find(name).filter(GeneratorFunction.class::isInstance).isPresent();
    }

    /** Every function, in the order of the table. */
    public List<Function> all() {
        return all;
    }

    /** Names and synonyms that are words, not operators, in order of the alphabet. */
    public List<String> names() {
        return byName.keySet().stream()
                .filter(name -> Character.isLetter(name.charAt(0)) && name.indexOf(' ') < 0)
                .sorted()
                .toList();
    }

    /** Names that a misspelt one may have meant, best first. */
    public List<String> nearest(String name) {
        return new ArrayList<>(Nearest.several(name, names(), 3));
    }
}
