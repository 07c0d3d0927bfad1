package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    private static final int MAX = 10;

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void nameFile() {
        path = directory.resolve("logs/trace.txt");
    }

    @Test
    void write_upToTheLimit_staysInTheFile() throws IOException {
        write(2, "12345", "67890");

        assertThat(path).hasContent("1234567890");
        assertThat(aside(1)).doesNotExist();
    }

    @Test
    void write_oneByteBeyondTheLimit_putsTheFileAside() throws IOException {
        write(2, "12345", "67890", "x");

        assertThat(path).hasContent("x");
        assertThat(aside(1)).hasContent("1234567890");
    }

    @Test
    void write_manyFiles_keepsTheNewest() throws IOException {
        write(2, "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd");

        assertThat(path).hasContent("dddddddddd");
        assertThat(aside(1)).hasContent("cccccccccc");
        assertThat(aside(2)).hasContent("bbbbbbbbbb");
        assertThat(aside(3)).doesNotExist();
    }

    @Test
    void write_nothingKept_beginsAnew() throws IOException {
        write(0, "aaaaaaaaaa", "b");

        assertThat(path).hasContent("b");
        assertThat(path.getParent()).isDirectoryContaining(file -> file.equals(path));
        assertThat(aside(1)).doesNotExist();
    }

    @Test
    void open_existingFile_goesOnAtItsEnd() throws IOException {
        write(2, "12345");
        write(2, "67890");

        assertThat(path).hasContent("1234567890");
    }

    @Test
    void open_fileOfAnotherOne_isRefusedUntilThatIsClosed() throws IOException {
        RotatingFile first = RotatingFile.open(path, MAX, 2);
        try {
            assertThatThrownBy(() -> RotatingFile.open(path, MAX, 2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another application of this server writes to it");
        } finally {
            first.close();
        }

        RotatingFile.open(path, MAX, 2).close();
    }

    @Test
    void write_rotationFails_failsAndGoesOnWhenItCan() throws IOException {
        RotatingFile file = RotatingFile.open(path, MAX, 1);
        try {
            Path inTheWay = Files.createDirectories(aside(1).resolve("taken")).getParent();
            file.write(bytes("1234567890"));
            assertThatThrownBy(() -> file.write(bytes("x"))).isInstanceOf(IOException.class);

            Files.delete(inTheWay.resolve("taken"));
            Files.delete(inTheWay);
            file.write(bytes("y"));

            assertThat(path).hasContent("y");
            assertThat(aside(1)).hasContent("1234567890");
        } finally {
            file.close();
        }
    }

    @Test
    void write_afterTheEnd_fails() throws IOException {
        RotatingFile file = RotatingFile.open(path, MAX, 2);
        file.close();

        assertThatThrownBy(() -> file.write(bytes("x"))).isInstanceOf(IOException.class);
        assertThat(path).isEmptyFile();
    }

    private void write(int kept, String... chunks) throws IOException {
        RotatingFile file = RotatingFile.open(path, MAX, kept);
        try {
            for (String chunk : chunks) {
                file.write(bytes(chunk));
            }
        } finally {
            file.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path aside(int number) {
        return path.resolveSibling("trace.txt." + number);
    }
}
