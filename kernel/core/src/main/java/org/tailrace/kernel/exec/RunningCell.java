package org.tailrace.kernel.exec;

import java.util.Map;
import java.util.function.Supplier;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.LiveDisplay;

/** A cell as plug-ins see it. */
record RunningCell(OutputRouter router, CellContext context) implements Cell {

    @Override
    public String id() {
        return context.cellId();
    }

    @Override
    public int number() {
        return context.number();
    }

    @Override
    public String source() {
        return context.source();
    }

    @Override
    public void print(String text) {
        router.print(context, text);
    }

    @Override
    public void display(Map<String, String> bundle) {
        router.display(context, bundle);
    }

    @Override
    public LiveDisplay live(String displayId, Supplier<Map<String, String>> first) {
        return router.live(context, displayId, first);
    }
}
