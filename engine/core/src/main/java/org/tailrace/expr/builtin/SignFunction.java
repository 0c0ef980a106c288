package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code -x}, {@code +x}, {@code ~x}, {@code abs} and {@code sign}: of the argument's own type. */
final class SignFunction extends Described implements ScalarFunction {
    private enum Kind {
        NEGATIVE,
        POSITIVE,
        ABSOLUTE,
        SIGN,
        COMPLEMENT
    }

    static final List<SignFunction> ALL = List.of(
            new SignFunction("negative", "-x", "The number with the other sign.", "negative(1)", Kind.NEGATIVE),
            new SignFunction("positive", "+x", "The number itself.", "positive(1)", Kind.POSITIVE),
            new SignFunction("abs", "abs(x)", "The number without its sign.", "abs(-1)", Kind.ABSOLUTE),
            new SignFunction("sign signum", "sign(x)", "-1.0, 0.0 or 1.0.", "sign(-40)", Kind.SIGN),
            new SignFunction("~", "~x", "The number with every bit turned.", "~0", Kind.COMPLEMENT));

    private final Kind kind;

    private SignFunction(String names, String signature, String doc, String example, Kind kind) {
        super(names, signature, doc, example);
        this.kind = kind;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        DataType type = arguments.get(0).type();
        boolean nullable = arguments.get(0).nullable();
        if (type == DataType.STRING || type == DataType.VOID) {
            type = DataType.DOUBLE;
        }
        boolean interval = type instanceof DataType.DayTimeInterval || type instanceof DataType.YearMonthInterval;
        if (!type.isNumeric() && !(interval && kind != Kind.COMPLEMENT)) {
            throw new TypeMismatch("needs a number, not " + type, 0);
        }
        if (kind == Kind.COMPLEMENT && !type.isIntegral()) {
            throw new TypeMismatch("needs a whole number, not " + type, 0);
        }
        if (kind == Kind.SIGN) {
            return new Signature(List.of(interval ? type : DataType.DOUBLE), DataType.DOUBLE, nullable || !interval);
        }
        return new Signature(List.of(type), type, nullable);
    }

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi()
                && (kind == Kind.NEGATIVE || kind == Kind.ABSOLUTE)
                && !result.isFractional()
                && !(result instanceof DataType.Decimal);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        if (type instanceof DataType.Decimal) {
            return Strict.kernel((v, i, out) -> {
                var value = Decimals.get(v[0], i);
                Decimals.set(
                        out, i, kind == Kind.NEGATIVE ? value.negate() : kind == Kind.ABSOLUTE ? value.abs() : value);
            });
        }
        if (type.isFractional()) {
            return Strict.kernel((v, i, out) -> {
                double x = Cell.real(v[0], i);
                Cell.put(
                        out,
                        i,
                        kind == Kind.NEGATIVE
                                ? -x
                                : kind == Kind.ABSOLUTE ? Math.abs(x) : kind == Kind.SIGN ? Math.signum(x) : x);
            });
        }
        if (kind == Kind.SIGN) {
            return Strict.kernel((v, i, out) -> Cell.put(out, i, (double) Long.signum(Cell.whole(v[0], i))));
        }
        boolean ansi = context.ansi();
        return Strict.kernel((v, i, out) -> {
            long x = Cell.whole(v[0], i);
            long y =
                    kind == Kind.NEGATIVE ? -x : kind == Kind.ABSOLUTE ? Math.abs(x) : kind == Kind.COMPLEMENT ? ~x : x;
            boolean changes = kind == Kind.NEGATIVE || kind == Kind.ABSOLUTE;
            boolean lost = changes && (out instanceof LongVector ? x == Long.MIN_VALUE : narrow(type, y) != y);
            if (lost && ansi) {
                throw Errors.overflow(type, "");
            }
            Cell.put(out, i, out instanceof LongVector ? y : narrow(type, y));
        });
    }

    private static long narrow(DataType type, long value) {
        return type == DataType.TINYINT ? (byte) value : type == DataType.SMALLINT ? (short) value : (int) value;
    }
}
