package io.hubwire.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How often the threads of this process have given up their processor to wait. Noise from other processes hardly moves it. */
final class ThreadSwitches {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String VOLUNTARY = "voluntary_ctxt_switches:";

    private ThreadSwitches() {}

    /** Of all living threads together; 0 where there is no {@code /proc}. */
    static long voluntary() throws IOException {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += ofThread(task.resolve("status"));
            }
        }
        return sum;
    }

    private static long ofThread(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(VOLUNTARY))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(VOLUNTARY.length()).strip()))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
