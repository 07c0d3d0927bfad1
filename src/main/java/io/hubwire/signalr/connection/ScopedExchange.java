package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.HostStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** An exchange that holds the scope of its request until it is answered; what it is answered by, a stream or a socket, has holds of its own by then. */
final class ScopedExchange implements HostExchange {
    private final HostExchange exchange;
    private final ScopeHolds holds;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param holds with a hold that is this exchange's from now on */
    ScopedExchange(HostExchange exchange, ScopeHolds holds) {
        this.exchange = exchange;
        this.holds = holds;
    }

    ScopeHolds holds() {
        return holds;
    }

    /** Lets go of the scope, however the exchange ends. */
    void release() {
        if (answered.compareAndSet(false, true)) {
            holds.release();
        }
    }

    @Override
    public HostRequest request() {
        return exchange.request();
    }

    @Override
    public void header(String name, String value) {
        exchange.header(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] body) {
        exchange.respond(status, contentType, body);
        release();
    }

    @Override
    public HostStream stream(String contentType, HostStream.Listener listener) {
        HostStream stream = exchange.stream(contentType, listener);
        release();
        return stream;
    }

    @Override
    public void upgrade(HostSocket.Listener listener) {
        exchange.upgrade(listener);
        release();
    }
}
