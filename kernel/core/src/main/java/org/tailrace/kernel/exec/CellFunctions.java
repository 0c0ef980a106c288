package org.tailrace.kernel.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.output.OutputRouter;

/** {@code display} and its kin, for the cell that the calling thread works for. */
record CellFunctions(OutputRouter router, Renderers renderers, NotebookHost host) implements NotebookFunctions {

    @Override
    public DisplayData render(@Nullable Object value, List<String> as) {
        return new DisplayData(renderers.render(value, as));
    }

    @Override
    public void display(DisplayData data, String displayId) {
        if (!data.bundle().isEmpty()) {
            router.display(cell(), data.bundle(), displayId);
        }
    }

    @Override
    public void update(String displayId, DisplayData data) {
        router.updateDisplay(cell(), data.bundle(), displayId);
    }

    @Override
    public void clear(boolean wait) {
        router.clear(cell(), wait);
    }

    @Override
    public void page(DisplayData data) {
        router.page(cell(), data.bundle());
    }

    @Override
    public @Nullable Object evaluate(String source) throws Exception {
        return host.evaluate(source).orElse(null);
    }

    private CellContext cell() {
        return router.current()
                .or(router::running)
                .orElseThrow(() -> new IllegalStateException("this thread works for no cell, so nothing can be shown"));
    }
}
