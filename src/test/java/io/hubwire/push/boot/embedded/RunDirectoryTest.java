package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path base;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are inherited there")
    void create_onAnyMachine_isForTheOwnerAlone() throws IOException {
        try (RunDirectory directory = RunDirectory.create(base.resolve("data"))) {
            assertThat(permissions(directory.path())).isEqualTo("rwx------");
            assertThat(permissions(directory.path().getParent())).isEqualTo("rwx------");
            assertThat(permissions(base.resolve("data"))).isEqualTo("rwx------");
        }
    }

    @Test
    void create_whileAnotherRuns_leavesItAlone() throws IOException {
        try (RunDirectory first = RunDirectory.create(base);
                RunDirectory second = RunDirectory.create(base)) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
        }
    }

    @Test
    void create_afterAServerWasKilled_removesWhatItLeft() throws IOException {
        Path abandoned = Files.createDirectories(base.resolve("run/123/tomcat/work"));
        Files.writeString(abandoned.resolve("file"), "left behind");

        try (RunDirectory directory = RunDirectory.create(base)) {
            assertThat(base.resolve("run/123")).doesNotExist();
            assertThat(directory.path()).isDirectory();
        }
    }

    @Test
    void close_withFiles_removesAll() throws IOException {
        RunDirectory directory = RunDirectory.create(base);
        Files.writeString(
                Files.createDirectories(directory.path().resolve("a/b")).resolve("c"), "content");

        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such permissions")
    void create_whereOthersMayWrite_refuses() throws IOException {
        Path run = Files.createDirectory(base.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> RunDirectory.create(base))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody else may write to");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void create_behindALink_refuses() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Files.createSymbolicLink(base.resolve("run"), elsewhere);

        assertThatThrownBy(() -> RunDirectory.create(base)).isInstanceOf(IOException.class);
    }

    @Test
    void create_whereAFileLies_saysSo() throws IOException {
        Path file = Files.createFile(base.resolve("data"));

        assertThatThrownBy(() -> RunDirectory.create(file)).isInstanceOf(IOException.class);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
