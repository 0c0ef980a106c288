package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * A call with one argument that varies, a text. Where the text comes as codes into a dictionary, the kernel runs once per
 * code that occurs; the results are kept as long as the dictionary stays the same. Results that are texts leave as codes
 * again, so that a call around this one is as cheap.
 */
final class DictionaryEvaluator implements Evaluator {
    /** Beyond this many results kept, a dictionary's rows are computed as they come. */
    private static final int MOST_KEPT = 1 << 16;

    private final Evaluator[] evaluators;
    private final int varying;
    private final ScalarFunction.Kernel kernel;
    private final Vector[] arguments;
    private final BytesVector fresh = new BytesVector(DataType.STRING);
    private final Vector computed;
    private final Vector result;
    /** Of each distinct code met, and of NULL, in order of meeting. */
    private Vector kept;

    /** What is in {@link #kept}, if that is texts; null once there is more. */
    private @Nullable Dictionary keptTexts;

    private @Nullable Dictionary dictionary;
    /** By code: one more than its row in {@link #kept}; 0 if not met yet. */
    private int[] slots = new int[0];

    private int nullSlot;
    private int[] codes = new int[0];
    private int[] rowsKept = new int[0];

    DictionaryEvaluator(Evaluator[] evaluators, int varying, ScalarFunction.Kernel kernel, DataType type) {
        this.evaluators = evaluators;
        this.varying = varying;
        this.kernel = kernel;
        arguments = new Vector[evaluators.length];
        computed = Vector.create(type);
        result = Vector.create(type);
        kept = Vector.create(type);
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        var text = (BytesVector) evaluators[varying].evaluate(rows);
        Dictionary values = text.dictionary;
        if (values == null || values.size() > MOST_KEPT) {
            call(text, rows.size, result);
            return result;
        }
        if (values != dictionary) {
            dictionary = values;
            slots = new int[values.size()];
            nullSlot = 0;
            kept = Vector.create(result.type);
            keptTexts = null;
        }
        meet(text, values, rows.size);
        if (result instanceof BytesVector texts && rows.size > 0) {
            code(texts, (BytesVector) kept, rows.size);
        } else {
            result.gather(kept, rowsKept, rows.size);
        }
        return result;
    }

    private void code(BytesVector texts, BytesVector of, int count) {
        Dictionary values = keptTexts;
        if (values == null) {
            values = of.toDictionary();
            keptTexts = values;
        }
        texts.prepareCodes(count, values);
        System.arraycopy(rowsKept, 0, texts.codes, 0, count);
        for (int i = 0; of.validity != null && i < count; i++) {
            if (of.isNull(rowsKept[i])) {
                texts.setNull(i);
            }
        }
    }

    private void meet(BytesVector text, Dictionary values, int count) {
        codes = Rows.room(codes, count + 1);
        rowsKept = Rows.room(rowsKept, count);
        int found = 0;
        int next = kept.size;
        boolean nulls = text.validity != null;
        for (int i = 0; i < count; i++) {
            if (nulls && text.isNull(i)) {
                continue;
            }
            int code = text.codes[text.offset + i];
            int slot = slots[code];
            if (slot == 0) {
                slot = ++next;
                slots[code] = slot;
                codes[found++] = code;
            }
            rowsKept[i] = slot - 1;
        }
        boolean newNull = nulls && nullSlot == 0 && text.nullCount() > 0;
        if (newNull) {
            nullSlot = ++next;
        }
        for (int i = 0; nulls && i < count; i++) {
            rowsKept[i] = text.isNull(i) ? nullSlot - 1 : rowsKept[i];
        }
        if (found + (newNull ? 1 : 0) == 0) {
            return;
        }
        int fill = found + (newNull ? 1 : 0);
        fresh.prepareCodes(fill, values);
        System.arraycopy(codes, 0, fresh.codes, 0, found);
        if (newNull) {
            fresh.codes[found] = 0;
            fresh.setNull(found);
        }
        try {
            call(fresh, fill, computed);
        } catch (RuntimeException e) {
            dictionary = null;
            throw e;
        }
        for (int i = 0; i < fill; i++) {
            kept.append(computed, i);
        }
        keptTexts = null;
    }

    private void call(BytesVector text, int count, Vector out) {
        for (int i = 0; i < evaluators.length; i++) {
            arguments[i] = i == varying ? text : ((ConstantEvaluator) evaluators[i]).of(count);
        }
        kernel.evaluate(arguments, count, out);
    }
}
