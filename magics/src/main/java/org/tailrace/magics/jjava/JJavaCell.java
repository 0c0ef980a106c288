package org.tailrace.magics.jjava;

import java.util.Map;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.LiveDisplay;

/**
 * The cell that JJava runs.
 *
 * @param source the statement of it that runs, by which it is known again; JJava does not tell the cell's own text
 */
record JJavaCell(BaseKernel kernel, JJavaDisplays displays, int number, String source) implements Cell {

    @Override
    public String id() {
        return Integer.toHexString(source.hashCode());
    }

    @Override
    public void print(String text) {
        kernel.getIO().out.print(text);
        kernel.getIO().out.flush();
    }

    @Override
    public void display(Map<String, String> bundle) {
        kernel.display(JJavaDisplays.fill(new DisplayData(), bundle));
    }

    @Override
    public LiveDisplay live(String displayId, Supplier<Map<String, String>> first) {
        return displays.open(displayId, first.get());
    }
}
