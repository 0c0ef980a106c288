package org.tailrace.function;

import java.time.Duration;

/**
 * Where a processor declares what it keeps for each key; names and types are part of a checkpoint. Values are records, or
 * single values of a column's type: numbers, text, booleans, {@code java.time}.
 *
 * <p>With a time to live, a value is gone that long after it was last written, by batch time.
 */
public interface StateHandle {
    <S> ValueState<S> value(String name, Class<S> type);

    <S> ValueState<S> value(String name, Class<S> type, Duration timeToLive);

    <S> ListState<S> list(String name, Class<S> type);

    <S> ListState<S> list(String name, Class<S> type, Duration timeToLive);

    <M, S> MapState<M, S> map(String name, Class<M> key, Class<S> type);

    <M, S> MapState<M, S> map(String name, Class<M> key, Class<S> type, Duration timeToLive);
}
