package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The elements of one batch of a DStream: immutable, in order. Functions run at once, on this machine. */
public record Rdd<T>(List<T> elements) {
    public Rdd {
        elements = List.copyOf(elements);
    }

    public long count() {
        return elements.size();
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public List<T> collect() {
        return elements;
    }

    public List<T> take(int n) {
        return elements.subList(0, Math.min(n, elements.size()));
    }

    public <R> Rdd<R> map(Fn<T, R> function) throws Exception {
        var results = new ArrayList<R>(elements.size());
        for (T element : elements) {
            results.add(function.apply(element));
        }
        return new Rdd<>(results);
    }

    public <R> Rdd<R> flatMap(Fn<T, Iterable<R>> function) throws Exception {
        var results = new ArrayList<R>();
        for (T element : elements) {
            function.apply(element).forEach(results::add);
        }
        return new Rdd<>(results);
    }

    public Rdd<T> filter(Fn<T, Boolean> test) throws Exception {
        var results = new ArrayList<T>();
        for (T element : elements) {
            if (test.apply(element)) {
                results.add(element);
            }
        }
        return new Rdd<>(results);
    }

    public Optional<T> reduce(Fn2<T, T, T> function) throws Exception {
        T result = null;
        for (T element : elements) {
            result = result == null ? element : function.apply(result, element);
        }
        return Optional.ofNullable(result);
    }

    public Rdd<T> union(Rdd<T> other) {
        var all = new ArrayList<>(elements);
        all.addAll(other.elements);
        return new Rdd<>(all);
    }

    public Rdd<T> distinct() {
        return new Rdd<>(List.copyOf(new LinkedHashSet<>(elements)));
    }

    public <C extends Comparable<C>> Rdd<T> sortBy(Fn<T, C> key) throws Exception {
        var pairs = new ArrayList<Pair<C, T>>();
        for (T element : elements) {
            pairs.add(new Pair<>(key.apply(element), element));
        }
        pairs.sort((left, right) -> left.key().compareTo(right.key()));
        return new Rdd<>(pairs.stream().map(Pair::value).toList());
    }

    /** Shown as its first ten elements. */
    @Override
    public String toString() {
        String first = take(10).toString();
        return count() <= 10 ? first : first.substring(0, first.length() - 1) + ", … of " + count() + "]";
    }
}
