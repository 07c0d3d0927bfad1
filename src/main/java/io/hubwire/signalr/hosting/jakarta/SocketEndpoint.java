package io.hubwire.signalr.hosting.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * The WebSocket endpoint. The front servlet upgrades requests to it after all checks, with an instance made for the one request
 * ({@link SocketUpgrade}). Containers register every annotated endpoint they find under its own path as well; there all
 * handshakes are refused with 403, so that the path is no way around the checks.
 */
@ServerEndpoint(value = SocketEndpoint.PATH, configurator = SocketEndpoint.RefuseAll.class)
public final class SocketEndpoint {
    static final String PATH = "/hubwire/socket";

    private static final Logger LOG = System.getLogger(SocketEndpoint.class.getName());

    private final JakartaSocket socket;

    /** For containers, which want to be able to make one; such an instance closes its session. */
    public SocketEndpoint() {
        this(null);
    }

    SocketEndpoint(JakartaSocket socket) {
        this.socket = socket;
    }

    @OnOpen
    public void onOpen(Session session) throws IOException {
        if (socket == null) {
            session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, ""));
        } else {
            socket.opened(session);
        }
    }

    @OnMessage
    public void onText(String part, boolean last) {
        if (socket != null) {
            socket.received(part, last);
        }
    }

    @OnMessage
    public void onBinary(ByteBuffer part, boolean last) {
        if (socket != null) {
            socket.receivedBinary();
        }
    }

    @OnMessage
    public void onPong(PongMessage pong) {
        if (socket != null) {
            socket.receivedPong();
        }
    }

    @OnClose
    public void onClose(CloseReason reason) {
        if (socket != null) {
            socket.closed(reason.getCloseCode().getCode());
        }
    }

    /** A peer that vanishes or breaks the framing; the container closes the session, and {@link #onClose} follows. */
    @OnError
    public void onError(Throwable cause) {
        LOG.log(Level.DEBUG, "A WebSocket has failed", cause);
    }

    /** Refuses handshakes that did not come through the front servlet. */
    public static final class RefuseAll extends ServerEndpointConfig.Configurator {

        @Override
        public boolean checkOrigin(String originHeaderValue) {
            return false;
        }

        /** For containers that do not ask about the origin: the instance they get closes the session. */
        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            return endpointClass.cast(new SocketEndpoint());
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            // Nothing to add.
        }
    }
}
