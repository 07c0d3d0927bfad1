package io.hubwire.push.security;

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

class KeyFileTest {
    @TempDir
    Path directory;

    @Test
    void loadOrCreate_secondTime_isTheSameKey() throws IOException {
        byte[] key = KeyFile.loadOrCreate(file());

        assertThat(KeyFile.loadOrCreate(file())).isEqualTo(key).hasSize(KeyFile.KEY_BYTES);
        assertThat(KeyFile.loadOrCreate(directory.resolve("other"))).isNotEqualTo(key);
    }

    @Test
    void loadOrCreate_leavesNothingElse() throws IOException {
        KeyFile.loadOrCreate(file());

        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void loadOrCreate_new_isForTheOwnerAlone() throws IOException {
        KeyFile.loadOrCreate(file());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void loadOrCreate_readableByOthers_isRefused() throws IOException {
        KeyFile.loadOrCreate(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> KeyFile.loadOrCreate(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rw-------")
                .hasMessageContaining("(rw-r-----)");
    }

    @Test
    void loadOrCreate_truncated_isRefused() throws IOException {
        byte[] key = KeyFile.loadOrCreate(file());
        Files.write(file(), java.util.Arrays.copyOf(key, 10));

        assertThatThrownBy(() -> KeyFile.loadOrCreate(file())).hasMessageContaining("10 bytes in place of 64");
    }

    private Path file() {
        return directory.resolve("keys").resolve("signing.key");
    }
}
