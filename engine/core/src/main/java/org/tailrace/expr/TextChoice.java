package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Vector;

/**
 * Puts texts together out of several vectors, as {@link Choice} does, but stays in codes where each of them is of codes or
 * constant: the dictionaries are laid one behind the other, once for all threads of the query, and a row's code is moved by
 * where its dictionary begins.
 */
public final class TextChoice {
    /** Larger ones together are not worth it. */
    private static final int MOST_ENTRIES = 1 << 16;

    private record Key(Object expression) {}

    private final DictionaryResults.Made<Dictionary> shared;
    private List<Dictionary> parts = List.of();
    private @Nullable Dictionary joined;
    private long rowsSeen;
    private int[][] codes = new int[0][];
    private int[] offsets = new int[0];
    private int[] bases = new int[0];

    /** @param expression what the texts are chosen by; equal ones share the joined dictionaries */
    public TextChoice(Object expression, EvalContext context) {
        shared = context.dictionaries().of(new Key(expression));
    }

    /** As {@link Choice#take}; a source that no row takes may be null. */
    public void take(@Nullable Vector[] sources, int[] which, int[] at, int count, BytesVector out) {
        Dictionary all = count == 0 || out.type != DataType.STRING ? null : join(sources, count);
        if (all == null) {
            Choice.spell(sources, which, at, count, out);
            return;
        }
        out.prepareCodes(count, all);
        int[] into = out.codes;
        boolean nulls = false;
        for (Vector source : sources) {
            nulls |= source != null && source.validity != null;
        }
        for (int i = 0; i < count; i++) {
            int source = which[i];
            if (source < 0) {
                nulls = true;
                into[i] = 0;
            } else {
                into[i] = bases[source] + codes[source][offsets[source] + at[i]];
            }
        }
        if (nulls) {
            Choice.markNulls(sources, which, at, count, out);
        }
    }

    /** The dictionary of all sources, with {@link #bases} and codes for each; null if there is none. */
    private @Nullable Dictionary join(@Nullable Vector[] sources, int count) {
        if (bases.length < sources.length) {
            bases = new int[sources.length];
            offsets = new int[sources.length];
            codes = new int[sources.length][];
        }
        var found = new ArrayList<Dictionary>(sources.length);
        var begins = new ArrayList<Integer>(sources.length);
        int entries = 0;
        for (int i = 0; i < sources.length; i++) {
            Vector source = sources[i];
            if (source == null) {
                continue;
            }
            var texts = (BytesVector) source;
            Dictionary values = texts.dictionary;
            if (values == null && texts.nullCount() == texts.size) {
                // NULL in every row: any code will do.
                codes[i] = new int[texts.size];
                offsets[i] = 0;
                bases[i] = 0;
                continue;
            }
            if (values == null) {
                return null;
            }
            int known = found.indexOf(values);
            if (known < 0) {
                known = found.size();
                found.add(values);
                begins.add(entries);
                entries += values.size();
            }
            bases[i] = begins.get(known);
            codes[i] = texts.codes;
            offsets[i] = texts.offset;
        }
        if (found.isEmpty() || entries > MOST_ENTRIES) {
            return null;
        }
        return found.size() == 1 ? found.get(0) : joined(found, entries, count);
    }

    private @Nullable Dictionary joined(List<Dictionary> found, int entries, int count) {
        if (!found.equals(parts)) {
            parts = List.copyOf(found);
            rowsSeen = 0;
            joined = shared.find(parts);
        }
        Dictionary all = joined;
        if (all == null) {
            rowsSeen += count;
            if (rowsSeen * 2 >= entries) {
                List<Dictionary> from = parts;
                all = shared.make(from, () -> Dictionary.join(from));
                joined = all;
            }
        }
        return all;
    }
}
