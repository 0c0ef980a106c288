package org.tailrace.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tailrace.expr.Expr;
import org.tailrace.plan.JoinType;
import org.tailrace.plan.Plan;

/**
 * Trees to text, the inverse of {@link SqlParser}: what it prints parses to an equal tree, if a parser made the tree.
 * Trees that verbs made may nest otherwise; then subqueries keep the meaning.
 */
public final class SqlPrinter {
    private final List<Plan> subqueries;
    private final ExprPrinter expressions;

    private SqlPrinter(List<Plan> subqueries) {
        this.subqueries = subqueries;
        expressions = new ExprPrinter(number -> query(subqueries.get(number)));
    }

    /** An expression without subqueries, or an item of a select list. */
    public static String expression(Expr expr) {
        return new SqlPrinter(List.of()).expressions.print(expr);
    }

    /** Sort keys, between commas. */
    public static String orderItems(List<Expr.Order> keys) {
        return new SqlPrinter(List.of()).expressions.orders(keys);
    }

    /** @throws IllegalArgumentException if a part of the plan has no SQL, such as a source without name or a lambda */
    public static String plan(Plan plan) {
        return new SqlPrinter(List.of()).query(plan);
    }

    private String query(Plan plan) {
        if (plan instanceof Plan.WithSubqueries with) {
            return new SqlPrinter(with.subqueries()).query(with.body());
        } else if (plan instanceof Plan.With with) {
            return with.tables().stream()
                            .map(t -> common(t.getKey(), t.getValue()))
                            .collect(Collectors.joining(", ", "WITH ", " "))
                    + query(with.body());
        } else if (plan instanceof Plan.Limit limit) {
            boolean skips = limit.child() instanceof Plan.Offset;
            Plan body = skips ? ((Plan.Offset) limit.child()).child() : limit.child();
            return limited(body) + " LIMIT " + limit.rows()
                    + (skips ? " OFFSET " + ((Plan.Offset) limit.child()).rows() : "");
        } else if (plan instanceof Plan.Offset offset) {
            return limited(offset.child()) + " OFFSET " + offset.rows();
        } else if (plan instanceof Plan.Sort sort) {
            return (organised(sort.child()) ? wrapped(sort.child()) : query(sort.child())) + " ORDER BY "
                    + expressions.orders(sort.keys());
        } else if (plan instanceof Plan.Union union) {
            if (union.byName()) {
                throw new IllegalArgumentException("a union by name has no SQL");
            }
            return union(union, union.all() ? " UNION ALL " : " UNION ");
        } else if (plan instanceof Plan.SetOperation operation) {
            return setOperation(operation);
        } else if (plan instanceof Plan.InlineTable table) {
            return values(table);
        }
        return select(plan);
    }

    private String values(Plan.InlineTable table) {
        return table.rows().stream()
                .map(row -> "(" + expressions.list(row) + ")")
                .collect(Collectors.joining(", ", "VALUES ", ""));
    }

    /** What LIMIT and OFFSET follow. */
    private String limited(Plan plan) {
        boolean has = plan instanceof Plan.Limit || plan instanceof Plan.Offset || plan instanceof Plan.With;
        return has ? wrapped(plan) : query(plan);
    }

    private String common(String name, Plan plan) {
        boolean columns = plan instanceof Plan.Alias alias
                && alias.name().equals(name)
                && !alias.columns().isEmpty();
        Plan body = columns ? ((Plan.Alias) plan).child() : plan;
        return ExprPrinter.name(name) + (columns ? names(((Plan.Alias) plan).columns()) : "") + " AS (" + query(body)
                + ")";
    }

    private String union(Plan.Union union, String operator) {
        var parts = new java.util.ArrayList<String>();
        for (int i = 0; i < union.children().size(); i++) {
            Plan child = union.children().get(i);
            boolean left = i == 0 && (child instanceof Plan.Union || child instanceof Plan.SetOperation);
            boolean tight = child instanceof Plan.SetOperation operation && operation.intersect();
            parts.add(left || tight ? query(child) : operand(child));
        }
        return String.join(operator, parts);
    }

    private String setOperation(Plan.SetOperation operation) {
        String operator = (operation.intersect() ? " INTERSECT " : " EXCEPT ") + (operation.all() ? "ALL " : "");
        boolean leftSame = operation.intersect()
                ? operation.left() instanceof Plan.SetOperation left && left.intersect()
                : operation.left() instanceof Plan.SetOperation || operation.left() instanceof Plan.Union;
        boolean rightTight =
                !operation.intersect() && operation.right() instanceof Plan.SetOperation right && right.intersect();
        return (leftSame ? query(operation.left()) : operand(operation.left()))
                + operator
                + (rightTight ? query(operation.right()) : operand(operation.right()));
    }

    /** A side of a set operation: bare only if it is a plain SELECT. */
    private String operand(Plan plan) {
        boolean simple =
                plan instanceof Plan.Project || plan instanceof Plan.Aggregate || plan instanceof Plan.Distinct;
        return simple ? query(plan) : wrapped(plan);
    }

    private String wrapped(Plan plan) {
        return "(" + query(plan) + ")";
    }

    private static boolean organised(Plan plan) {
        return plan instanceof Plan.Sort
                || plan instanceof Plan.Limit
                || plan instanceof Plan.Offset
                || plan instanceof Plan.With;
    }

