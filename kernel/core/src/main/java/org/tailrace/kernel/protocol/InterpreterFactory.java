package org.tailrace.kernel.protocol;

import java.util.List;
import org.tailrace.kernel.output.OutputRouter;
import org.tailrace.kernel.spi.KernelPlugin;

/** Makes the interpreter of one kernel; called in the background while the kernel already answers. */
@FunctionalInterface
public interface InterpreterFactory {

    /**
     * @param output where everything goes that cells print and show
     * @param plugins not started yet; the interpreter gives each its host
     */
    Interpreter create(OutputRouter output, List<KernelPlugin> plugins) throws Exception;
}
