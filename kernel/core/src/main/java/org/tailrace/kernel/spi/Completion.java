package org.tailrace.kernel.spi;

/**
 * One proposal.
 *
 * @param text what replaces {@code [start, end)}
 * @param start offset into the text that was asked about
 * @param type a word that the front end may show, such as {@code column}, {@code function}, {@code magic}
 */
public record Completion(String text, int start, int end, String type) {}
