package io.hubwire.push.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
    @TempDir
    Path directory;

    private FileStorage storage;

    @BeforeEach
    void open() throws IOException {
        storage = FileStorage.open(directory);
    }

    @Test
    void keep_staged_liesUnderItsId() throws IOException {
        UUID id;
        try (StagedFile staged = storage.stage(bytes(5), 5)) {
            id = staged.id();
            assertThat(staged.size()).isEqualTo(5);
            assertThat(storage.path(id)).doesNotExist();
            staged.keep();
        }

        assertThat(storage.path(id)).hasBinaryContent(new byte[5]);
        assertThat(files()).isEqualTo(1);
        storage.delete(id);
        assertThat(files()).isZero();
    }

    @Test
    void close_stagedNotKept_leavesNothing() throws IOException {
        storage.stage(bytes(5), 5).close();

        assertThat(files()).isZero();
    }

    @Test
    void stage_oneByteTooMany_leavesNothing() throws IOException {
        assertThatThrownBy(() -> storage.stage(bytes(6), 5))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("5 bytes");
        assertThat(files()).isZero();
    }

    @Test
    void stage_senderLeaves_leavesNothing() throws IOException {
        InputStream cutOff =
                new SequenceInputStream(bytes(100_000), new BrokenInputStream(() -> new IOException("gone")));

        assertThatThrownBy(() -> storage.stage(cutOff, 1_000_000)).hasMessage("gone");
        assertThat(files()).isZero();
    }

    @Test
    void stage_diskFails_isNotTheSendersFault() throws IOException {
        Files.delete(directory.resolve("staging"));

        assertThatThrownBy(() -> storage.stage(bytes(1), 5)).isInstanceOf(StorageException.class);
    }

    @Test
    void removeAbandoned_oldAndUnknown_only() throws IOException {
        UUID known = keep();
        UUID unknown = keep();
        UUID unknownButYoung = keep();
        Path cutOff = storage.stage(bytes(1), 5).path();
        Path stranger = Files.createFile(directory.resolve("kept").resolve("README"));
        Instant now = Instant.now();
        for (Path old : new Path[] {storage.path(known), storage.path(unknown), cutOff, stranger}) {
            Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(120)));
        }

        assertThat(storage.removeAbandoned(known::equals, Duration.ofSeconds(60), now))
                .isEqualTo(2);
        assertThat(cutOff).doesNotExist();
        assertThat(storage.path(unknown)).doesNotExist();
        assertThat(storage.path(known)).exists();
        assertThat(storage.path(unknownButYoung)).exists();
        assertThat(stranger).exists();
    }

    private UUID keep() throws IOException {
        try (StagedFile staged = storage.stage(bytes(1), 5)) {
            staged.keep();
            return staged.id();
        }
    }

    private long files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }
}
