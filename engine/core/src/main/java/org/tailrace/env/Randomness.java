package org.tailrace.env;

import java.util.UUID;

/** Dice: identities of queries and seeds of batches. */
public interface Randomness {

    UUID uuid();

    long seed();
}
