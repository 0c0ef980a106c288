package org.tailrace.kernel.exec;

import java.util.Map;

/** What a value looks like, as {@code render(..)} gives it to a cell: MIME type to text. Shown as it is. */
public record DisplayData(Map<String, String> bundle) {
    public DisplayData {
        bundle = Map.copyOf(bundle);
    }
}
