package io.hubwire.push.kit;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Builds a form as browsers do, with whatever they would never send as well. */
public final class MultipartForm {
    private static final String BOUNDARY = "----hubwireTestBoundary7MA4YWxkTrZu0gW";

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    public static MultipartForm of(String category, String fileName, String content) {
        return new MultipartForm()
                .field("category", category)
                .file(fileName, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
    }

    public MultipartForm field(String name, String value) {
        return part("form-data; name=\"" + name + "\"", null, value.getBytes(StandardCharsets.UTF_8));
    }

    public MultipartForm file(String fileName, String type, byte[] content) {
        return part("form-data; name=\"file\"; filename=\"" + fileName + "\"", type, content);
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** Without the last boundary. */
    public byte[] unfinished() {
        return parts.toByteArray();
    }

    public byte[] bytes() {
        write("--" + BOUNDARY + "--\r\n");
        return parts.toByteArray();
    }

    public BodyPublisher body() {
        return BodyPublishers.ofByteArray(bytes());
    }

    private MultipartForm part(String disposition, String type, byte[] content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n");
        if (type != null) {
            write("Content-Type: " + type + "\r\n");
        }
        write("\r\n");
        parts.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        parts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
