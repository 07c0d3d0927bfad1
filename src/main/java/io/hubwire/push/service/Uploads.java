package io.hubwire.push.service;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.hubwire.push.domain.Audience;
import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.FileName;
import io.hubwire.push.domain.Notification;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.domain.UploadLimits;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.FileStorage;
import io.hubwire.push.store.Repositories;
import io.hubwire.push.store.SharedFiles;
import io.hubwire.push.store.StagedFile;
import io.hubwire.push.store.StorageException;
import io.hubwire.push.store.TooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Takes files in and tells followers: the bytes are safe on the disk before the database knows of them, the database has
 * committed before anyone is told. Blocking; thread-safe.
 */
public final class Uploads {
    private static final System.Logger LOG = System.getLogger(Uploads.class.getName());

    private final Database database;
    private final FileStorage storage;
    private final MediaTypeDetector types;
    private final NotificationPublisher publisher;
    private final UploadLimits limits;
    private final Clock clock;
    private final LongAdder failedPublications = new LongAdder();

    public Uploads(
            Database database,
            FileStorage storage,
            MediaTypeDetector types,
            NotificationPublisher publisher,
            UploadLimits limits,
            Clock clock) {
        this.database = database;
        this.storage = storage;
        this.types = types;
        this.publisher = publisher;
        this.limits = limits;
        this.clock = clock;
    }

    public UploadLimits limits() {
        return limits;
    }

    /** How often followers could not be told at once since the start: they find the file in the inbox. */
    public long failedPublications() {
        return failedPublications.sum();
    }

    /**
     * Takes the bytes in as they come. The caller closes what it gets, whatever happens afterwards.
     *
     * @throws FileTooLargeException over the limit of one file
     * @throws StorageException when the server's disk fails
     * @throws IOException when the stream fails
     */
    public PendingUpload stage(InputStream content) throws IOException {
        try {
            return new PendingUpload(storage.stage(content, limits.maxBytes()));
        } catch (TooLargeException tooLarge) {
            throw new FileTooLargeException(tooLarge);
        }
    }

    /**
     * Makes an upload its owner's file, and tells the followers.
     *
     * @param declaredName as the client sent it
     * @param note cleaned, at most {@link io.hubwire.push.domain.Note#MAX_LENGTH} characters
     * @throws StorageException when the server's disk fails
     */
    public UploadResult complete(
            String owner, PendingUpload pending, String declaredName, Category category, Optional<String> note) {
        StagedFile staged = pending.staged();
        if (staged.size() == 0) {
            return new UploadResult.Empty();
        }
        Draft draft = draft(staged, declaredName, category, note);
        if (!database.inTransaction(stored -> hasRoom(stored.files(), owner, draft.size()))) {
            return new UploadResult.OverQuota(limits);
        }
        keep(staged);
        Recorded recorded = record(owner, draft);
        publish(recorded.notifications());
        return new UploadResult.Stored(recorded.file(), recorded.notifications().size());
    }

    private Draft draft(StagedFile staged, String declaredName, Category category, Optional<String> note) {
        String name = FileName.safe(declaredName);
        try {
            return new Draft(staged.id(), name, staged.size(), types.detect(staged.path(), name), category, note);
        } catch (IOException failure) {
            throw new StorageException("an upload could not be read back", failure);
        }
    }

    private boolean hasRoom(SharedFiles files, String owner, long size) {
        SharedFiles.Usage usage = files.usage(owner);
        return limits.leaveRoomFor(size, usage.files(), usage.bytes());
    }

    private static void keep(StagedFile staged) {
        try {
            staged.keep();
        } catch (IOException failure) {
            throw new StorageException("an upload could not be kept", failure);
        }
    }

    private Recorded record(String owner, Draft draft) {
        try {
            return database.inTransaction(stored -> record(stored, owner, draft));
        } catch (RuntimeException failure) {
            forget(draft);
            throw failure;
        }
    }

    private Recorded record(Repositories stored, String owner, Draft draft) {
        // What the database can hold: the same instant is read back later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SharedFile file = draft.by(stored.accounts().find(owner).orElseThrow().person(), now);
        stored.files().add(file);
        List<String> audience =
                Audience.of(owner, file.category(), stored.follows().followersOf(owner));
        return new Recorded(file, stored.notifications().add(file.id(), audience, now));
    }

    private void forget(Draft draft) {
        try {
            storage.delete(draft.id());
        } catch (IOException failure) {
            LOG.log(WARNING, "file " + draft.id() + " is nobody's and stays until the next start", failure);
        }
    }

    private void publish(List<Notification> notifications) {
        Map<String, InboxItem> items =
                notifications.stream().collect(Collectors.toMap(Notification::recipient, InboxItem::of));
        if (items.isEmpty()) {
            return;
        }
        try {
            publisher.publish(items).whenComplete((done, failure) -> countFailure(failure));
        } catch (RuntimeException failure) {
            countFailure(failure);
        }
    }

    private void countFailure(Throwable failure) {
        if (failure != null) {
            failedPublications.increment();
            LOG.log(ERROR, "followers were not told of an upload; it is in their inboxes", failure);
        }
    }

    /** All of a file that is known before its transaction. */
    private record Draft(UUID id, String name, long size, String type, Category category, Optional<String> note) {
        SharedFile by(Person owner, Instant now) {
            return new SharedFile(id, owner, name, size, type, category, note, now);
        }
    }

    private record Recorded(SharedFile file, List<Notification> notifications) {}
}
