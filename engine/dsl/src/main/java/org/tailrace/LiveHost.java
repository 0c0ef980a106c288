package org.tailrace;

import java.util.Optional;
import org.tailrace.env.Environment;
import org.tailrace.render.ViewSpec;

/** Where views are drawn: a notebook gives one to the session. Without one, views print their text twin. */
public interface LiveHost {

    /** The variable that the running snippet assigns, on its own thread. */
    Optional<String> assignedName();

    /** A name for a query that nobody named, the same when its cell runs again: {@code live1}, {@code live2}, … */
    String nextName();

    /** What replaces a query, as its last frame says it: {@code cell [7]}. */
    String here();

    /**
     * The surroundings of a query's threads.
     *
     * @param base the session's
     * @param log takes what the query's code prints
     */
    Environment environment(Environment base, QueryLog log);

    /** A query was started; its view, if it has one, comes after. */
    void started(Query query);

    /** Draws {@code view} of the query in the current cell and keeps it up to date. */
    void show(Query query, ViewSpec view);

    /** Replaces what a console sink of the query has shown so far. */
    void console(Query query, String text);

    /** A sentence below the current cell. */
    void note(String sentence);
}
