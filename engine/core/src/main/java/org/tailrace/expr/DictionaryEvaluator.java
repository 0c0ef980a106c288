package org.tailrace.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;

/**
 * An expression that reads one column, a text. Where the text comes as codes into a dictionary, the expression is evaluated
 * once for each entry, for all threads of the query, and a row is a look-up by its code. Results that are texts leave as the
 * same codes into a dictionary of the results, which costs a row nothing.
 *
 * <p>That is done once as many rows have come as half of the dictionary has entries, so that a large one does not cost more
 * than the rows do. Where an entry fails, it may be one that no row has: then the rows are evaluated as they come.
 */
final class DictionaryEvaluator implements Evaluator {
    /** Larger dictionaries are not evaluated as a whole. */
    private static final int MOST_ENTRIES = 1 << 16;

    /**
     * @param values by code, and of NULL behind them if {@code withNull}; null if that failed
     * @param texts the same as a dictionary, if they are texts
     */
    private record Results(
            @Nullable Column values, @Nullable Dictionary texts, boolean withNull) {}

    private final Evaluator expression;
    private final int column;
    private final DictionaryResults.Made<Results> shared;
    private final DictionaryResults.Made<Results> sharedWithNull;
    private final Vector result;
    private final Vector values;

    private @Nullable Dictionary dictionary;
    /** Rows seen that came with {@link #dictionary}. */
    private long rowsSeen;

    private @Nullable Results made;
    private int[] codes = new int[0];

    private record WithNull(Typed expression) {}

    /** @param column the one that is read */
    DictionaryEvaluator(Evaluator expression, Typed typed, int column, EvalContext context) {
        this.expression = expression;
        this.column = column;
        shared = context.dictionaries().of(typed);
        sharedWithNull = context.dictionaries().of(new WithNull(typed));
        result = Vector.create(typed.type());
        values = Vector.create(typed.type());
    }

    /** Whether the next evaluation of these rows will look up results, so that it is cheap and cannot fail. */
    boolean ready(VectorBatch rows) {
        var text = (BytesVector) rows.columns[column];
        Dictionary entries = text.dictionary;
        if (entries == null || entries.size() == 0 || entries.size() > MOST_ENTRIES || rows.size == 0) {
            return false;
        }
        if (entries != dictionary) {
            dictionary = entries;
            rowsSeen = 0;
            made = null;
        }
        boolean nulls = text.validity != null && text.nullCount() > 0;
        Results results = made;
        if (results == null || nulls && !results.withNull) {
            results = results(entries, nulls, rows.size);
            made = results;
        }
        return results != null && results.values != null;
    }

    private @Nullable Results results(Dictionary entries, boolean nulls, int rows) {
        var from = List.of(entries);
        DictionaryResults.Made<Results> kept = nulls ? sharedWithNull : shared;
        Results found = kept.find(from);
        if (found == null) {
            rowsSeen += rows;
            if (rowsSeen * 2 >= entries.size()) {
                found = kept.make(from, () -> evaluate(entries, nulls));
            }
        }
        if (found != null && found.values != null) {
            values.view(found.values, 0, found.values.size());
        }
        return found;
    }

    private Results evaluate(Dictionary entries, boolean withNull) {
        int count = entries.size() + (withNull ? 1 : 0);
        var text = new BytesVector(DataType.STRING);
        text.prepareCodes(count, entries);
        for (int code = 0; code < entries.size(); code++) {
            text.codes[code] = code;
        }
        if (withNull) {
            text.codes[count - 1] = 0;
            text.setNull(count - 1);
        }
        var rows = new VectorBatch(new Vector[column + 1]);
        rows.columns[column] = text;
        rows.size = count;
        try {
            Vector all = expression.evaluate(rows);
            Dictionary texts = all instanceof BytesVector bytes ? bytes.toDictionary() : null;
            return new Results(all.toColumn(), texts, withNull);
        } catch (DataException e) {
            return new Results(null, null, withNull);
        }
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        if (!ready(rows)) {
            return expression.evaluate(rows);
        }
        var text = (BytesVector) rows.columns[column];
        Dictionary texts = java.util.Objects.requireNonNull(made).texts;
        boolean nulls = text.validity != null && text.nullCount() > 0;
        if (texts != null && !nulls && values.validity == null) {
            ((BytesVector) result).recode(text, texts);
            return result;
        }
        codes = Rows.room(codes, rows.size);
        System.arraycopy(text.codes, text.offset, codes, 0, rows.size);
        if (nulls) {
            int ofNull = values.size - 1;
            for (int i = 0; i < rows.size; i++) {
                codes[i] = text.isNull(i) ? ofNull : codes[i];
            }
        }
        if (texts != null) {
            code((BytesVector) result, texts, rows.size);
        } else {
            result.gather(values, codes, rows.size);
        }
        return result;
    }

    private void code(BytesVector out, Dictionary texts, int count) {
        out.prepareCodes(count, texts);
        System.arraycopy(codes, 0, out.codes, 0, count);
        for (int i = 0; values.validity != null && i < count; i++) {
            if (values.isNull(codes[i])) {
                out.setNull(i);
            }
        }
    }
}
