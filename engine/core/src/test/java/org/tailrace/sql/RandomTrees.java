package org.tailrace.sql;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.Plan;

/** Trees such as the parser makes, from a seed. */
final class RandomTrees {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "price",
            "Order",
            "select",
            "weird name",
            "tick`ed",
            "end",
            "x",
            "date",
            "from",
            "9lives",
            "größe");
    private static final List<String> FUNCTIONS =
            List.of("f", "upper", "left", "coalesce", "exists", "trim", "if", "window");
    private static final List<String> BINARY = List.of(
            "or", "and", "=", "<=>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "div", "||", "&", "|", "^", "<<",
            ">>", ">>>");
    private static final List<DataType> TYPES = List.of(
            DataType.INT,
            DataType.STRING,
            DataType.TIMESTAMP,
            new DataType.Decimal(10, 2),
            new DataType.Array(new DataType.Array(DataType.BIGINT, true), true),
            new DataType.Map(DataType.STRING, new DataType.Array(DataType.DOUBLE, true), true),
            new DataType.Struct(Schema.of(new Field("a", DataType.INT), new Field("b c", DataType.DATE))));

    private final Random random;

    RandomTrees(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> List<T> some(int least, int most, Supplier<T> maker) {
        return IntStream.range(0, least + random.nextInt(most - least + 1))
                .mapToObj(i -> maker.get())
                .toList();
    }

    private String name() {
        return one(NAMES);
    }

    Expr expression(int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? literal() : reference();
        }
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> {
                return new Expr.Call(one(BINARY), expression(depth - 1), expression(depth - 1));
            }
            case 3 -> {
                return new Expr.Call(one(List.of("not", "negative", "positive", "~")), expression(depth - 1));
            }
            case 4 -> {
                return new Expr.Call(one(List.of("is null", "is not null")), expression(depth - 1));
            }
            case 5 -> {
                return new Expr.Call("between", expression(depth - 1), expression(depth - 1), expression(depth - 1));
            }
            case 6 -> {
                return new Expr.Call("in", some(2, 4, () -> expression(depth - 1)));
            }
            case 7 -> {
                return new Expr.Call(
                        one(List.of("like", "ilike", "rlike")), expression(depth - 1), expression(depth - 1));
            }
            case 8 -> {
                return new Expr.Cast(expression(depth - 1), one(TYPES), random.nextBoolean());
            }
            case 9 -> {
                return new Expr.Case(
                        some(1, 2, () -> new Expr.Case.When(expression(depth - 1), expression(depth - 1))),
                        random.nextBoolean() ? Optional.of(expression(depth - 1)) : Optional.empty());
            }
            case 10 -> {
                return new Expr.Call("[]", expression(depth - 1), expression(depth - 1));
            }
            case 11 -> {
                return new Expr.Call(
                        ".", new Expr.Call("f", expression(depth - 1)), new Expr.Literal(name(), DataType.STRING));
            }
            case 12 -> {
                return new Expr.Call(
                        "transform", reference(), new Expr.Lambda(some(1, 2, this::name), expression(depth - 1)));
            }
            case 13 -> {
                var call = new Expr.Call(
                        one(List.of("sum", "count")),
                        List.of(expression(depth - 1)),
                        random.nextBoolean(),
                        random.nextInt(3) == 0 ? some(1, 2, () -> order(depth)) : List.of(),
                        random.nextBoolean() ? Optional.of(expression(depth - 1)) : Optional.empty());
                return random.nextBoolean()
                        ? call
                        : new Expr.Over(
                                call,
                                some(0, 2, () -> expression(depth - 1)),
                                some(0, 2, () -> order(depth)),
                                random.nextBoolean() ? Optional.empty() : Optional.of(frame()),
                                random.nextInt(4) == 0);
            }
            default -> {
                return new Expr.Call(one(FUNCTIONS), some(0, 3, () -> expression(depth - 1)));
            }
        }
    }

    private Expr.Frame frame() {
        return new Expr.Frame(random.nextBoolean(), bound(), bound());
    }

    private Expr.Frame.Bound bound() {
        var offset = new Expr.Literal(random.nextInt(9), DataType.INT);
        return one(List.of(
                Expr.Frame.Bound.FIRST,
                Expr.Frame.Bound.CURRENT,
                Expr.Frame.Bound.LAST,
                new Expr.Frame.Bound(Expr.Frame.Side.PRECEDING, Optional.of(offset)),
                new Expr.Frame.Bound(Expr.Frame.Side.FOLLOWING, Optional.of(offset))));
    }

    private Expr.Order order(int depth) {
        return new Expr.Order(expression(depth - 1), random.nextBoolean(), random.nextBoolean());
    }

    private Expr reference() {
        return new Expr.Ref(some(1, 3, this::name));
    }

    private Expr literal() {
        int number = random.nextInt(4001) - 2000;
        switch (random.nextInt(15)) {
            case 0 -> {
                return new Expr.Literal(null, DataType.VOID);
            }
            case 1 -> {
                return new Expr.Literal(random.nextBoolean(), DataType.BOOLEAN);
            }
            case 2 -> {
                return new Expr.Literal((long) number, DataType.BIGINT);
            }
            case 3 -> {
                return new Expr.Literal(number / 7.0, DataType.DOUBLE);
            }
            case 4 -> {
                return new Expr.Literal(number / 7f, DataType.FLOAT);
            }
            case 5 -> {
                var value = BigDecimal.valueOf(number, 2);
                return new Expr.Literal(value, new DataType.Decimal(Math.max(value.precision(), 2), 2));
            }
            case 6 -> {
                return new Expr.Literal(
                        one(List.of("", "it's", "a\\b", "10\\%", "tab\tline\n", "ü\u0000")), DataType.STRING);
            }
            case 7 -> {
                return new Expr.Literal(LocalDate.ofEpochDay(number), DataType.DATE);
            }
            case 8 -> {
                return new Expr.Literal(Instant.ofEpochSecond(number * 1000L, 5000), DataType.TIMESTAMP);
            }
            case 9 -> {
                return new Expr.Literal(Duration.ofMinutes(number), new DataType.DayTimeInterval(2, 2));
            }
            case 10 -> {
                return new Expr.Literal(Duration.ofMillis(number * 12_345L), DataType.DAY_TIME);
            }
            case 11 -> {
                return new Expr.Literal(Period.ofMonths(number).normalized(), DataType.YEAR_MONTH);
            }
            default -> {
                return new Expr.Literal(number, DataType.INT);
            }
        }
    }

    private Expr output(int depth) {
        Expr expr = expression(depth);
        return random.nextBoolean() ? expr : new Expr.Alias(expr, name());
    }

    /** A query; of the kinds that nest, only nestings that text can have. */
    Plan query(int depth) {
        Plan plan = sets(depth);
        if (random.nextInt(4) == 0) {
            plan = new Plan.Sort(plan, some(1, 2, () -> order(2)));
        }
        if (random.nextInt(4) == 0) {
            plan = new Plan.Offset(plan, random.nextInt(10));
        }
        if (random.nextInt(4) == 0) {
            plan = new Plan.Limit(plan, random.nextInt(10));
        }
        if (depth > 0 && random.nextInt(5) == 0) {
            plan = new Plan.With(some(1, 2, () -> Map.entry(name(), query(depth - 1))), plan);
        }
        return plan;
    }

    private Plan sets(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return select(depth);
        }
        Plan left = random.nextBoolean() ? query(depth - 1) : sets(depth - 1);
        Plan right = random.nextBoolean() ? query(depth - 1) : select(depth - 1);
        return random.nextBoolean()
                ? new Plan.Union(List.of(left, right), false, random.nextBoolean())
                : new Plan.SetOperation(left, right, random.nextBoolean(), random.nextBoolean());
    }

    private Plan select(int depth) {
        Plan child = random.nextInt(6) == 0 ? Plan.ONE_ROW : views(depth);
        if (random.nextInt(3) == 0) {
            child = new Plan.Filter(child, expression(2));
        }
        List<Expr> outputs = some(1, 3, () -> output(2));
        Plan plan;
        if (random.nextInt(3) == 0) {
            List<Expr> keys = some(1, 3, this::reference).stream().distinct().toList();
            List<List<Integer>> sets = random.nextInt(3) > 0
                    ? List.of()
                    : List.of(IntStream.range(0, keys.size()).boxed().toList(), List.of());
            plan = new Plan.Aggregate(
                    child, keys, sets, outputs, random.nextBoolean() ? Optional.of(expression(2)) : Optional.empty());
        } else {
            plan = new Plan.Project(child, outputs);
        }
        return random.nextInt(4) == 0 ? new Plan.Distinct(plan) : plan;
    }

    private Plan views(int depth) {
        Plan plan = relation(depth);
        return random.nextInt(5) > 0
                ? plan
                : new Plan.Generate(
                        plan, new Expr.Call("explode", reference()), random.nextBoolean(), "v", some(0, 2, this::name));
    }

    private Plan relation(int depth) {
        if (random.nextInt(3) > 0) {
            return table(depth);
        }
        Plan left = relation(depth);
        Plan right = random.nextInt(3) == 0 ? relation(depth) : table(depth);
        int condition = random.nextInt(8);
        return new Plan.Join(
                left,
                right,
                condition == 6
                        ? one(List.of(JoinType.INNER, JoinType.LEFT, JoinType.RIGHT, JoinType.FULL))
                        : one(List.of(JoinType.values())),
                condition < 4 ? Optional.of(expression(2)) : Optional.empty(),
                condition < 6 && condition >= 4 ? some(1, 2, this::name) : List.of(),
                condition == 6);
    }

    private Plan table(int depth) {
        Plan plan = depth > 0 && random.nextInt(3) == 0 ? query(depth - 1) : new Plan.Named(name());
        if (random.nextInt(5) == 0) {
            boolean named = random.nextBoolean();
            plan = new Plan.Watermark(
                    plan,
                    named ? expression(1) : reference(),
                    named ? Optional.of(name()) : Optional.empty(),
                    one(List.of("5 minutes", "1.5 seconds", "2 months", "0 seconds")));
        }
        return random.nextInt(3) > 0
                ? plan
                : new Plan.Alias(plan, name(), random.nextBoolean() ? List.of() : some(1, 2, this::name));
    }
}
