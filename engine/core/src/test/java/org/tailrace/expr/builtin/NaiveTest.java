package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.DataException;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

/**
 * Vectorised evaluation against a row-by-row evaluator that knows nothing of vectors, over random expressions, NULLs,
 * dictionaries and views; an error in one must be an error in the other.
 */
class NaiveTest {
    private static final Schema SCHEMA =
            DdlParser.schema("i int, j int, l bigint, x double, y double, s string, t string, b boolean, c boolean");
    private static final int ROWS = 150;
    private static final Object FAILED = "<error>";

    /** More of everything: {@code -Dcases=20}. */
    private static final int CASES = Integer.getInteger("cases", 1);

    private final Random random = new Random(20261124);
    private final Map<DataTypeOf, Expr> made = new EnumMap<>(DataTypeOf.class);

    @Test
    void vectors_give_what_rows_give() {
        int cases = 0;
        for (int round = 0; round < 1200 * CASES; round++) {
            boolean ansi = random.nextInt(3) > 0;
            EvalContext context = EvalContext.of(ZoneOffset.UTC, ansi);
            made.clear();
            Expr expr = random(DataTypeOf.values()[random.nextInt(4)], 4);
            Typed typed = new Typer(Functions.table(), context, new Positions()).type(expr, Scope.of(SCHEMA));
            Batch rows = rows();
            int from = random.nextInt(40);
            int count = 1 + random.nextInt(ROWS - from);
            List<@Nullable Object> naive = new ArrayList<>();
            for (int row = from; row < from + count; row++) {
                naive.add(new Naive(rows, row, ansi).tryValue(expr));
                cases++;
            }
            compare(expr, typed, context, rows, from, naive);
        }
        assertEquals(true, cases > 60_000 * CASES, cases + " cases");
    }

    private void compare(
            Expr expr, Typed typed, EvalContext context, Batch rows, int from, List<@Nullable Object> naive) {
        var batch = VectorBatch.create(SCHEMA);
        batch.view(rows, from, naive.size());
        var evaluator = Evaluators.compile(typed, context);
        if (naive.contains(FAILED)) {
            Object got = FAILED;
            try {
                got = all(evaluator.evaluate(batch), naive.size());
            } catch (DataException e) {
                // Rows one at a time show which row failed.
            }
            assertEquals(FAILED, got, () -> "no error in " + org.tailrace.expr.Names.text(expr));
            var one = VectorBatch.create(SCHEMA);
            for (int i = 0; i < naive.size(); i++) {
                one.view(rows, from + i, 1);
                Object single;
                try {
                    single = all(evaluator.evaluate(one), 1).get(0);
                } catch (DataException e) {
                    single = FAILED;
                }
                int row = i;
                assertEquals(naive.get(i), single, () -> org.tailrace.expr.Names.text(expr) + " in row " + row);
            }
            return;
        }
        java.util.function.Supplier<String> what =
                () -> org.tailrace.expr.Names.text(expr) + ", ansi " + context.ansi();
        assertEquals(naive, all(evaluator.evaluate(batch), naive.size()), what);
        // What was kept of dictionaries is used now, by other threads too.
        assertEquals(naive, all(evaluator.evaluate(batch), naive.size()), what);
        int half = naive.size() / 2;
        batch.view(rows, from + half, naive.size() - half);
        var other = Evaluators.compile(typed, context);
        assertEquals(naive.subList(half, naive.size()), all(other.evaluate(batch), naive.size() - half), what);
    }

