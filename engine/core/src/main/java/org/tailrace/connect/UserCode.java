package org.tailrace.connect;

import org.tailrace.error.Problem;
import org.tailrace.error.TailraceException;
import org.tailrace.error.UserCodeException;

/** Calls what the user wrote, and says of what it throws where that was. */
final class UserCode {
    private static final int SHOWN = 500;

    private UserCode() {}

    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** @throws UserCodeException TR-501 for what the call throws; an interrupt and our own errors pass as they are */
    static void call(String verb, long batchId, String row, Call call) throws Exception {
        try {
            call.run();
        } catch (InterruptedException | TailraceException e) {
            throw e;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            Problem problem =
                    Problem.of("TR-501", "the function of " + verb + " failed in batch " + batchId + ": " + e);
            throw new UserCodeException(
                    row.isEmpty()
                            ? problem
                            : problem.have("row " + (row.length() > SHOWN ? row.substring(0, SHOWN) + "..." : row)),
                    e);
        }
    }
}
