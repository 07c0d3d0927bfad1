package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.HostStream;
import java.nio.charset.StandardCharsets;

/** An exchange that can be answered as a whole. */
final class FakeExchange implements HostExchange {
    private final HostRequest request;
    private int status;
    private String contentType;
    private String body;

    FakeExchange(HostRequest request) {
        this.request = request;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }

    @Override
    public HostRequest request() {
        return request;
    }

    @Override
    public void header(String name, String value) {
        throw new UnsupportedOperationException("the script needs no headers");
    }

    @Override
    public void respond(int answered, String type, byte[] bytes) {
        if (body != null) {
            throw new IllegalStateException("answered twice");
        }
        status = answered;
        contentType = type;
        body = new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public HostStream stream(String type, HostStream.Listener listener) {
        throw new UnsupportedOperationException("the script is no stream");
    }

    @Override
    public void upgrade(HostSocket.Listener listener) {
        throw new UnsupportedOperationException("the script is no socket");
    }
}