    private static List<@Nullable Object> all(Vector vector, int count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object value = vector.get(i);
            values.add(value instanceof Double d && d == 0 ? (Object) 0.0 : value);
        }
        return values;
    }

    private Batch rows() {
        var builder = new BatchBuilder(SCHEMA);
        int texts = random.nextBoolean() ? 200 : 20;
        for (int row = 0; row < ROWS; row++) {
            builder.addRow(Arrays.asList(
                    some(random.nextInt(8) - 3),
                    some(random.nextInt(9) == 0 ? Integer.MAX_VALUE : random.nextInt(5)),
                    some(random.nextInt(9) == 0 ? Long.MIN_VALUE : random.nextInt(5) - 2L),
                    some(random.nextInt(9) == 0 ? Double.NaN : (random.nextInt(9) - 4) / 2.0),
                    some((double) random.nextInt(3)),
                    some(List.of("", "a", "ab", "B", "é").get(random.nextInt(5))),
                    some("t" + random.nextInt(texts)),
                    some(random.nextBoolean()),
                    some(random.nextBoolean())));
        }
        return builder.build();
    }

    private @Nullable Object some(Object value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    /** The types that expressions are made of. */
    private enum DataTypeOf {
        WHOLE,
        REAL,
        TEXT,
        TRUTH
    }

    /** Now and then one that was there already, so that an expression holds it twice. */
    private Expr random(DataTypeOf type, int depth) {
        Expr earlier = made.get(type);
        Expr expr = earlier != null && random.nextInt(10) == 0 ? earlier : fresh(type, depth);
        if (depth < 3) {
            made.put(type, expr);
        }
        return expr;
    }

    private Expr fresh(DataTypeOf type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        if (random.nextInt(6) == 0) {
            var branches = new ArrayList<Expr.Case.When>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                branches.add(new Expr.Case.When(
                        random(DataTypeOf.TRUTH, depth - 1),
                        random.nextBoolean() ? random(type, depth - 1) : leaf(type)));
            }
            return new Expr.Case(
                    branches, random.nextBoolean() ? Optional.of(random(type, depth - 1)) : Optional.empty());
        }
        if (random.nextInt(8) == 0) {
            return new Expr.Call("coalesce", random(type, depth - 1), random(type, depth - 1));
        }
        switch (type) {
            case WHOLE:
                String whole = List.of("+", "-", "*", "%", "div", "length").get(random.nextInt(6));
                return whole.equals("length")
                        ? new Expr.Call("length", random(DataTypeOf.TEXT, depth - 1))
                        : new Expr.Call(whole, random(type, depth - 1), random(type, depth - 1));
            case REAL:
                return new Expr.Call(
                        List.of("+", "-", "*", "/").get(random.nextInt(4)),
                        random(type, depth - 1),
                        random(random.nextInt(3) == 0 ? DataTypeOf.WHOLE : type, depth - 1));
            case TEXT:
                return random.nextBoolean()
                        ? new Expr.Call("upper", random(type, depth - 1))
                        : new Expr.Call("||", random(type, depth - 1), random(type, depth - 1));
            default:
                return truth(depth);
        }
    }

    private Expr truth(int depth) {
        DataTypeOf type = DataTypeOf.values()[random.nextInt(3)];
        switch (random.nextInt(6)) {
            case 0:
                return new Expr.Call("not", random(DataTypeOf.TRUTH, depth - 1));
            case 1:
                return new Expr.Call("is null", random(type, depth - 1));
            case 2:
                return new Expr.Call("in", random(type, depth - 1), leaf(type), leaf(type));
            case 3:
                return new Expr.Call(
                        List.of("=", "<=>", "<", "<=", ">", ">=").get(random.nextInt(6)),
                        random(type, depth - 1),
                        random(type, depth - 1));
            default:
                return new Expr.Call(
                        random.nextBoolean() ? "and" : "or",
                        random(DataTypeOf.TRUTH, depth - 1),
                        random(DataTypeOf.TRUTH, depth - 1));
        }
    }

    private Expr leaf(DataTypeOf type) {
        boolean column = random.nextInt(3) > 0;
        switch (type) {
            case WHOLE:
                return column
                        ? new Expr.Ref(List.of("i", "j", "l").get(random.nextInt(3)))
                        : new Expr.Literal(random.nextInt(4), DataType.INT);
            case REAL:
                return column
                        ? new Expr.Ref(random.nextBoolean() ? "x" : "y")
                        : new Expr.Literal((double) random.nextInt(3), DataType.DOUBLE);
            case TEXT:
                return column
                        ? new Expr.Ref(random.nextBoolean() ? "s" : "t")
                        : new Expr.Literal(List.of("a", "B", "").get(random.nextInt(3)), DataType.STRING);
            default:
                return column
                        ? new Expr.Ref(random.nextBoolean() ? "b" : "c")
                        : new Expr.Literal(random.nextInt(3) == 0 ? null : random.nextBoolean(), DataType.BOOLEAN);
        }
    }

    /** One row, evaluated as the definitions say: whole numbers are Integer or Long, NULL is null. */
    private static final class Naive {
        private final Batch rows;
        private final int row;
        private final boolean ansi;

        Naive(Batch rows, int row, boolean ansi) {
            this.rows = rows;
            this.row = row;
            this.ansi = ansi;
        }

        @Nullable
        Object tryValue(Expr expr) {
            try {
                // The type of the whole expression, not of the branch that a row took.
                Object value = widen(value(expr), width(expr));
                return value instanceof Double d && d == 0 ? (Object) 0.0 : value;
            } catch (ArithmeticException e) {
                return FAILED;
            }
        }

        /** 4 for int, 8 for bigint, 9 for double, 0 for what is no number. */
        private int width(Expr expr) {
            if (expr instanceof Expr.Literal literal) {
                return literal.value() instanceof Integer ? 4 : literal.value() instanceof Double ? 9 : 0;
            } else if (expr instanceof Expr.Ref ref) {
                switch (ref.parts().get(0)) {
                    case "i", "j":
                        return 4;
                    case "l":
                        return 8;
                    case "x", "y":
                        return 9;
                    default:
                        return 0;
                }
            } else if (expr instanceof Expr.Case cases) {
                int width = cases.branches().stream()
                        .mapToInt(branch -> width(branch.value()))
                        .max()
                        .orElse(0);
                return Math.max(width, cases.otherwise().map(this::width).orElse(0));
            }
            var call = (Expr.Call) expr;
            switch (call.function()) {
                case "div":
                    return 8;
                case "/":
                    return 9;
                case "length":
                    return 4;
                case "+", "-", "*", "%", "coalesce":
                    return Math.max(
                            width(call.arguments().get(0)),
                            width(call.arguments().get(1)));
                default:
                    return 0;
            }
        }

        private static @Nullable Object widen(@Nullable Object value, int width) {
            if (!(value instanceof Number number)) {
                return value;
            }
            return width == 9 ? (Object) number.doubleValue() : width == 8 ? (Object) number.longValue() : value;
        }

        private @Nullable Object value(Expr expr) {
            if (expr instanceof Expr.Literal literal) {
                return literal.value();
            } else if (expr instanceof Expr.Ref ref) {
                return rows.get(row, SCHEMA.indexOf(ref.parts().get(0)));
            } else if (expr instanceof Expr.Case cases) {
                for (var branch : cases.branches()) {
                    if (Boolean.TRUE.equals(value(branch.condition()))) {
                        return value(branch.value());
                    }
                }
                return cases.otherwise().isPresent() ? value(cases.otherwise().get()) : null;
            }
            return call((Expr.Call) expr);
        }

        private @Nullable Object call(Expr.Call call) {
            Expr first = call.arguments().get(0);
            Expr second = call.arguments().get(call.arguments().size() - 1);
            switch (call.function()) {
                case "coalesce": {
                    Object value = value(first);
                    return value != null ? value : value(second);
                }
                case "and", "or": {
                    boolean decisive = call.function().equals("or");
                    Object left = value(first);
                    if (left != null && (Boolean) left == decisive) {
                        return decisive;
                    }
                    Object right = value(second);
                    if (right != null && (Boolean) right == decisive) {
                        return decisive;
                    }
                    return left == null || right == null ? null : (Object) !decisive;
                }
                case "not": {
                    Object value = value(first);
                    return value == null ? null : (Object) !(Boolean) value;
                }
                case "is null":
                    return value(first) == null;
                case "in": {
                    Object value = value(first);
                    boolean unknown = value == null;
                    for (Expr other :
                            call.arguments().subList(1, call.arguments().size())) {
                        Object candidate = value(other);
                        if (value != null && candidate != null && order(value, candidate) == 0) {
                            return true;
                        }
                        unknown |= candidate == null;
                    }
                    return unknown ? null : (Object) false;
                }
                case "length":
                    return map(value(first), v -> ((String) v).codePointCount(0, ((String) v).length()));
                case "upper":
                    return map(value(first), v -> ((String) v).toUpperCase(java.util.Locale.ROOT));
                case "<=>": {
                    Object left = value(first);
                    Object right = value(second);
                    return left == null || right == null ? left == right : order(left, right) == 0;
                }
                default:
                    break;
            }
            boolean joins = call.function().equals("||");
            if (!joins && (isNull(first) || isNull(second))) {
                return null;
            }
            // The divisor first; and what comes after a NULL is not looked at.
            boolean divides = List.of("/", "%", "div").contains(call.function());
            Object early = value(divides ? second : first);
            if (early == null && !joins) {
                return null;
            }
            Object late = value(divides ? first : second);
            if (early == null || late == null) {
                return null;
            }
            Object left = divides ? late : early;
            Object right = divides ? early : late;
            switch (call.function()) {
                case "||":
                    return (String) left + right;
                case "=":
                    return order(left, right) == 0;
                case "<":
                    return order(left, right) < 0;
                case "<=":
                    return order(left, right) <= 0;
                case ">":
                    return order(left, right) > 0;
                case ">=":
                    return order(left, right) >= 0;
                default:
                    return arithmetic(call.function(), left, right, Math.max(width(first), width(second)));
            }
        }

        /** Whether it is a constant, and NULL. */
        private boolean isNull(Expr expr) {
            try {
                return isConstant(expr) && value(expr) == null;
            } catch (ArithmeticException e) {
                return false;
            }
        }

        private static boolean isConstant(Expr expr) {
            if (expr instanceof Expr.Case cases) {
                return cases.branches().stream().allMatch(b -> isConstant(b.condition()) && isConstant(b.value()))
                        && cases.otherwise().map(Naive::isConstant).orElse(true);
            }
            return expr instanceof Expr.Literal
                    || expr instanceof Expr.Call call
                            && call.arguments().stream().allMatch(Naive::isConstant);
        }

        private static @Nullable Object map(
                @Nullable Object value, java.util.function.Function<Object, Object> function) {
            return value == null ? null : function.apply(value);
        }

        private static int order(Object left, Object right) {
            if (left instanceof String a) {
                byte[] x = a.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                return Arrays.compareUnsigned(x, ((String) right).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            if (left instanceof Boolean a) {
                return Boolean.compare(a, (Boolean) right);
            }
            if (left instanceof Double || right instanceof Double) {
                double x = ((Number) left).doubleValue();
                double y = ((Number) right).doubleValue();
                return x == y ? 0 : Double.compare(x, y);
            }
            return Long.compare(((Number) left).longValue(), ((Number) right).longValue());
        }

        private @Nullable Object arithmetic(String operator, Object left, Object right, int width) {
            if (width == 9 || operator.equals("/")) {
                double x = ((Number) left).doubleValue();
                double y = ((Number) right).doubleValue();
                if ((operator.equals("/") || operator.equals("%")) && y == 0) {
                    return zero();
                }
                switch (operator) {
                    case "+":
                        return x + y;
                    case "-":
                        return x - y;
                    case "*":
                        return x * y;
                    case "/":
                        return x / y;
                    default:
                        throw new IllegalStateException(operator);
                }
            }
            var x = new BigDecimal(((Number) left).longValue());
            var y = new BigDecimal(((Number) right).longValue());
            BigDecimal exact;
            switch (operator) {
                case "+" -> exact = x.add(y);
                case "-" -> exact = x.subtract(y);
                case "*" -> exact = x.multiply(y);
                default -> {
                    if (y.signum() == 0) {
                        return zero();
                    }
                    exact = operator.equals("%") ? x.remainder(y) : x.divideToIntegralValue(y);
                }
            }
            long low = exact.toBigInteger().longValue();
            boolean big = width == 8 || operator.equals("div");
            boolean fits = big
                    ? exact.compareTo(BigDecimal.valueOf(low)) == 0
                    : exact.compareTo(BigDecimal.valueOf((int) low)) == 0;
            if (!fits && ansi) {
                throw new ArithmeticException();
            }
            return big ? (Object) low : (Object) (int) low;
        }

        private @Nullable Object zero() {
            if (ansi) {
                throw new ArithmeticException();
            }
            return null;
        }
    }
}
