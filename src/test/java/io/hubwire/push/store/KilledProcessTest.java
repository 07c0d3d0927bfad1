package io.hubwire.push.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been committed survives a process that ends without a chance to say good-bye. */
class KilledProcessTest {
    private static final int ROWS = 50;

    @TempDir
    Path directory;

    @Test
    void committed_thenKilled_isThere() throws Exception {
        Path file = directory.resolve("db").resolve("hubwire");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Writer.KILLED);

        try (Database database = Database.open(DatabaseOptions.embedded(file, 2))) {
            assertThat(IntStream.range(0, ROWS).mapToObj(i -> "user" + i))
                    .allMatch(name -> database.inTransaction(
                            stored -> stored.accounts().find(name).isPresent()));
        }
    }

    /** Commits one row after the other, then ends as if killed: no shutdown hook runs, nothing is closed or flushed. */
    static final class Writer {
        static final int KILLED = 137;

        private Writer() {}

        public static void main(String[] arguments) {
            Database database = Database.open(DatabaseOptions.embedded(Path.of(arguments[0]), 2));
            for (int i = 0; i < ROWS; i++) {
                String name = "user" + i;
                database.runInTransaction(stored -> stored.accounts().add(TestDatabase.account(name), Instant.now()));
            }
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
