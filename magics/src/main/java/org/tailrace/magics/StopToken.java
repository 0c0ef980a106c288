package org.tailrace.magics;

import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;

/** Ends the notebook code that still runs on a query's threads once the query has ended, such as an endless loop. */
final class StopToken implements QueryListener {
    // set by whichever thread ends the query, read by the query's threads
    private volatile boolean stopped;

    boolean stopped() {
        return stopped;
    }

    @Override
    public void changed(QueryInfo query, QueryStatus status) {
        // a failed query can be taken up again
        stopped = status.state().ended() && status.state() != QueryStatus.State.FAILED;
    }
}
