package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code + - *} of numbers, and what they mean for dates, timestamps and intervals. */
final class Arithmetic extends Described implements ScalarFunction {
    private final Operator operator;
    private final boolean attempt;

    private Arithmetic(String name, String signature, String doc, String example, Operator operator, boolean attempt) {
        super(name, signature, doc, example);
        this.operator = operator;
        this.attempt = attempt;
    }

    static final List<Arithmetic> ALL = List.of(
            new Arithmetic(
                    "+", "a + b", "The sum; of a time and an interval, a later time.", "1 + 2.5", Operator.ADD, false),
            new Arithmetic(
                    "-", "a - b", "The difference; of two times, an interval.", "3 - 1", Operator.SUBTRACT, false),
            new Arithmetic("*", "a * b", "The product.", "6 * 7", Operator.MULTIPLY, false),
            new Arithmetic(
                    "try_add",
                    "try_add(a, b)",
                    "The sum, or NULL if it does not fit.",
                    "try_add(2147483647, 1)",
                    Operator.ADD,
                    true),
            new Arithmetic(
                    "try_subtract",
                    "try_subtract(a, b)",
                    "The difference, or NULL if it does not fit.",
                    "try_subtract(5, 3)",
                    Operator.SUBTRACT,
                    true),
            new Arithmetic(
                    "try_multiply",
                    "try_multiply(a, b)",
                    "The product, or NULL if it does not fit.",
                    "try_multiply(2147483647, 2)",
                    Operator.MULTIPLY,
                    true));

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        Typed left = arguments.get(0);
        Typed right = arguments.get(1);
        boolean nullable = left.nullable() || right.nullable();
        Signature times = TimeArithmetic.resolve(operator, left.type(), right.type(), nullable || attempt);
        if (times != null) {
            return times;
        }
        return numbers(arguments, context, (a, b) -> decimal(a, b), nullable);
    }

    /** Precision and scale of a result. */
    interface DecimalRule {
        DataType.Decimal of(DataType.Decimal left, DataType.Decimal right);
    }

    private DataType.Decimal decimal(DataType.Decimal left, DataType.Decimal right) {
        if (operator == Operator.MULTIPLY) {
            return Coercion.adjusted(left.precision() + right.precision() + 1, left.scale() + right.scale());
        }
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return Coercion.adjusted(whole + scale + 1, scale);
    }

    private Signature numbers(List<Typed> arguments, EvalContext context, DecimalRule rule, boolean nullable) {
        Signature signature = numeric(arguments, context, rule);
        boolean mayBeNull = nullable
                || attempt && !signature.result().isFractional()
                || signature.result() instanceof DataType.Decimal && (attempt || !context.ansi())
                || lossy(arguments.get(0).type(), signature.parameters().get(0))
                || lossy(arguments.get(1).type(), signature.parameters().get(1));
        return new Signature(signature.parameters(), signature.result(), mayBeNull);
    }

    /** Whether a whole number becomes a decimal that not all of its type fit into, as a constant does. */
    private static boolean lossy(DataType type, DataType parameter) {
        return type.isIntegral()
                && parameter instanceof DataType.Decimal decimal
                && decimal.precision() - decimal.scale()
                        < Coercion.decimalOf(type).precision();
    }

    /** Spark's types of an operation on two numbers: both widened, or both decimals. */
    static Signature numeric(List<Typed> arguments, EvalContext context, DecimalRule rule) {
        DataType left = number(arguments, 0, context);
        DataType right = number(arguments, 1, context);
        if ((left instanceof DataType.Decimal || right instanceof DataType.Decimal)
                && !left.isFractional()
                && !right.isFractional()) {
            DataType.Decimal a =
                    left.isIntegral() ? Coercion.decimalOf(retyped(arguments.get(0), left)) : Coercion.decimalOf(left);
            DataType.Decimal b = right.isIntegral()
                    ? Coercion.decimalOf(retyped(arguments.get(1), right))
                    : Coercion.decimalOf(right);
            return new Signature(List.of(a, b), rule.of(a, b), true);
        }
        DataType common = Coercion.common(left, right, context.ansi()).orElseThrow();
        return new Signature(List.of(common, common), common, true);
    }

    private static Typed retyped(Typed typed, DataType type) {
        return typed.type().equals(type) ? typed : new Typed.Input(0, type, true);
    }

    private static DataType number(List<Typed> arguments, int index, EvalContext context) {
        DataType type = arguments.get(index).type();
        DataType other = arguments.get(1 - index).type();
        if (type.isNumeric()) {
            return type;
        }
        if (type == DataType.VOID) {
            return other.isNumeric() ? other : DataType.DOUBLE;
        }
        if (type == DataType.STRING) {
            return context.ansi() && other.isIntegral() ? DataType.BIGINT : DataType.DOUBLE;
        }
        throw new TypeMismatch("needs numbers, not " + type, index);
    }

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi() && !attempt && !result.isFractional();
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        Overflow overflow = Overflow.of(context, attempt);
        if (!left.isNumeric() || !right.isNumeric()) {
            return TimeArithmetic.bind(operator, left, right, result, context, overflow);
        }
        if (result instanceof DataType.Decimal decimal) {
            return DecimalArithmetic.bind(
                    operator, (DataType.Decimal) left, (DataType.Decimal) right, decimal, overflow);
        }
        if (result == DataType.BIGINT) {
            return new WholeArithmetic.Longs(operator, overflow);
        }
        return result.isIntegral()
                ? new WholeArithmetic.Ints(operator, overflow, result)
                : new RealArithmetic(operator, result == DataType.FLOAT);
    }
}
