package org.tailrace.kernel.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Notebook} stands on. Public, since the notebook's copy of that class sees it from another loader. */
public interface NotebookFunctions {

    DisplayData render(@Nullable Object value, List<String> as);

    void display(DisplayData data, String displayId);

    void update(String displayId, DisplayData data);

    void clear(boolean wait);

    void page(DisplayData data);

    /** @return the value that the text comes to as a cell; null for none */
    @Nullable
    Object evaluate(String source) throws Exception;
}
