package io.hubwire.signalr.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that has been routed, and is to be answered through another face of the host, such as JAX-RS. A host leaves it to that face
 * under {@link #ATTRIBUTE}; a request that comes without it was not routed and gets a 404. Only for operations that answer at once and as
 * a whole.
 */
public final class PreparedRequest {
    /** The request attribute, or property, that carries the prepared request. */
    public static final String ATTRIBUTE = "io.hubwire.signalr.prepared";

    private final HostRequest request;
    private final HostHandler handler;

    /** @param handler called by {@link #answer} */
    public PreparedRequest(HostRequest request, HostHandler handler) {
        this.request = request;
        this.handler = handler;
    }

    /**
     * Runs the operation, on the caller's thread.
     *
     * @throws IllegalStateException when it does not answer at once
     * @throws RuntimeException the handler's own
     */
    public Answer answer() {
        Collector collector = new Collector(request);
        handler.handle(collector);
        return collector.answer.orElseThrow(() -> new IllegalStateException("The operation has not answered at once."));
    }

    /** A header line. */
    public record Header(String name, String value) {}

    /** What the face has to send. */
    public static final class Answer {
        private final int status;
        private final String contentType;
        private final List<Header> headers;
        private final byte[] body;

        private Answer(int status, String contentType, List<Header> headers, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.headers = List.copyOf(headers);
            this.body = body;
        }

        public int status() {
            return status;
        }

        /** Empty for no Content-Type at all. */
        public Optional<String> contentType() {
            return Optional.ofNullable(contentType);
        }

        public List<Header> headers() {
            return headers;
        }

        /** May be empty; not to be changed. */
        public byte[] body() {
            return body;
        }
    }

    private static final class Collector implements HostExchange {
        private final HostRequest request;
        private final List<Header> headers = new ArrayList<>();
        private Optional<Answer> answer = Optional.empty();

        Collector(HostRequest request) {
            this.request = request;
        }

        @Override
        public HostRequest request() {
            return request;
        }

        @Override
        public void header(String name, String value) {
            headers.add(new Header(name, value));
        }

        @Override
        public void respond(int status, String contentType, byte[] body) {
            if (answer.isPresent()) {
                throw new IllegalStateException("The exchange has been answered before.");
            }
            answer = Optional.of(new Answer(status, contentType, headers, body));
        }

        @Override
        public HostStream stream(String contentType, HostStream.Listener listener) {
            throw new IllegalStateException("A prepared request is answered as a whole.");
        }

        @Override
        public void upgrade(HostSocket.Listener listener) {
            throw new IllegalStateException("A prepared request is answered as a whole.");
        }
    }
}