    private String select(Plan plan) {
        boolean distinct = plan instanceof Plan.Distinct;
        Plan body = distinct ? ((Plan.Distinct) plan).child() : plan;
        if (body instanceof Plan.Qualify qualify) {
            Plan below = distinct ? new Plan.Distinct(qualify.child()) : qualify.child();
            return select(below) + " QUALIFY " + expressions.print(qualify.condition());
        }
        String word = distinct ? "SELECT DISTINCT " : "SELECT ";
        if (body instanceof Plan.Project project) {
            return word + expressions.list(project.outputs()) + from(project.child());
        } else if (body instanceof Plan.Aggregate aggregate) {
            return word + expressions.list(aggregate.outputs()) + from(aggregate.child()) + groups(aggregate);
        }
        return word + "*" + from(body);
    }

    private String groups(Plan.Aggregate node) {
        String keys = node.keys().isEmpty() ? "" : " GROUP BY " + expressions.list(node.keys());
        String sets = node.groupingSets().isEmpty()
                ? ""
                : node.groupingSets().stream()
                        .map(set -> set.stream()
                                .map(key -> expressions.print(node.keys().get(key)))
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", ", " GROUPING SETS (", ")"));
        return keys
                + sets
                + node.having().map(h -> " HAVING " + expressions.print(h)).orElse("");
    }

    private String from(Plan plan) {
        if (plan.equals(Plan.ONE_ROW)) {
            return "";
        } else if (plan instanceof Plan.Filter filter) {
            String where = " WHERE " + expressions.print(filter.condition());
            boolean nested = filter.child() instanceof Plan.Filter;
            String child = nested ? " FROM " + wrapped(filter.child()) : from(filter.child());
            return child + where;
        }
        return " FROM " + views(plan);
    }

    /** Lateral views come after all joins. */
    private String views(Plan plan) {
        if (plan instanceof Plan.Generate generate && !generate.child().equals(Plan.ONE_ROW)) {
            return views(generate.child()) + " LATERAL VIEW " + (generate.outer() ? "OUTER " : "")
                    + expressions.print(generate.generator())
                    + (generate.name().isEmpty() ? "" : " " + ExprPrinter.name(generate.name()))
                    + (generate.columns().isEmpty()
                            ? ""
                            : " AS "
                                    + generate.columns().stream()
                                            .map(ExprPrinter::name)
                                            .collect(Collectors.joining(", ")));
        }
        return relation(plan);
    }

    private String relation(Plan plan) {
        if (plan instanceof Plan.Lateral lateral) {
            String words = lateral.type() == JoinType.INNER ? " JOIN " : " " + lateral.type() + " JOIN ";
            return relation(lateral.left()) + words + "LATERAL " + table(lateral.query())
                    + lateral.on().map(on -> " ON " + expressions.print(on)).orElse("");
        }
        if (!(plan instanceof Plan.Join join)) {
            return table(plan);
        }
        String words = switch (join.type()) {
            case INNER -> "JOIN ";
            case SEMI, ANTI -> "LEFT " + join.type() + " JOIN ";
            default -> join.type() + (join.type() == JoinType.CROSS ? " JOIN " : " OUTER JOIN ");
        };
        return relation(join.left())
                + (join.natural() ? " NATURAL " : " ")
                + words
                + (join.right() instanceof Plan.Join || join.right() instanceof Plan.Lateral
                        ? "(" + relation(join.right()) + ")"
                        : table(join.right()))
                + join.on().map(on -> " ON " + expressions.print(on)).orElse("")
                + (join.using().isEmpty() ? "" : " USING " + names(join.using()));
    }

    private String table(Plan plan) {
        if (plan instanceof Plan.Named named) {
            return ExprPrinter.name(named.name());
        } else if (plan instanceof Plan.Generate generate && generate.child().equals(Plan.ONE_ROW)) {
            return expressions.print(generate.generator());
        } else if (plan instanceof Plan.Alias alias) {
            Plan child = alias.child();
            String text = child instanceof Plan.Join || child instanceof Plan.Lateral || child instanceof Plan.Alias
                    ? "(" + relation(child) + ")"
                    : table(child);
            return text + " AS " + ExprPrinter.name(alias.name())
                    + (alias.columns().isEmpty() ? "" : names(alias.columns()));
        } else if (plan instanceof Plan.Watermark watermark) {
            Plan child = watermark.child();
            String text = child instanceof Plan.Named
                    ? table(child)
                    : child instanceof Plan.Alias || child instanceof Plan.Watermark || child instanceof Plan.Join
                            ? "(" + relation(child) + ")"
                            : table(child);
            Expr column = watermark.column();
            Optional<String> name = watermark.name();
            return text + " WATERMARK "
                    + expressions.print(name.isPresent() ? new Expr.Alias(column, name.get()) : column)
                    + " DELAY OF INTERVAL " + watermark.delay().strip().replaceFirst("(?i)^interval\\s+", "");
        }
        refuse(plan);
        return wrapped(plan);
    }

    private static void refuse(Plan plan) {
        if (plan instanceof Plan.Source
                || plan instanceof Plan.Deduplicate
                || plan instanceof Plan.Stateful
                || plan instanceof Plan.MapBatches
                || plan instanceof Plan.Values && !plan.equals(Plan.ONE_ROW)) {
            throw new IllegalArgumentException(plan.getClass().getSimpleName() + " has no SQL");
        }
    }

    private static String names(List<String> names) {
        return names.stream().map(ExprPrinter::name).collect(Collectors.joining(", ", "(", ")"));
    }
}
