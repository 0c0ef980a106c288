package org.tailrace.exec;

import org.tailrace.error.Problem;
import org.tailrace.error.UserCodeException;
import org.tailrace.report.BadRow;
import org.tailrace.spi.Backend.OnError;

/** What becomes of a row for which a user's function threw: the query fails, or goes on without it. */
final class UserCode {
    private final String operator;
    private final OnError onError;

    UserCode(String operator, OnError onError) {
        this.operator = operator;
        this.onError = onError;
    }

    /** @throws UserCodeException TR-501, naming the batch and the row */
    void failed(Throwable cause, BatchRun batch, String row) throws InterruptedException {
        if (cause instanceof InterruptedException stop) {
            throw stop;
        }
        if (onError == OnError.FAIL) {
            String what = cause.getMessage() == null
                    ? cause.getClass().getSimpleName()
                    : cause.getClass().getSimpleName() + ": " + cause.getMessage();
            throw new UserCodeException(
                    Problem.of("TR-501", "a function of yours threw in " + operator + ": " + what)
                            .have("batch #" + batch.context.batchId() + ", row " + row)
                            .fix(
                                    "handle it in the function, or start the query with onError(\"skip\") or onError(\"keep\")"),
                    cause);
        }
        batch.skippedRows++;
        if (onError == OnError.KEEP) {
            batch.noteBad(new BadRow(
                    batch.context.batchId(),
                    operator,
                    "batch #" + batch.context.batchId(),
                    row,
                    String.valueOf(cause)));
        }
    }
}
