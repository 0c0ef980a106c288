package org.tailrace.kernel.exec;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.LiveDisplay;

/** Stands for a cell while a start-up script runs: no front end has asked yet, so what is printed goes to the log. */
record StartCell(String id, String source, Consumer<String> log) implements Cell {

    @Override
    public int number() {
        return 0;
    }

    @Override
    public void print(String text) {
        log.accept(id + ": " + text.stripTrailing());
    }

    @Override
    public void display(Map<String, String> bundle) {
        print(bundle.getOrDefault("text/plain", ""));
    }

    @Override
    public LiveDisplay live(String displayId, Supplier<Map<String, String>> first) {
        display(first.get());
        return new LiveDisplay() {
            @Override
            public String id() {
                return displayId;
            }

            @Override
            public void update(Supplier<Map<String, String>> picture) {}

            @Override
            public void flush() {}
        };
    }
}
