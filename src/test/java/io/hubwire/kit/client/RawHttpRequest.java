package io.hubwire.kit.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP/1.1 request, sent as it is written here: the target is not escaped, headers are not checked. {@code Host} and, for
 * a body or a method that usually has one, {@code Content-Length} are added unless given. Immutable.
 */
public final class RawHttpRequest {
    public static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    private final String method;
    private final String target;
    private final List<String> headers;
    private final byte[] body;

    /**
     * @param method request method, any token
     * @param target request target, already percent-encoded
     * @param headers header lines without the line end, e.g. {@code X-User: alice}
     * @param body body bytes; empty for none
     */
    public RawHttpRequest(String method, String target, List<String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    public static RawHttpRequest get(String target) {
        return new RawHttpRequest("GET", target, List.of(), new byte[0]);
    }

    public static RawHttpRequest post(String target) {
        return new RawHttpRequest("POST", target, List.of(), new byte[0]);
    }

    /** A POST of an already encoded form, as the JavaScript client sends it. */
    public static RawHttpRequest form(String target, String encodedForm) {
        return post(target).header("Content-Type: " + FORM).body(encodedForm);
    }

    public RawHttpRequest header(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new RawHttpRequest(method, target, more, body);
    }

    public RawHttpRequest headers(List<String> lines) {
        RawHttpRequest request = this;
        for (String line : lines) {
            request = request.header(line);
        }
        return request;
    }

    public RawHttpRequest withTarget(String other) {
        return new RawHttpRequest(method, other, headers, body);
    }

    public RawHttpRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttpRequest body(byte[] bytes) {
        return new RawHttpRequest(method, target, headers, bytes);
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public List<String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }

    /** The bytes that go over the wire. */
    byte[] bytes(String hostAndPort) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (!has("Host")) {
            head.append("Host: ").append(hostAndPort).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        boolean bodyUsual = method.equals("POST") || method.equals("PUT");
        if ((body.length > 0 || bodyUsual) && !has("Content-Length") && !has("Transfer-Encoding")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] headBytes = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return all;
    }

    private boolean has(String name) {
        return headers.stream().anyMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
