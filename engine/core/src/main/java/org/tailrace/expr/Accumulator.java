package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

/**
 * The states of one aggregate for all groups, kept in arrays indexed by dense group ids. Adding is by row and must
 * allocate nothing per row. One thread at a time.
 */
public interface Accumulator {

    /** Makes room for groups {@code 0 .. groups-1}; new ones are empty. Never shrinks. */
    void ensureGroups(int groups);

    /** Makes a group empty again. */
    void reset(int group);

    /** Adds row i to group {@code groups[i]}, for i below {@code count}. NULL arguments are the function's business. */
    void add(int[] groups, Vector[] arguments, int count);

    /** As {@link #add} where all of {@code groups} are the same one, as in an aggregation without keys. */
    default void addAll(int[] groups, Vector[] arguments, int count) {
        add(groups, arguments, count);
    }

    /** Takes row i out of {@code groups[i]} again; only if {@link #retractable}. */
    default void retract(int[] groups, Vector[] arguments, int count) {
        throw new IllegalStateException("not retractable");
    }

    /** Exact and invertible: counts, and sums of integers and decimals. */
    default boolean retractable() {
        return false;
    }

    /** Merges group {@code from[i]} of {@code other}, an accumulator of the same call, into group {@code into[i]}. */
    void merge(int[] into, Accumulator other, int[] from, int count);

    /** Takes group {@code from[i]} of {@code other} out of {@code into[i]}; only if {@link #retractable}. */
    default void unmerge(int[] into, Accumulator other, int[] from, int count) {
        throw new IllegalStateException("not retractable");
    }

    /** Writes the results of {@code groups} into {@code result}, which this prepares. Leaves the states as they are. */
    void result(int[] groups, int count, Vector result);

    /** The columns of a state in the state log. */
    List<DataType> stateTypes();

    /** Appends the states of {@code groups} to {@code state}, one vector per state type. */
    void save(int[] groups, int count, Vector[] state);

    /** Replaces the state of {@code groups[i]} by row i of {@code state}. */
    void load(int[] groups, Vector[] state, int count);
}
