package org.tailrace.magics;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.Query;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.LiveDisplay;
import org.tailrace.render.ViewSpec;
import org.tailrace.report.BatchReport;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;

/**
 * One view of a query in a cell. It marks its display changed after each batch; the kernel's display thread pulls a
 * picture when its budget allows, so that drawing never holds a batch up, and a picture that is skipped loses no row: the
 * folding is the query's. The last frame is always sent.
 */
final class LiveView implements QueryListener {
    private final Query query;
    private final ViewSpec spec;
    private final int cell;
    private volatile @Nullable LiveDisplay display;

    LiveView(Query query, ViewSpec spec, int cell) {
        this.query = query;
        this.spec = spec;
        this.cell = cell;
    }

    /** Number of the cell that it is drawn in. */
    int cell() {
        return cell;
    }

    void open(Cell in, String displayId) {
        // opened first: a batch that ends meanwhile is seen by the update below
        LiveDisplay opened = in.live(displayId, this::picture);
        display = opened;
        query.addListener(this);
        opened.update(this::picture);
    }

    private Map<String, String> picture() {
        return query.draw(spec, "").bundle();
    }

    @Override
    public void progressed(QueryInfo info, BatchReport report) {
        update(false);
    }

    @Override
    public void changed(QueryInfo info, QueryStatus status) {
        update(status.state().ended());
    }

    private void update(boolean last) {
        LiveDisplay target = display;
        if (target != null) {
            target.update(this::picture);
            if (last) {
                target.flush();
            }
        }
    }
}
