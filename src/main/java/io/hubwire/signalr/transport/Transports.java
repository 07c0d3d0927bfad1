package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.HostExchange;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens the transport that a receive request asks for. */
public final class Transports {
    private Transports() {}

    /**
     * Says why a request cannot be served by the transport it names, as the text of a 400 (protocol §1.4); empty when it can.
     */
    public static Optional<String> refusal(TransportKind kind, HostExchange exchange) {
        if (kind == TransportKind.WEB_SOCKETS && !exchange.request().isWebSocketUpgrade()) {
            return Optional.of("Not a valid web socket request.");
        }
        if (kind == TransportKind.FOREVER_FRAME && frameId(exchange).isEmpty()) {
            return Optional.of("The supplied frameId is in the incorrect format.");
        }
        return Optional.empty();
    }

    /**
     * Begins the answer. The listener hears {@link TransportListener#onWritten} once the pipe is open.
     *
     * @param callback a validated JSONP callback; heeded by long polling only
     */
    public static Transport open(
            TransportKind kind, HostExchange exchange, Optional<String> callback, TransportListener listener) {
        if (kind == TransportKind.WEB_SOCKETS) {
            WebSocketTransport transport = new WebSocketTransport(listener);
            exchange.upgrade(transport);
            return transport;
        }
        StreamTransport transport =
                switch (kind) {
                    case SERVER_SENT_EVENTS -> new ServerSentEventsTransport(listener);
                    case FOREVER_FRAME ->
                        new ForeverFrameTransport(frameId(exchange).orElseThrow(), listener);
                    default -> new LongPollingTransport(callback, listener);
                };
        transport.open(exchange);
        return transport;
    }

    private static OptionalLong frameId(HostExchange exchange) {
        return ForeverFrameTransport.frameId(exchange.request().query().text("frameId"));
    }
}
