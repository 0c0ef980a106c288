package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tailrace.data.Field;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.Typed;

/**
 * A resolved plan as a tree of text, the result on top:
 *
 * <pre>
 * project  ws, k, n
 * └─ aggregate  by window, k: count(1)
 *    └─ watermark  ts, 10 minutes late
 *       └─ source  memory(e): k string, v bigint, ts timestamp
 * </pre>
 */
public final class Explain {
    private Explain() {}

    public static String tree(ResolvedPlan plan) {
        var out = new StringBuilder();
        node(plan, "", "", out);
        return out.toString();
    }

    /** The condition of a filter, in words. */
    public static String condition(ResolvedPlan.Filter filter) {
        return text(filter.condition(), filter.child().output());
    }

    /** The plan as it was written, before names have types. */
    public static String tree(Plan plan) {
        var out = new StringBuilder();
        node(plan, "", "", out);
        return out.toString();
    }

    private static void node(Plan plan, String first, String rest, StringBuilder out) {
        out.append(first).append(PlanTree.line(plan)).append('\n');
        List<Plan> children = PlanTree.children(plan);
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            node(children.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), out);
        }
    }

    private static void node(ResolvedPlan plan, String first, String rest, StringBuilder out) {
        out.append(first).append(plan.accept(new Line())).append('\n');
        var children = new ArrayList<>(plan.children());
        if (plan instanceof ResolvedPlan.ScalarSubqueries scalar) {
            children.addAll(scalar.subqueries());
        }
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            node(children.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), out);
        }
    }

    /** An expression over columns of these names. */
    static String text(Typed typed, List<Attribute> columns) {
        if (typed instanceof Typed.Input input) {
            return input.ordinal() < columns.size()
                    ? columns.get(input.ordinal()).name()
                    : "#" + input.ordinal();
        } else if (typed instanceof Typed.Constant constant) {
            return constant.value() instanceof String text
                    ? "'" + text + "'"
                    : String.valueOf(constant.value()).toLowerCase(Locale.ROOT);
        } else if (typed instanceof Typed.Cast cast) {
            return "cast(" + text(cast.child(), columns) + " as " + cast.type() + ")";
        } else if (typed instanceof Typed.Parameter parameter) {
            return "x" + parameter.index();
        } else if (typed instanceof Typed.Lambda lambda) {
            return "x -> " + text(lambda.body(), columns);
        } else if (typed instanceof Typed.Case cases) {
            return "case"
                    + cases.branches().stream()
                            .map(w -> " when " + text(w.condition(), columns) + " then " + text(w.value(), columns))
                            .collect(Collectors.joining())
                    + cases.otherwise().map(o -> " else " + text(o, columns)).orElse("")
                    + " end";
        }
        var apply = (Typed.Apply) typed;
        List<String> arguments =
                apply.arguments().stream().map(a -> text(a, columns)).toList();
        String name = apply.function().name();
        if (name.equals(".")) {
            return arguments.get(0) + "." + arguments.get(1).replace("'", "");
        } else if (!Character.isLetter(name.charAt(0)) && arguments.size() == 2
                || name.equals("and")
                || name.equals("or")) {
            return "(" + String.join(" " + name + " ", arguments) + ")";
        } else if (name.indexOf(' ') > 0) {
            return arguments.get(0) + " " + name;
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }

    static String texts(List<Typed> list, List<Attribute> columns) {
        return list.stream().map(typed -> text(typed, columns)).collect(Collectors.joining(", "));
    }

    static String delay(long ms) {
        return ms % 60_000 == 0 && ms > 0
                ? ms / 60_000 + " minutes"
                : ms % 1000 == 0 ? ms / 1000 + " seconds" : ms + " milliseconds";
    }

    static String call(AggregateCall call, List<Attribute> columns) {
        return call.function().name() + "(" + (call.distinct() ? "distinct " : "") + texts(call.arguments(), columns)
                + ")" + call.filter().map(f -> " filter " + text(f, columns)).orElse("");
    }

    /** One line per kind of node. */
    private static final class Line implements ResolvedPlan.Visitor<String> {
        @Override
        public String visit(ResolvedPlan.Source node) {
            return (node.streaming() ? "source  " : "table  ") + node.spec().identity() + ": "
                    + node.spec().schema();
        }

        @Override
        public String visit(ResolvedPlan.Values node) {
            return "values  " + node.rows().size() + (node.rows().size() == 1 ? " row" : " rows");
        }

        @Override
        public String visit(ResolvedPlan.Filter node) {
            return "filter  " + text(node.condition(), node.output());
        }

        @Override
        public String visit(ResolvedPlan.Project node) {
            var columns = new ArrayList<String>();
            for (int i = 0; i < node.expressions().size(); i++) {
                String text = text(node.expressions().get(i), node.child().output());
                String name = Field.quoted(node.output().get(i).name());
                columns.add(text.equals(node.output().get(i).name()) ? name : text + " as " + name);
            }
            return "project  " + String.join(", ", columns);
        }

        @Override
        public String visit(ResolvedPlan.Generate node) {
            return "generate  " + node.generator().name() + "("
                    + texts(node.arguments(), node.child().output()) + ")" + (node.outer() ? " outer" : "");
        }

        @Override
        public String visit(ResolvedPlan.Expand node) {
            return "expand  each row " + node.projections().size() + " times, once per grouping set";
        }

        @Override
        public String visit(ResolvedPlan.Watermark node) {
            return "watermark  " + node.output().get(node.column()).name() + ", " + delay(node.delayMs()) + " late";
        }

        @Override
        public String visit(ResolvedPlan.Aggregate node) {
            List<Attribute> columns = node.child().output();
            String keys = node.output().subList(0, node.keys().size()).stream()
                    .map(Attribute::name)
                    .collect(Collectors.joining(", "));
            String window = node.window()
                    .map(w -> " (" + window(w.spec(), node.keys().get(w.key()), columns) + ")")
                    .orElse("");
            String calls = node.aggregates().stream().map(c -> call(c, columns)).collect(Collectors.joining(", "));
            return "aggregate  " + (keys.isEmpty() ? "all rows" : "by " + keys) + window
                    + (calls.isEmpty() ? "" : ": " + calls);
        }

        private static String window(WindowSpec spec, Typed time, List<Attribute> columns) {
            String on = text(time, columns);
            if (spec instanceof WindowSpec.Tumbling tumbling) {
                return "tumbling " + on + ", " + delay(tumbling.sizeMicros() / 1000);
            } else if (spec instanceof WindowSpec.Sliding sliding) {
                return "sliding " + on + ", " + delay(sliding.sizeMicros() / 1000) + " every "
                        + delay(sliding.slideMicros() / 1000);
            }
            return "session " + on + ", gap " + text(((WindowSpec.Session) spec).gap(), columns);
        }

        @Override
        public String visit(ResolvedPlan.Window node) {
            return "analytic  "
                    + node.calls().stream()
                            .map(c -> c.name() + "("
                                    + texts(c.arguments(), node.child().output()) + ")")
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String visit(ResolvedPlan.Join node) {
            var conditions = new ArrayList<String>();
            for (int i = 0; i < node.leftKeys().size(); i++) {
                conditions.add(text(node.leftKeys().get(i), node.left().output())
                        + (node.nullSafe().get(i) ? " <=> " : " = ")
                        + text(node.rightKeys().get(i), node.right().output()));
            }
            var both = new ArrayList<>(node.left().output());
            both.addAll(node.right().output());
            node.residual().ifPresent(r -> conditions.add(text(r, both)));
            return JoinRules.name(node.type()) + " join"
                    + (conditions.isEmpty() ? "" : "  " + String.join(" and ", conditions));
        }

        @Override
        public String visit(ResolvedPlan.Deduplicate node) {
            return (node.withinWatermark() ? "drop duplicates within watermark  by " : "drop duplicates  by ")
                    + node.keys().stream()
                            .map(key -> node.output().get(key).name())
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String visit(ResolvedPlan.Stateful node) {
            return "stateful  " + node.spec().name() + " by " + node.spec().key() + ", state "
                    + node.spec()
                            .transform()
                            .map(t -> t.variables().toString())
                            .orElse(node.spec().state().toString());
        }

        @Override
        public String visit(ResolvedPlan.Union node) {
            return "union  of " + node.children().size();
        }

        @Override
        public String visit(ResolvedPlan.SetOperation node) {
            return (node.intersect() ? "intersect" : "except") + (node.all() ? " all" : "");
        }

        @Override
        public String visit(ResolvedPlan.Sort node) {
            return "sort  "
                    + node.keys().stream()
                            .map(k -> text(k.expression(), node.output()) + (k.ascending() ? "" : " desc"))
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String visit(ResolvedPlan.Limit node) {
            return "limit  " + node.rows();
        }

        @Override
        public String visit(ResolvedPlan.Offset node) {
            return "offset  " + node.rows();
        }

        @Override
        public String visit(ResolvedPlan.ScalarSubqueries node) {
            return "values of subqueries";
        }

        @Override
        public String visit(ResolvedPlan.Lookup node) {
            return "value of a subquery for each row";
        }

        @Override
        public String visit(ResolvedPlan.MapBatches node) {
            return "map  " + node.spec().name() + " to " + node.spec().output();
        }
    }
}
