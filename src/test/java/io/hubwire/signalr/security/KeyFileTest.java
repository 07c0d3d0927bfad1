package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "file permissions are POSIX's")
class KeyFileTest {
    private static final byte[] DATA = "data".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private Path writeKeys(String permissions, String... lines) throws IOException {
        Path file = Files.write(directory.resolve("keys"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void inDirectory_secondStart_opensTheTokensOfTheFirst() throws IOException {
        Path keys = directory.resolve("state/keys");
        String token = KeyFile.inDirectory(keys).protector("p").protect(DATA);
        assertThat(KeyFile.inDirectory(keys).protector("p").unprotect(token)).hasValue(DATA);
    }

    @Test
    void inDirectory_firstStart_letsNobodyElseRead() throws IOException {
        Path keys = directory.resolve("keys");
        KeyFile.inDirectory(keys);
        assertThat(modeOf(keys)).isEqualTo("rwx------");
        assertThat(modeOf(keys.resolve(KeyFile.NAME))).isEqualTo("rw-------");
        try (var files = Files.list(keys)) {
            assertThat(files).containsExactly(keys.resolve(KeyFile.NAME));
        }
    }

    @Test
    void inDirectory_manyAtOnce_agreeOnOneKey() throws Exception {
        int starters = 16;
        CyclicBarrier barrier = new CyclicBarrier(starters);
        ExecutorService executor = Executors.newFixedThreadPool(starters);
        try {
            Callable<KeyRing> start = () -> {
                barrier.await();
                return KeyFile.inDirectory(directory.resolve("keys"));
            };
            List<KeyRing> rings = new ArrayList<>();
            for (Future<KeyRing> ring : executor.invokeAll(java.util.Collections.nCopies(starters, start))) {
                rings.add(ring.get());
            }
            String token = rings.get(0).protector("p").protect(DATA);
            assertThat(rings).allSatisfy(ring -> assertThat(ring.protector("p").unprotect(token))
                    .hasValue(DATA));
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxr-xr-x", "rw-rw-rw-"})
    void read_openToOthers_isRefusedWithTheRemedy(String permissions) throws IOException {
        Path file = writeKeys(permissions, KeyRing.generateKey());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> KeyFile.read(file))
                .withMessage(file + " is open to others than its owner (" + permissions
                        + "); make it rw------- (chmod 600)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void read_ownersFile_ignoresCommentsAndTakesTheFirstKeyAsCurrent(String permissions) throws IOException {
        String current = KeyRing.generateKey();
        String older = KeyRing.generateKey();
        KeyRing ring = KeyFile.read(writeKeys(permissions, "# comment", "", current, " " + older));
        String token = ring.protector("p").protect(DATA);
        assertThat(KeyRing.of(List.of(current)).protector("p").unprotect(token)).hasValue(DATA);
        assertThat(ring.protector("p")
                        .unprotect(KeyRing.of(List.of(older)).protector("p").protect(DATA)))
                .hasValue(DATA);
    }

    @Test
    void read_noKeys_namesTheFile() throws IOException {
        Path file = writeKeys("rw-------", "# nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFile.read(file))
                .withMessage("the key file " + file + " cannot be used: a key ring has 1 to 16 keys, not 0");
    }

    @Test
    void read_tooLarge_isRefused() throws IOException {
        Path file = writeKeys("rw-------", "#" + "x".repeat(16_384));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> KeyFile.read(file))
                .withMessageEndingWith("has more than 16384 bytes");
    }

    @Test
    void read_missing_fails() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> KeyFile.read(directory.resolve("none")));
    }
}
