package org.tailrace.data.text;

/** UTF-16 to UTF-8. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Encodes {@code text[from..to)} into {@code out}, which has room for three bytes a character.
     *
     * @return the number of bytes, or −1 if the text contains half of a surrogate pair, as {@link Utf8Reader} makes one of
     *     a byte that is not UTF-8
     */
    public static int encode(char[] text, int from, int to, byte[] out) {
        int at = 0;
        int i = from;
        for (; i < to && text[i] < 0x80; i++) {
            out[at++] = (byte) text[i];
        }
        for (; i < to; i++) {
            char c = text[i];
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                out[at++] = (byte) (0xE0 | c >> 12);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else {
                if (Character.isLowSurrogate(c) || i + 1 == to || !Character.isLowSurrogate(text[i + 1])) {
                    return -1;
                }
                int point = Character.toCodePoint(c, text[++i]);
                out[at++] = (byte) (0xF0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | point & 0x3F);
            }
        }
        return at;
    }

    /** Whether the bytes are UTF-8. */
    public static boolean valid(byte[] bytes, int from, int to) {
        for (int i = from; i < to; ) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int length = length(bytes, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** Bytes of the character that starts at {@code at} with a byte above 127; 0 if none does. */
    public static int length(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int tail = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
        if (tail == 0 || lead >= 0xF5 || to - at <= tail) {
            return 0;
        }
        for (int i = 1; i <= tail; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean overlong = lead == 0xE0 && second < 0xA0 || lead == 0xF0 && second < 0x90;
        boolean surrogate = lead == 0xED && second > 0x9F;
        boolean beyond = lead == 0xF4 && second > 0x8F;
        return overlong || surrogate || beyond ? 0 : tail + 1;
    }
}
