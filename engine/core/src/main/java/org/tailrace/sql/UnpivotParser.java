package org.tailrace.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.expr.Expr;
import org.tailrace.plan.Plan;

/**
 * {@code UNPIVOT [INCLUDE NULLS] (value FOR name IN (a, b AS x))}: a row for each of the columns, with its name and value,
 * beside the columns that are not listed. It is written out with {@code stack}.
 */
final class UnpivotParser {
    private final Tokens tokens;

    UnpivotParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Plan after(Plan child) {
        int mark = tokens.mark();
        tokens.next();
        boolean nulls = tokens.acceptWords("INCLUDE", "NULLS");
        if (!nulls) {
            tokens.acceptWords("EXCLUDE", "NULLS");
        }
        tokens.expectOperator("(");
        String value = tokens.expectName("a name for the values");
        tokens.expectWord("FOR");
        String name = tokens.expectName("a name for the column of names");
        tokens.expectWord("IN");
        tokens.expectOperator("(");
        var columns = new ArrayList<String>();
        var stacked = new ArrayList<Expr>();
        do {
            int at = tokens.mark();
            String column = tokens.expectName("a column's name");
            String alias = tokens.acceptWord("AS") ? tokens.expectName("an alias") : column;
            columns.add(column);
            stacked.add(new Expr.Literal(alias, DataType.STRING));
            stacked.add(tokens.located(new Expr.Ref(column), at));
        } while (tokens.acceptOperator(","));
        tokens.expectOperator(")");
        if (!tokens.acceptOperator(")")) {
            throw tokens.unexpected("')'");
        }
        stacked.add(0, new Expr.Literal(columns.size(), DataType.INT));
        var call = tokens.located(new Expr.Call("stack", stacked), mark);
        Plan generated = new Plan.Generate(child, call, false, "", List.of(name, value));
        Plan rows = nulls ? generated : new Plan.Filter(generated, new Expr.Call("is not null", new Expr.Ref(value)));
        columns.addAll(List.of(name, value));
        Expr others = tokens.located(new Expr.Star(Optional.empty(), columns), mark);
        // What stack gives may be NULL; a name is not.
        var named = new Expr.Alias(
                new Expr.Call("coalesce", new Expr.Ref(name), new Expr.Literal("", DataType.STRING)), name);
        return tokens.located(new Plan.Project(rows, List.of(others, named, new Expr.Ref(value))), mark);
    }
}
