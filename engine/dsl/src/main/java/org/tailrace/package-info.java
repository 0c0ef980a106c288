/**
 * What people write: the session, fluent tables, running queries and their views.
 *
 * <p>Verbs are Java, conditions are SQL text, and both build one tree. Every verb parses, resolves and types before it
 * returns, so that a wrong name fails where it was written. Nothing runs until {@code start}, {@code live} or
 * {@code show}.
 */
@NullMarked
package org.tailrace;

import org.jspecify.annotations.NullMarked;
