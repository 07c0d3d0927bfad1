package io.hubwire.push.api;

import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.security.DownloadLinks;
import io.hubwire.push.security.UploadRate;
import io.hubwire.push.service.FileLibrary;
import io.hubwire.push.service.Refusals;
import io.hubwire.push.service.UploadResult;
import io.hubwire.push.service.UploadSlots;
import io.hubwire.push.service.Uploads;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sharing files, and links to download them. */
@Path("files")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FileResource {
    private static final int RETRY_SECONDS = 10;

    @Inject
    Uploads uploads;

    @Inject
    UploadSlots slots;

    @Inject
    UploadRate rate;

    @Inject
    Refusals refusals;

    @Inject
    FileLibrary library;

    @Inject
    DownloadLinks links;

    @Context
    SecurityContext security;

    @Context
    HttpServletRequest request;

    /** Fields {@code category}, {@code note} (optional) and {@code file}, in any order; the file is streamed to the disk. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload() throws IOException {
        String owner = Caller.of(security).name();
        Optional<UploadSlots.Slot> slot = slots.take(owner);
        if (slot.isEmpty()) {
            return tooManyUploads();
        }
        try {
            Optional<Duration> wait = rate.begin(owner);
            return wait.isPresent() ? tooManyThisHour(wait.get()) : receive(owner);
        } finally {
            slot.get().close();
        }
    }

    @GET
    @Path("mine")
    public Listing mine(@QueryParam("before") String before, @QueryParam("limit") String limit) {
        var page = library.mine(Caller.of(security).name(), cursor(before), Paging.limit(limit));
        return new Listing(
                page.items().stream()
                        .map(item -> Uploaded.of(item.file(), item.recipients()))
                        .toList(),
                page.more());
    }

    /** For the owner and for those who were told of the file; for others the file doesn't exist. */
    @POST
    @Path("{id}/link")
    public Link link(@PathParam("id") String id) {
        String me = Caller.of(security).name();
        UUID fileId = uuid(id).filter(file -> library.mayDownload(me, file))
                .orElseThrow(() -> Problem.notFound("There is no such file."));
        return new Link(
                request.getContextPath() + "/download/" + links.issue(fileId, me), DownloadLinks.LIFETIME.toSeconds());
    }

    private Response receive(String owner) throws IOException {
        try (UploadForm form = UploadForm.read(request, uploads, refusals)) {
            return answer(uploads.complete(owner, form.file(), form.declaredName(), form.category(), form.note()));
        }
    }

    private Response answer(UploadResult result) {
        if (result instanceof UploadResult.Stored stored) {
            return Response.status(Response.Status.CREATED)
                    .entity(Uploaded.of(stored.file(), stored.recipients()))
                    .build();
        }
        if (result instanceof UploadResult.OverQuota over) {
            refusals.refused(PushLimit.UPLOAD_QUOTA);
            throw Problem.refusal(413, "quota_exceeded", quota(over));
        }
        throw Problem.refusal(400, "empty_file", "The file is empty.");
    }

    private static String quota(UploadResult.OverQuota over) {
        return "You may keep at most %d files, of at most %s together."
                .formatted(
                        over.limits().maxFilesPerOwner(),
                        ByteSize.text(over.limits().maxBytesPerOwner()));
    }

    private Response tooManyUploads() {
        refusals.refused(PushLimit.UPLOADS_AT_ONCE);
        return new Problem("too_many_uploads", "Too many uploads are under way. Try again when one has finished.")
                .answer(429)
                .header("Retry-After", RETRY_SECONDS)
                .build();
    }

    private Response tooManyThisHour(Duration wait) {
        refusals.refused(PushLimit.UPLOADS_PER_HOUR);
        return new Problem("too_many_uploads", "You may upload at most " + rate.mostPerHour() + " files an hour.")
                .answer(429)
                .header("Retry-After", wait.toSeconds() + 1)
                .build();
    }

    private static Optional<UUID> cursor(String before) {
        if (before == null) {
            return Optional.empty();
        }
        return Optional.of(
                uuid(before).orElseThrow(() -> Problem.badRequest("before must be the id of one of your files.")));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noUuid) {
            return Optional.empty();
        }
    }

    /**
     * An upload of the caller's.
     *
     * @param size in bytes
     * @param note null when there is none
     * @param recipients how many people were told
     */
    public record Uploaded(
            UUID id,
            String name,
            long size,
            String type,
            String category,
            String note,
            Instant uploadedAt,
            long recipients) {
        static Uploaded of(SharedFile file, long recipients) {
            return new Uploaded(
                    file.id(),
                    file.name(),
                    file.size(),
                    file.type(),
                    file.category().id(),
                    file.note().orElse(null),
                    file.uploadedAt(),
                    recipients);
        }
    }

    /**
     * A page of uploads, newest first.
     *
     * @param more whether there are older ones
     */
    public record Listing(List<Uploaded> items, boolean more) {}

    /**
     * The way to a download.
     *
     * @param url good for whoever has it, until it expires
     */
    public record Link(String url, long expiresInSeconds) {
        @Override
        public String toString() {
            return "Link[" + expiresInSeconds + " s]";
        }
    }
}
