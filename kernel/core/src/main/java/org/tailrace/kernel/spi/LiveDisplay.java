package org.tailrace.kernel.spi;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A display that changes. Pictures are pulled: the kernel's one display thread asks the newest supplier, at most four
 * times a second for one display and twenty for all. A picture equal to the last one is not sent.
 */
public interface LiveDisplay {

    String id();

    /** Marks the display changed; the supplier replaces an earlier one that was not yet asked. Never blocks. */
    void update(Supplier<Map<String, String>> picture);

    /** Sends what is pending now, outside the rate budget; for a last frame. Returns when it was handed over. */
    void flush();
}
