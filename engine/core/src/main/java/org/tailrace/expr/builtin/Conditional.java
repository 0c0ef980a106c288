package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Rewriting;
import org.tailrace.expr.Typed;

/** Functions that are short for a CASE. */
final class Conditional extends Described implements Rewriting {
    static final Conditional IF = new Conditional(
            "if",
            "if(condition, then, otherwise)",
            "The second argument where the condition holds, else the third.",
            "if(1 < 2, 'a', 'b')");
    static final Conditional NVL2 = new Conditional(
            "nvl2",
            "nvl2(value, then, otherwise)",
            "The second argument where the first is not NULL, else the third.",
            "nvl2(NULL, 1, 2)");
    static final Conditional NULLIF = new Conditional(
            "nullif", "nullif(a, b)", "NULL where the arguments are equal, else the first.", "nullif(2, 2)");

    private Conditional(String names, String signature, String doc, String example) {
        super(names, signature, doc, example);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        int wanted = this == NULLIF ? 2 : 3;
        if (arguments.size() != wanted) {
            throw TypeMismatch.wrongNumber(wanted + " arguments", arguments.size());
        }
        if (this == NULLIF) {
            DataType type = Comparison.equality(arguments.get(0), arguments.get(1), context);
            return new Signature(List.of(type, type), type, true);
        }
        DataType first = arguments.get(0).type();
        if (this == IF && first != DataType.BOOLEAN && first != DataType.VOID) {
            throw new TypeMismatch("needs a condition, not " + first, 0);
        }
        DataType type = Coalesce.commonType(arguments, 1, context);
        return new Signature(
                List.of(this == IF ? DataType.BOOLEAN : first, type, type),
                type,
                arguments.get(1).nullable() || arguments.get(2).nullable());
    }

    @Override
    public Typed rewrite(List<Typed> arguments, DataType result, boolean nullable) {
        Typed first = arguments.get(0);
        Typed condition = this == IF
                ? first
                : this == NVL2
                        ? new Typed.Apply(NullTest.IS_NOT_NULL, List.of(first), DataType.BOOLEAN, false)
                        : new Typed.Apply(
                                Comparison.EQUAL,
                                arguments,
                                DataType.BOOLEAN,
                                first.nullable() || arguments.get(1).nullable());
        var branches = new ArrayList<Typed.Case.When>();
        branches.add(
                new Typed.Case.When(condition, this == NULLIF ? new Typed.Constant(null, result) : arguments.get(1)));
        return new Typed.Case(branches, Optional.of(this == NULLIF ? first : arguments.get(2)), result, nullable);
    }
}
