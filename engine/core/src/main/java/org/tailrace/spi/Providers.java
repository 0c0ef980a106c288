package org.tailrace.spi;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** Finds connectors by kind on a class loader, each time anew: jars arrive while a notebook runs. */
public final class Providers {
    private Providers() {}

    /** @throws PlanException TR-401 if no connector has that kind */
    public static SourceProvider source(String kind, ClassLoader loader) {
        return find("source", kind, byKind(ServiceLoader.load(SourceProvider.class, loader), SourceProvider::kinds));
    }

    /** @throws PlanException TR-401 if no connector has that kind */
    public static SinkProvider sink(String kind, ClassLoader loader) {
        return find("sink", kind, byKind(ServiceLoader.load(SinkProvider.class, loader), SinkProvider::kinds));
    }

    private static <T> Map<String, T> byKind(Iterable<T> providers, Function<T, Collection<String>> kinds) {
        var all = new TreeMap<String, T>();
        for (T provider : providers) {
            kinds.apply(provider).forEach(kind -> all.putIfAbsent(kind.toLowerCase(Locale.ROOT), provider));
        }
        return all;
    }

    private static <T> T find(String what, String kind, Map<String, T> all) {
        T found = all.get(kind.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new PlanException(Problem.of("TR-401", "no " + what + " of kind '" + kind + "'")
                    .have(String.join(", ", all.keySet()))
                    .fix(Nearest.question(kind, all.keySet())));
        }
        return found;
    }
}
