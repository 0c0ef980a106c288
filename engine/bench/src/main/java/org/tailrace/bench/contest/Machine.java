package org.tailrace.bench.contest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used of the machine. */
public final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    /** Of all threads, those of the JVM included. */
    public static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** −1 where the system does not say. */
    public static long peakRssMb() throws IOException {
        return peakRssMb(ProcessHandle.current().pid());
    }

    /** Of another process; −1 where the system does not say. */
    public static long peakRssMb(long process) throws IOException {
        Path status = Path.of("/proc/" + process + "/status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }
}
