package org.tailrace.kernel.lang;

import org.tailrace.kernel.spi.MagicCall;

/** A run of Java or one magic; {@code start} and {@code end} are offsets into the cell's text. */
public sealed interface CellPart {

    int start();

    int end();

    record Java(String source, int start) implements CellPart {
        @Override
        public int end() {
            return start + source.length();
        }
    }

    /**
     * @param textStart where the call's own text begins, behind the name and one blank
     * @param cellMagic written with two per cent signs
     * @param target what stands before it and takes its value, such as {@code List<String> added = }; empty for none
     */
    record Magic(MagicCall call, int start, int end, int textStart, boolean cellMagic, String target)
            implements CellPart {}
}
