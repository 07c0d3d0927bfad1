package io.hubwire.push.api;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.push.security.DownloadLinks;
import io.hubwire.push.service.FileLibrary;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Hands out a file to whoever has a signed link to it: always as an attachment and in a sandbox, never as something that a
 * browser would run or show in our name. One range of bytes may be asked for (RFC 9110 §14); several are answered with
 * the whole.
 */
public final class DownloadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(DownloadServlet.class.getName());
    private static final int GONE = HttpServletResponse.SC_GONE;

    @Inject
    private transient DownloadLinks links;

    @Inject
    private transient FileLibrary library;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DownloadLinks.Verdict verdict = links.verify(token(request));
        if (verdict instanceof DownloadLinks.Verdict.Granted granted) {
            Optional<FileLibrary.Content> content = library.content(granted.fileId());
            if (content.isPresent()) {
                send(content.get(), request, response);
            } else {
                refuse(response, HttpServletResponse.SC_NOT_FOUND, "not_found", "There is no such file.");
            }
        } else if (verdict instanceof DownloadLinks.Verdict.Expired) {
            refuse(response, GONE, "expired", "This link has expired. Ask for a new one where you found it.");
        } else {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "forbidden", "This link is not valid.");
        }
    }

    private static String token(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path.substring(1);
    }

    private static void send(FileLibrary.Content content, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try (FileChannel channel = FileChannel.open(content.path(), StandardOpenOption.READ)) {
            send(content, channel, request, response);
        } catch (NoSuchFileException lost) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the bytes of file " + content.file().id() + " are gone",
                    lost);
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "not_found", "The file is no longer there.");
        }
    }

    private static void send(
            FileLibrary.Content content, FileChannel channel, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long size = channel.size();
        String tag = "\"" + content.file().id() + "\"";
        ByteRange range = ByteRange.of(request.getHeader("Range"), request.getHeader("If-Range"), tag, size);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-store");
        if (range instanceof ByteRange.Unsatisfiable) {
            response.setHeader("Content-Range", "bytes */" + size);
            refuse(
                    response,
                    HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
                    "range_not_satisfiable",
                    "The file has " + size + " bytes.");
            return;
        }
        describe(content, response);
        ByteRange.Span span = span(range, size, response);
        response.setContentLengthLong(span.length());
        if (!request.getMethod().equals("HEAD")) {
            copy(channel, span, response.getOutputStream());
        }
    }

    private static ByteRange.Span span(ByteRange range, long size, HttpServletResponse response) {
        if (range instanceof ByteRange.Span part) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), size));
            return part;
        }
        return new ByteRange.Span(0, size - 1);
    }

    private static void describe(FileLibrary.Content content, HttpServletResponse response) {
        response.setContentType(ServedType.of(content.file().type()));
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment(content.file().name()));
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private static void copy(FileChannel channel, ByteRange.Span span, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        var in = Channels.newInputStream(channel.position(span.first()));
        long left = span.length();
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the file is shorter than it was");
            }
            write(out, buffer, read);
            left -= read;
        }
    }

    /** Whoever left is no news to the log, but the end of the copy. */
    private static void write(OutputStream out, byte[] buffer, int length) throws IOException {
        try {
            out.write(buffer, 0, length);
        } catch (IOException gone) {
            LOG.log(DEBUG, "receiver left before the end of a download");
            throw gone;
        }
    }

    private static void refuse(HttpServletResponse response, int status, String error, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("{\"error\":\"%s\",\"message\":\"%s\"}".formatted(error, message));
    }
}
