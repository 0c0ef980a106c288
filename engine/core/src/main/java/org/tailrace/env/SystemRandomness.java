package org.tailrace.env;

import java.security.SecureRandom;
import java.util.UUID;

/** Dice that no one can foresee. */
final class SystemRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID uuid() {
        return UUID.randomUUID();
    }

    @Override
    public long seed() {
        return random.nextLong();
    }
}
