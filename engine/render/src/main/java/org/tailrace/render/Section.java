package org.tailrace.render;

/** A part of a view in both its forms. */
record Section(String html, String text) {
    static final Section NONE = new Section("", "");
}
