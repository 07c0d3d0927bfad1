package io.hubwire.push.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.Following;
import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.domain.UploadLimits;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.push.kit.TestDatabase;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.FileStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadsTest {
    private static final UploadLimits LIMITS = new UploadLimits(100, 2, 150);

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final Database database = TestDatabase.open("alice", "bob", "carol");
    private final Inbox inbox = new Inbox(database, clock);
    private final List<Map<String, InboxItem>> published = new ArrayList<>();
    private FileStorage storage;

    @BeforeEach
    void follow() throws IOException {
        storage = FileStorage.open(directory);
        var people = new People(database);
        people.follow("bob", "alice", Following.everything());
        people.follow("carol", "alice", Following.only(List.of(Category.MUSIC)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void complete_followersOfTheCategory_areToldAfterTheCommit() throws IOException {
        // Read in another transaction, what is published is there already.
        Uploads uploads = uploads(items -> {
            assertThat(inbox.page("bob", OptionalLong.empty(), 10).items()).containsExactly(items.get("bob"));
            published.add(items);
            return CompletableFuture.completedFuture(null);
        });

        SharedFile file = stored(upload(uploads, "hello"));

        assertThat(published).hasSize(1);
        InboxItem item = published.get(0).get("bob");
        assertThat(published.get(0)).containsOnlyKeys("bob");
        assertThat(item.fileId()).isEqualTo(file.id());
        assertThat(item.kind()).isEqualTo("file");
        assertThat(item.from().displayName()).isEqualTo("The alice");
        assertThat(item.note()).isEqualTo("a note");
        assertThat(item.at()).isEqualTo(clock.instant().toString());
        assertThat(item.read()).isFalse();
    }

    @Test
    void complete_publisherThrows_uploadIsStoredAndTheFailureCounted() throws IOException {
        Uploads uploads = uploads(items -> {
            throw new IllegalStateException("no hub");
        });

        stored(upload(uploads, "hello"));

        assertThat(uploads.failedPublications()).isEqualTo(1);
        assertThat(inbox.unread("bob")).isEqualTo(1);
    }

    @Test
    void complete_publicationFailsLater_isCounted() throws IOException {
        var publication = new CompletableFuture<Void>();
        Uploads uploads = uploads(items -> publication);
        stored(upload(uploads, "hello"));
        assertThat(uploads.failedPublications()).isZero();

        publication.completeExceptionally(new IOException("bus is down"));

        assertThat(uploads.failedPublications()).isEqualTo(1);
    }

    @Test
    void complete_nobodyFollows_publishesNothing() throws IOException {
        Uploads uploads = uploads(this::publish);
        try (PendingUpload pending = stage(uploads, "hello")) {
            stored(uploads.complete("bob", pending, "a.txt", Category.MUSIC, Optional.empty()));
        }

        assertThat(published).isEmpty();
    }

    @Test
    void complete_empty_isRefusedAndLeavesNothing() throws IOException {
        assertThat(upload(uploads(this::publish), "")).isInstanceOf(UploadResult.Empty.class);
        assertThat(files()).isZero();
    }

    @Test
    void complete_overTheNumberOfFiles_isRefusedAndLeavesNothing() throws IOException {
        Uploads uploads = uploads(this::publish);
        stored(upload(uploads, "1"));
        stored(upload(uploads, "2"));

        assertThat(upload(uploads, "3")).isEqualTo(new UploadResult.OverQuota(LIMITS));
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void complete_overTheBytesOfTheOwner_isRefused() throws IOException {
        Uploads uploads = uploads(this::publish);
        stored(upload(uploads, "x".repeat(100)));

        assertThat(upload(uploads, "x".repeat(51))).isInstanceOf(UploadResult.OverQuota.class);
        stored(upload(uploads, "x".repeat(50)));
    }

    @Test
    void complete_transactionFails_leavesNothing() throws IOException {
        Uploads uploads = uploads(this::publish);
        try (PendingUpload pending = stage(uploads, "hello")) {
            assertThatThrownBy(() -> uploads.complete("nobody", pending, "a.txt", Category.MUSIC, Optional.empty()))
                    .isInstanceOf(NoSuchElementException.class);
        }

        assertThat(files()).isZero();
        assertThat(published).isEmpty();
    }

    @Test
    void stage_oneByteTooMany_isTooLarge() {
        assertThatThrownBy(() -> stage(uploads(this::publish), "x".repeat(101)))
                .isInstanceOf(FileTooLargeException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            photo.png | <html><script>alert(1)</script></html> | text/html
            photo.png | %PDF-1.7                                | application/pdf
            notes     | plain words                             | text/plain
            notes.txt | plain words                             | text/plain
            """)
    void complete_mediaType_isThatOfTheContent(String name, String content, String type) throws IOException {
        Uploads uploads = uploads(this::publish);
        try (PendingUpload pending = stage(uploads, content)) {
            SharedFile file = stored(uploads.complete("alice", pending, name, Category.OTHER, Optional.empty()));

            assertThat(file.type()).isEqualTo(type);
        }
    }

    private CompletionStage<?> publish(Map<String, InboxItem> items) {
        published.add(items);
        return CompletableFuture.completedFuture(null);
    }

    private Uploads uploads(NotificationPublisher publisher) {
        return new Uploads(database, storage, new MediaTypeDetector(), publisher, LIMITS, clock);
    }

    private static UploadResult upload(Uploads uploads, String content) throws IOException {
        try (PendingUpload pending = stage(uploads, content)) {
            return uploads.complete("alice", pending, "a.txt", Category.PICTURES, Optional.of("a note"));
        }
    }

    private static PendingUpload stage(Uploads uploads, String content) throws IOException {
        return uploads.stage(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static SharedFile stored(UploadResult result) {
        assertThat(result).isInstanceOf(UploadResult.Stored.class);
        return ((UploadResult.Stored) result).file();
    }

    private long files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
