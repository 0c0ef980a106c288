package org.tailrace.data.text;

/** Scanning of bytes that are mostly ASCII. */
final class Ascii {
    private Ascii() {}

    static int skipDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The value of at most nine digits. */
    static int number(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    /** Skips white space and control characters, which Spark trims before a cast. */
    static int skipBlanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && blank(text[at])) {
            at++;
        }
        return at;
    }

    /** The end without trailing blanks. */
    static int skipBlanksBack(byte[] text, int from, int to) {
        int at = to;
        while (at > from && blank(text[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean blank(byte b) {
        return b >= 0 && b <= ' ' || b == 0x7f;
    }
}
