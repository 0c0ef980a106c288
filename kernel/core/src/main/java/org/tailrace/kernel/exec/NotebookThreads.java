package org.tailrace.kernel.exec;

/**
 * The threads of cells and those that the user's code starts from them. A thread that ends by an interrupt of the notebook
 * has not failed, and prints no trace into a cell; all else that nobody catches is reported as everywhere in Java.
 */
final class NotebookThreads extends ThreadGroup {

    NotebookThreads() {
        super("notebook");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!isStop(failure)) {
            super.uncaughtException(thread, failure);
        }
    }

    /** A stop inside a task of a pool arrives as the cause of another failure. */
    private static boolean isStop(Throwable failure) {
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 10; each = each.getCause()) {
            if (each instanceof Stopped) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
