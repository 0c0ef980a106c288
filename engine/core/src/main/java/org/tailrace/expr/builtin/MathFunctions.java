package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Function;

/** Functions of numbers. */
final class MathFunctions {
    /** The bits of one of Spark's bitmaps. */
    private static final long BITMAP = 8 * 4096;

    private MathFunctions() {}

    static List<Function> all() {
        var all = new ArrayList<Function>();
        reals(all);
        logarithms(all);
        bits(all);
        others(all);
        all.addAll(Rounding.ALL);
        all.addAll(SignFunction.ALL);
        all.add(new Extremum("greatest", "The greatest value; NULLs are passed over.", true));
        all.add(new Extremum("least", "The least value; NULLs are passed over.", false));
        all.addAll(RandomFunction.ALL);
        return all;
    }

    private static void real(List<Function> all, String names, String doc, String example, DoubleUnaryOperator f) {
        String name = names.split(" ")[0];
        all.add(Strict.of(
                names,
                name + "(x double) -> double?",
                doc,
                example,
                (v, i, out) -> ((DoubleVector) out).values[i] = f.applyAsDouble(Cell.real(v[0], i))));
    }

    private static void pair(List<Function> all, String names, String doc, String example, DoubleBinaryOperator f) {
        String name = names.split(" ")[0];
        all.add(Strict.of(
                names,
                name + "(a double, b double) -> double",
                doc,
                example,
                (v, i, out) ->
                        ((DoubleVector) out).values[i] = f.applyAsDouble(Cell.real(v[0], i), Cell.real(v[1], i))));
    }

    private static void reals(List<Function> all) {
        real(all, "sqrt", "The square root; NaN of a negative number.", "sqrt(4)", Math::sqrt);
        real(all, "cbrt", "The cube root.", "cbrt(27.0)", Math::cbrt);
        real(all, "exp", "e to a power.", "exp(0)", StrictMath::exp);
        real(all, "expm1", "e to a power, less 1.", "expm1(0)", StrictMath::expm1);
        real(all, "sin", "The sine of an angle in radians.", "sin(0)", Math::sin);
        real(all, "cos", "The cosine.", "cos(0)", Math::cos);
        real(all, "tan", "The tangent.", "tan(0)", Math::tan);
        real(all, "cot", "The cotangent.", "round(cot(1), 9)", x -> 1 / Math.tan(x));
        real(all, "sec", "The secant.", "sec(0)", x -> 1 / Math.cos(x));
        real(all, "csc", "The cosecant.", "round(csc(1), 9)", x -> 1 / Math.sin(x));
        real(all, "asin", "The angle of a sine.", "asin(0)", Math::asin);
        real(all, "acos", "The angle of a cosine.", "acos(1)", Math::acos);
        real(all, "atan", "The angle of a tangent.", "atan(0)", Math::atan);
        real(all, "sinh", "The hyperbolic sine.", "sinh(0)", Math::sinh);
        real(all, "cosh", "The hyperbolic cosine.", "cosh(0)", Math::cosh);
        real(all, "tanh", "The hyperbolic tangent.", "tanh(0)", Math::tanh);
        real(all, "asinh", "The inverse of the hyperbolic sine.", "asinh(0)", MathFunctions::asinh);
        real(
                all,
                "acosh",
                "The inverse of the hyperbolic cosine.",
                "acosh(1)",
                x -> Math.log(x + Math.sqrt(x * x - 1)));
        real(
                all,
                "atanh",
                "The inverse of the hyperbolic tangent.",
                "atanh(0)",
                x -> 0.5 * (Math.log1p(x) - Math.log1p(-x)));
        real(all, "degrees", "Degrees of an angle in radians.", "degrees(3.141592653589793)", Math::toDegrees);
        real(all, "radians", "Radians of an angle in degrees.", "radians(180)", Math::toRadians);
        real(all, "rint", "The nearest whole number, as a double; of two, the even one.", "rint(12.3456)", Math::rint);
        pair(all, "pow power", "The first number to the power of the second.", "pow(2, 3)", StrictMath::pow);
        pair(all, "atan2", "The angle of a point.", "atan2(0, 1)", StrictMath::atan2);
        pair(all, "hypot", "The length of a hypotenuse.", "hypot(3, 4)", Math::hypot);
        all.add(Strict.of("pi", "pi() -> double", "The number pi.", "pi()", (v, i, out) -> Cell.put(out, i, Math.PI)));
        all.add(Strict.of("e", "e() -> double", "The number e.", "e()", (v, i, out) -> Cell.put(out, i, Math.E)));
        all.add(Strict.of(
                "isnan",
                "isnan(x double) -> boolean!",
                "Whether a double is not a number; FALSE of NULL.",
                "isnan(cast('NaN' as double))",
                (v, i, out) -> Cell.put(out, i, Double.isNaN(Cell.real(v[0], i)))));
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }

    private static void logarithm(
            List<Function> all, String names, String doc, String example, double above, DoubleUnaryOperator f) {
        String name = names.split(" ")[0];
        all.add(Strict.of(
                names,
                name + "(x double) -> double?",
                doc + " NULL of " + (above == 0 ? "zero and less." : "-1 and less."),
                example,
                (v, i, out) -> {
                    double x = Cell.real(v[0], i);
                    if (x <= above) {
                        out.setNull(i);
                    } else {
                        Cell.put(out, i, f.applyAsDouble(x));
                    }
                }));
    }

    private static void logarithms(List<Function> all) {
        logarithm(all, "ln", "The natural logarithm.", "ln(1)", 0, StrictMath::log);
        logarithm(all, "log10", "The logarithm to base 10.", "log10(10)", 0, StrictMath::log10);
        logarithm(all, "log2", "The logarithm to base 2.", "log2(2)", 0, x -> StrictMath.log(x) / StrictMath.log(2));
        logarithm(all, "log1p", "The natural logarithm of 1 more.", "log1p(0)", -1, StrictMath::log1p);
        all.add(Strict.of(
                "log",
                "log(base double[, x double]) -> double?",
                "The logarithm to a base, or of one argument the natural one. NULL of zero and less.",
                "log(10, 100)",
                (v, i, out) -> {
                    double base = v.length > 1 ? Cell.real(v[0], i) : Math.E;
                    double x = Cell.real(v[v.length - 1], i);
                    if (x <= 0 || base <= 0) {
                        out.setNull(i);
                    } else {
                        Cell.put(out, i, v.length > 1 ? StrictMath.log(x) / StrictMath.log(base) : StrictMath.log(x));
                    }
                }));
    }

    private static void bits(List<Function> all) {
        bit(all, "&", "a & b", "The bits that both numbers have.", "3 & 5", (a, b) -> a & b);
        bit(all, "|", "a | b", "The bits that one of the numbers has.", "3 | 5", (a, b) -> a | b);
        bit(all, "^", "a ^ b", "The bits that just one of the numbers has.", "3 ^ 5", (a, b) -> a ^ b);
        shift(all, "<< shiftleft", "shiftleft", "2 << 1", 0);
        shift(all, ">> shiftright", "shiftright", "4 >> 1", 1);
        shift(all, ">>> shiftrightunsigned", "shiftrightunsigned", "4 >>> 1", 2);
        all.add(Strict.of(
                        "bit_count",
                        "bit_count(value bigint|boolean) -> int",
                        "How many bits are set.",
                        "bit_count(7)",
                        (v, i, out) -> Cell.put(
                                out,
                                i,
                                v[0].type == DataType.BOOLEAN
                                        ? Cell.truth(v[0], i) ? 1L : 0L
                                        : Long.bitCount(Cell.whole(v[0], i))))
                .asWritten(0));
        all.add(Strict.of(
                "bitmap_bit_position",
                "bitmap_bit_position(value bigint) -> bigint",
                "Which bit stands for a number in its bitmap of 32768.",
                "bitmap_bit_position(32768)",
                (v, i, out) -> {
                    long value = Cell.whole(v[0], i);
                    Cell.put(out, i, (value > 0 ? value - 1 : -value) % BITMAP);
                }));
        all.add(Strict.of(
                "bitmap_bucket_number",
                "bitmap_bucket_number(value bigint) -> bigint",
                "Which bitmap of 32768 bits holds the bit of a number.",
                "bitmap_bucket_number(32769)",
                (v, i, out) -> {
                    long value = Cell.whole(v[0], i);
                    Cell.put(out, i, value > 0 ? 1 + (value - 1) / BITMAP : value / BITMAP);
                }));
        all.add(Strict.failing(
                "bit_get getbit",
                "bit_get(value bigint, position int) -> tinyint",
                "The bit at a position, from the right.",
                "bit_get(11, 0)",
                (a, r, c) -> (v, i, out) -> {
                    int position = Cell.integer(v[1], i);
                    if (position < 0 || position > 63) {
                        throw Errors.argument("no bit " + position + " in 64", "");
                    }
                    Cell.put(out, i, Cell.whole(v[0], i) >>> position & 1);
                }));
    }

