package org.tailrace.kernel.output;

/**
 * The identity of one execution of a cell, captured by whatever prints later on its behalf.
 *
 * @param cellId the front end's cell id, else a hash of the text
 * @param number execution count; 0 for silent requests
 * @param parent the protocol's opaque parent header; a sink that knows no protocol ignores it
 */
public record CellContext(String cellId, int number, String source, Object parent) {}
