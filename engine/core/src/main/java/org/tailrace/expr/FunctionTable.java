package org.tailrace.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.Nearest;

/**
 * The functions that there are, by name and synonym, case ignored. The names are known from the beginning; functions are made
 * family by family, when one of a family is first asked for, as making all of them takes a good part of a session's start.
 */
public final class FunctionTable {

    /** Functions that are made together. */
    public static final class Family {
        private final List<String> names;
        private final Supplier<? extends List<? extends Function>> maker;
        private @Nullable List<Function> made;

        /** @param names those of all its functions and their synonyms, separated by commas */
        public Family(String names, Supplier<? extends List<? extends Function>> maker) {
            this.names = List.of(names.split(","));
            this.maker = maker;
        }

        private synchronized List<Function> functions() {
            List<Function> functions = made;
            if (functions == null) {
                functions = List.copyOf(maker.get());
                Set<String> real =
                        functions.stream().flatMap(f -> f.names().stream()).collect(Collectors.toSet());
                if (!real.equals(Set.copyOf(names))) {
                    throw new IllegalStateException("a family said to be " + names + " is " + real);
                }
                made = functions;
            }
            return functions;
        }
    }

    private final List<Family> families;
    private final Map<String, Family> byName = new HashMap<>();

    /** @throws IllegalArgumentException if two functions share a name */
    public FunctionTable(Family... families) {
        this.families = List.copyOf(Arrays.asList(families));
        for (Family family : families) {
            for (String name : family.names) {
                if (byName.put(name, family) != null) {
                    throw new IllegalArgumentException("two functions are called " + name);
                }
            }
        }
    }

    public Optional<Function> find(String name) {
        String known = name.toLowerCase(Locale.ROOT);
        Family family = byName.get(known);
        if (family != null) {
            for (Function function : family.functions()) {
                if (function.names().contains(known)) {
                    return Optional.of(function);
                }
            }
        }
        return Optional.empty();
    }

    public boolean isAggregate(String name) {
        return find(name).filter(AggregateFunction.class::isInstance).isPresent();
    }

    public boolean isGenerator(String name) {
        return find(name).filter(GeneratorFunction.class::isInstance).isPresent();
    }

    /** Every function, in the order of the table. */
    public List<Function> all() {
        var all = new ArrayList<Function>();
        families.forEach(family -> all.addAll(family.functions()));
        return all;
    }

    /** Names and synonyms that are words, not operators, in order of the alphabet. */
    public List<String> names() {
        var words = new TreeSet<String>();
        for (String name : byName.keySet()) {
            if (Character.isLetter(name.charAt(0)) && name.indexOf(' ') < 0) {
                words.add(name);
            }
        }
        return List.copyOf(words);
    }

    /** Names that a misspelt one may have meant, best first. */
    public List<String> nearest(String name) {
        return new ArrayList<>(Nearest.several(name, names(), 3));
    }
}
