package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.metrics.Limit;
import java.util.Set;

/** One frame a text message; hub responses are messages of their own (protocol §4.5). */
final class WebSocketTransport implements Transport, HostSocket.Listener {
    private static final WireText KEEP_ALIVE = WireText.of("{}");
    private static final int NORMAL_CLOSURE = 1000;

    /** RFC 6455 §7.4.1: done, going away, and a close frame without a code. */
    private static final Set<Integer> ORDERLY = Set.of(NORMAL_CLOSURE, 1001, 1005);

    private final TransportListener listener;
    private volatile HostSocket socket; // set once, before the listener hears of the opening

    WebSocketTransport(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public TransportKind kind() {
        return TransportKind.WEB_SOCKETS;
    }

    @Override
    public void send(WireText frame) {
        socket.send(frame);
    }

    @Override
    public void reply(WireText response) {
        socket.send(response);
    }

    @Override
    public void keepAlive() {
        socket.send(KEEP_ALIVE);
    }

    @Override
    public void end() {
        end(NORMAL_CLOSURE, "");
    }

    @Override
    public void end(int closeCode, String reason) {
        socket.close(closeCode, reason);
    }

    @Override
    public void onOpen(HostSocket opened) {
        socket = opened;
        listener.onOpen(this);
    }

    @Override
    public void onText(String text) {
        listener.onReceived(text);
    }

    @Override
    public void onRefused(Limit limit) {
        listener.onRefused(limit);
    }

    @Override
    public void onWritten() {
        listener.onWritten();
    }

    @Override
    public void onClosed(int code) {
        listener.onClosed(ORDERLY.contains(code));
    }
}
