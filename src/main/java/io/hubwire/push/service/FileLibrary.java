package io.hubwire.push.service;

import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.FileStorage;
import io.hubwire.push.store.Repositories;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Files that are shared already: whose they are, and who may have them. Blocking; thread-safe. */
public final class FileLibrary {
    private final Database database;
    private final FileStorage storage;

    public FileLibrary(Database database, FileStorage storage) {
        this.database = database;
        this.storage = storage;
    }

    /**
     * One's own uploads, newest first.
     *
     * @param before only those older than this one; an id that isn't one's own gives an empty page
     * @param limit at least 1
     */
    public Page mine(String me, Optional<UUID> before, int limit) {
        return database.inTransaction(stored -> mine(stored, me, before, limit));
    }

    /** Whether someone may download a file: its owner, and everyone who was told of it. Unknown files are nobody's. */
    public boolean mayDownload(String me, UUID fileId) {
        return database.inTransaction(
                stored -> isOwner(stored, me, fileId) || stored.notifications().wasTold(me, fileId));
    }

    /** A file and where its bytes are, without asking who wants it. */
    public Optional<Content> content(UUID fileId) {
        return database.inTransaction(stored -> stored.files().find(fileId))
                .map(file -> new Content(file, storage.path(fileId)));
    }

    private static boolean isOwner(Repositories stored, String me, UUID fileId) {
        return stored.files()
                .find(fileId)
                .filter(file -> file.owner().name().equals(me))
                .isPresent();
    }

    private static Page mine(Repositories stored, String me, Optional<UUID> before, int limit) {
        List<SharedFile> found = before.isEmpty()
                ? stored.files().newest(me, limit + 1)
                : stored.files()
                        .find(before.get())
                        .filter(file -> file.owner().name().equals(me))
                        .map(file -> stored.files().before(file, limit + 1))
                        .orElse(List.of());
        List<SharedFile> page = found.stream().limit(limit).toList();
        Map<UUID, Long> recipients = stored.notifications()
                .recipientCounts(page.stream().map(SharedFile::id).toList());
        return new Page(
                page.stream()
                        .map(file -> new Upload(file, recipients.getOrDefault(file.id(), 0L)))
                        .toList(),
                found.size() > limit);
    }

    /**
     * An upload of one's own.
     *
     * @param recipients how many people were told
     */
    public record Upload(SharedFile file, long recipients) {}

    /**
     * Some of one's uploads, newest first.
     *
     * @param more whether there are older ones
     */
    public record Page(List<Upload> items, boolean more) {}

    /** A file and its bytes. */
    public record Content(SharedFile file, Path path) {}
}
