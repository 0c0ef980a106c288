package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.BatchReport.OperatorProgress;

/** Rows and bytes that each operator keeps, and what the last batch did to them. */
final class StateView {
    private StateView() {}

    static Section of(ViewModel model) {
        var heads = List.of(
                new Grid.Head("operator", "", false),
                new Grid.Head("state rows", "", true),
                new Grid.Head("updated", "", true),
                new Grid.Head("expired", "", true),
                new Grid.Head("late, dropped", "", true));
        boolean wall = !model.info().virtualTime();
        var columns = new ArrayList<>(heads);
        if (wall) {
            columns.add(new Grid.Head("bytes", "", true));
        }
        var rows = new ArrayList<List<Grid.Cell>>();
        model.last().ifPresent(report -> {
            for (OperatorProgress operator : report.operators()) {
                var row = new ArrayList<>(List.of(
                        Grid.Cell.of(operator.name()),
                        Grid.Cell.of(Numbers.count(operator.stateRows())),
                        Grid.Cell.of(Numbers.count(operator.updated())),
                        Grid.Cell.of(Numbers.count(operator.removed())),
                        Grid.Cell.of(Numbers.count(operator.dropped()))));
                if (wall) {
                    row.add(Grid.Cell.of(Numbers.bytes(operator.stateBytes())));
                }
                rows.add(row);
            }
        });
        Grid grid = new Grid(columns, rows);
        return new Section(grid.html(), grid.text());
    }
}
