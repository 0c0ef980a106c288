package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tailrace.kernel.output.CellContext;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/**
 * What outputs need to know of the request that they answer, however late they come; it keeps no code and no buffers alive.
 *
 * @param identities who is asked for input
 * @param silent whether nothing is published for it
 * @param pages what the reply carries to the front end's pager
 */
record Origin(ObjectNode header, List<byte[]> identities, boolean silent, boolean allowInput, Pages pages) {

    private static final Origin NONE = new Origin(Json.object(), List.of(), false, false, Pages.closed());

    static Origin of(Message request, boolean silent, boolean allowInput) {
        return new Origin(request.header(), request.identities(), silent, allowInput, new Pages());
    }

    /** Of a cell that no request started: nothing to answer to. */
    static Origin of(CellContext cell) {
        return cell.parent() instanceof Origin origin ? origin : NONE;
    }
}
