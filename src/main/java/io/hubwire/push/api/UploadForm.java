package io.hubwire.push.api;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.Note;
import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.service.FileTooLargeException;
import io.hubwire.push.service.PendingUpload;
import io.hubwire.push.service.Refusals;
import io.hubwire.push.service.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/**
 * The form of an upload, read part by part as it arrives: fields into memory (a few kilobytes), the file to the disk, in
 * whatever order they come. Closing it leaves nothing of the file, unless the upload was completed.
 */
final class UploadForm implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UploadForm.class.getName());

    private static final int MAX_PARTS = 16;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_FIELD_BYTES = 8 * 1024;

    /** Boundaries, headers and fields around the file. */
    private static final long MAX_OVERHEAD_BYTES = 64 * 1024;

    private String category;
    private String note = "";
    private String declaredName;
    private PendingUpload file;

    private UploadForm() {}

    /**
     * Reads all of the request's body.
     *
     * @param refusals told of a file that is too large
     * @throws WebApplicationException with the answer for a form that is malformed, incomplete or too large, or whose
     *     sender left; nothing of it remains then
     */
    static UploadForm read(HttpServletRequest request, Uploads uploads, Refusals refusals) throws IOException {
        if (request.getContentLengthLong() > uploads.limits().maxBytes() + MAX_OVERHEAD_BYTES) {
            throw tooLarge(request, uploads, refusals);
        }
        UploadForm form = new UploadForm();
        try {
            form.readParts(request, uploads);
            form.requireComplete();
            return form;
        } catch (FileTooLargeException tooLarge) {
            form.close();
            throw tooLarge(request, uploads, refusals);
        } catch (IOException malformedOrGone) {
            form.close();
            LOG.log(DEBUG, "upload cut off or malformed", malformedOrGone);
            throw Problem.badRequest("The upload was cut off, or is no multipart form.");
        } catch (RuntimeException failure) {
            form.close();
            throw failure;
        }
    }

    /** As its sender called it; null when it was not called anything. */
    String declaredName() {
        return declaredName;
    }

    PendingUpload file() {
        return file;
    }

    Category category() {
        return Category.of(category).orElseThrow();
    }

    /** Cleaned; empty when nothing was said. */
    Optional<String> note() {
        return note.isEmpty() ? Optional.empty() : Optional.of(note);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private void readParts(HttpServletRequest request, Uploads uploads) throws IOException {
        var parser = parser();
        FileItemInputIterator parts = parser.getItemIterator(request);
        for (int count = 0; parts.hasNext(); count++) {
            if (count == MAX_PARTS) {
                throw Problem.badRequest("The form may have at most " + MAX_PARTS + " parts.");
            }
            readPart(parts.next(), parser, uploads);
        }
    }

    private void readPart(
            FileItemInput part, JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> parser, Uploads uploads)
            throws IOException {
        switch (String.valueOf(part.getFieldName())) {
            case "category" -> category = text(part).strip();
            case "note" -> note = Note.clean(text(part));
            case "file" -> readFile(part, parser.getFileName(part.getHeaders()), uploads);
            default -> LOG.log(DEBUG, "form has an unknown part");
        }
    }

    private void readFile(FileItemInput part, String name, Uploads uploads) throws IOException {
        if (file != null) {
            throw Problem.badRequest("One file at a time, please.");
        }
        declaredName = name;
        file = uploads.stage(part.getInputStream());
    }

    private void requireComplete() {
        if (file == null) {
            throw Problem.badRequest("The form has no file.");
        }
        if (Category.of(category).isEmpty()) {
            throw CategoryResource.unknown();
        }
        if (note.length() > Note.MAX_LENGTH) {
            throw Problem.badRequest(
                    "The note may have at most " + Note.MAX_LENGTH + " characters, not " + note.length() + ".");
        }
    }

    private static String text(FileItemInput part) throws IOException {
        byte[] bytes = part.getInputStream().readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw Problem.badRequest(
                    "The field " + part.getFieldName() + " may have at most " + MAX_FIELD_BYTES + " bytes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> parser() {
        var parser = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>();
        parser.setHeaderCharset(StandardCharsets.UTF_8);
        parser.setMaxPartHeaderSize(MAX_HEADER_BYTES);
        return parser;
    }

    private static WebApplicationException tooLarge(HttpServletRequest request, Uploads uploads, Refusals refusals) {
        long max = uploads.limits().maxBytes();
        refusals.refused(PushLimit.UPLOAD_SIZE);
        drain(request, max);
        return Problem.refusal(
                413, "too_large", "The file is too large: it may have at most " + ByteSize.text(max) + ".");
    }

    /**
     * A browser that is still sending sees a broken connection in place of the answer; so as much again as a file may
     * have is read and thrown away. Whoever waits for our word before sending (Expect) needn't send at all.
     */
    private static void drain(HttpServletRequest request, long maxBytes) {
        if (request.getHeader("Expect") != null) {
            return;
        }
        try {
            InputStream rest = request.getInputStream();
            byte[] buffer = new byte[8 * 1024];
            long left = maxBytes + MAX_OVERHEAD_BYTES;
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = rest.read(buffer);
            }
        } catch (IOException gone) {
            LOG.log(DEBUG, "sender left before the answer", gone);
        }
    }
}