    private static void bit(
            List<Function> all,
            String name,
            String form,
            String doc,
            String example,
            java.util.function.LongBinaryOperator f) {
        all.add(new BitFunction(name, form, doc, example, f));
    }

    private static void shift(List<Function> all, String names, String name, String example, int kind) {
        all.add(Strict.of(
                names,
                name + "(value I, positions int) -> I",
                "The bits moved, "
                        + (kind == 0 ? "to the left." : kind == 1 ? "to the right, with the sign." : "to the right."),
                example,
                (v, i, out) -> {
                    int by = Cell.integer(v[1], i);
                    long value = Cell.whole(v[0], i);
                    boolean wide = v[0].type == DataType.BIGINT;
                    long result;
                    if (kind == 0) {
                        result = wide ? value << by : (int) value << by;
                    } else if (kind == 1) {
                        result = wide ? value >> by : (int) value >> by;
                    } else {
                        result = wide ? value >>> by : (int) value >>> by;
                    }
                    Cell.put(out, i, result);
                }));
    }

    private static void others(List<Function> all) {
        all.add(Strict.of(
                "factorial",
                "factorial(n int) -> bigint?",
                "n times n-1 times .. 1; NULL unless n is 0 to 20.",
                "factorial(5)",
                (v, i, out) -> {
                    int n = Cell.integer(v[0], i);
                    if (n < 0 || n > 20) {
                        out.setNull(i);
                        return;
                    }
                    long product = 1;
                    for (int k = 2; k <= n; k++) {
                        product *= k;
                    }
                    Cell.put(out, i, product);
                }));
        all.add(Strict.of(
                "width_bucket",
                "width_bucket(value double, low double, high double, buckets bigint) -> bigint?",
                "Which of so many equal buckets a value is in; 0 below and one more above.",
                "width_bucket(5.3, 0.2, 10.6, 5)",
                (v, i, out) -> {
                    double value = Cell.real(v[0], i);
                    double low = Cell.real(v[1], i);
                    double high = Cell.real(v[2], i);
                    long buckets = Cell.whole(v[3], i);
                    if (buckets <= 0
                            || low == high
                            || Double.isNaN(value)
                            || !Double.isFinite(low)
                            || !Double.isFinite(high)) {
                        out.setNull(i);
                        return;
                    }
                    double first = Math.min(low, high);
                    double last = Math.max(low, high);
                    if (low < high) {
                        Cell.put(
                                out,
                                i,
                                value < first
                                        ? 0L
                                        : value >= last
                                                ? buckets + 1
                                                : (long) (buckets * (value - low) / (high - low)) + 1);
                    } else {
                        Cell.put(
                                out,
                                i,
                                value > last
                                        ? 0L
                                        : value <= first
                                                ? buckets + 1
                                                : (long) (buckets * (low - value) / (low - high)) + 1);
                    }
                }));
        all.add(Strict.of(
                "nanvl",
                "nanvl(x double, otherwise double) -> double?",
                "The first number, or the second where the first is NaN.",
                "nanvl(cast('NaN' as double), 123)",
                (v, i, out) -> {
                    double x = Cell.real(v[0], i);
                    Cell.put(out, i, Double.isNaN(x) ? Cell.real(v[1], i) : x);
                }));
    }
}
