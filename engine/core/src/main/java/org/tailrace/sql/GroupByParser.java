package org.tailrace.sql;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.expr.Expr;

/** What follows GROUP BY. Rollups, cubes and grouping sets become one list of sets of keys, by number. */
final class GroupByParser {
    /** @param sets empty for plain groups */
    record Groups(List<Expr> keys, List<List<Integer>> sets) {}

    private final Tokens tokens;
    private final ExpressionParser expressions;

    GroupByParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Groups parse() {
        var items = new ArrayList<List<List<Expr>>>();
        boolean plain = true;
        do {
            boolean sets = tokens.atWords("GROUPING", "SETS");
            boolean rollup = tokens.atWord("ROLLUP") && tokens.peek(1).isOperator("(");
            boolean cube = tokens.atWord("CUBE") && tokens.peek(1).isOperator("(");
            if (sets) {
                tokens.next();
            }
            if (sets || rollup || cube) {
                tokens.next();
                plain = false;
                List<List<Expr>> groups = parenthesised();
                items.add(sets ? groups : rollup ? rollup(groups) : cube(groups));
            } else {
                items.add(List.of(List.of(expressions.expression())));
            }
        } while (tokens.acceptOperator(","));
        if (plain
                && tokens.atWord("WITH")
                && (tokens.peek(1).isWord("ROLLUP") || tokens.peek(1).isWord("CUBE"))) {
            tokens.next();
            boolean rollup = tokens.acceptWord("ROLLUP");
            if (!rollup) {
                tokens.next();
            }
            var keys = items.stream().map(item -> item.get(0)).toList();
            return numbered(List.of(rollup ? rollup(keys) : cube(keys)));
        }
        if (plain && tokens.acceptWords("GROUPING", "SETS")) {
            var keys = items.stream().map(item -> item.get(0).get(0)).toList();
            return numbered(parenthesised(), keys);
        }
        if (plain) {
            return new Groups(items.stream().map(item -> item.get(0).get(0)).toList(), List.of());
        }
        return numbered(items);
    }

    /** {@code ((a, b), c, ())}. */
    private List<List<Expr>> parenthesised() {
        tokens.expectOperator("(");
        var groups = new ArrayList<List<Expr>>();
        do {
            if (tokens.atOperator("(") && tokens.peek(1).isOperator(")")) {
                tokens.next();
                tokens.next();
                groups.add(List.of());
            } else {
                // Not struct(a, b), which is one key.
                boolean parenthesis = tokens.atOperator("(");
                Expr group = expressions.expression();
                boolean several = parenthesis
                        && group instanceof Expr.Call call
                        && call.function().equals("struct");
                groups.add(several ? ((Expr.Call) group).arguments() : List.of(group));
            }
        } while (tokens.acceptOperator(","));
        tokens.expectOperator(")");
        return groups;
    }

    private static List<List<Expr>> rollup(List<List<Expr>> groups) {
        var sets = new ArrayList<List<Expr>>();
        for (int size = groups.size(); size >= 0; size--) {
            sets.add(flat(groups.subList(0, size)));
        }
        return sets;
    }

    private static List<List<Expr>> cube(List<List<Expr>> groups) {
        var sets = new ArrayList<List<Expr>>();
        for (int mask = (1 << groups.size()) - 1; mask >= 0; mask--) {
            var chosen = new ArrayList<List<Expr>>();
            for (int i = 0; i < groups.size(); i++) {
                if ((mask >> (groups.size() - 1 - i) & 1) == 1) {
                    chosen.add(groups.get(i));
                }
            }
            sets.add(flat(chosen));
        }
        return sets;
    }

    private static List<Expr> flat(List<List<Expr>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** The sets of several items are all combinations of theirs. */
    private static Groups numbered(List<List<List<Expr>>> items) {
        List<List<Expr>> sets = List.of(List.of());
        for (List<List<Expr>> item : items) {
            var combined = new ArrayList<List<Expr>>();
            for (List<Expr> before : sets) {
                for (List<Expr> set : item) {
                    combined.add(flat(List.of(before, set)));
                }
            }
            sets = combined;
        }
        return numbered(sets, List.of());
    }

    private static Groups numbered(List<List<Expr>> sets, List<Expr> first) {
        var keys = new ArrayList<>(first);
        var numbers = new ArrayList<List<Integer>>();
        for (List<Expr> set : sets) {
            var number = new ArrayList<Integer>();
            for (Expr key : set) {
                if (!keys.contains(key)) {
                    keys.add(key);
                }
                if (!number.contains(keys.indexOf(key))) {
                    number.add(keys.indexOf(key));
                }
            }
            numbers.add(List.copyOf(number));
        }
        return new Groups(keys, numbers);
    }
}
