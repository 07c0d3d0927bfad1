package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.push.boot.embedded.ServerStartException;
import io.hubwire.push.kit.LogRecorder;
import io.hubwire.push.kit.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path data;

    @Test
    void start_settingOutOfRange_failsAndNamesIt() {
        LogRecorder log = LogRecorder.start();
        try {
            assertThatThrownBy(() -> RunningServer.start(data, Map.of("hubwire.upload.maxBytes", "0")))
                    .isInstanceOf(ServerStartException.class);
        } finally {
            log.close();
        }

        assertThat(log.atLeast(Level.WARNING)).anyMatch(line -> line.contains("hubwire.upload.maxBytes"));
        assertThat(data.resolve("db")).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void start_whatItKeeps_isForTheOwnerAlone() throws Exception {
        RunningServer.start(data, Map.of("hubwire.password.cost", "4")).close();

        for (String directory : new String[] {"db", "files/kept", "files/staging"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(directory))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void close_leavesNoThreadOfTheApplication() throws Exception {
        RunningServer.start(data, Map.of("hubwire.password.cost", "4")).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("hubwire") || name.startsWith("HikariPool"));
    }
}
