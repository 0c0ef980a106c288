package org.tailrace.env;

/** The four seams together. {@code SystemEnvironment} is the real one; the testkit has one with simulated parts. */
public record Environment(FileSystem files, Clock clock, Scheduler scheduler, Randomness randomness) {}
