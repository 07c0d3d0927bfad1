package io.hubwire.load;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An endpoint that sends asynchronously, with one send in flight a session. */
final class BareSockets implements BarePush {
    private static final Set<Peer> PEERS = ConcurrentHashMap.newKeySet();

    @Override
    public void publish(String text) {
        String frame = BarePush.frame("abcdefg-123456", BarePush.message(text));
        for (Peer peer : PEERS) {
            peer.send(frame);
        }
    }

    /** Made by the container, one a session. */
    public static final class BareEndpoint extends Endpoint {
        private Peer peer;

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxIdleTimeout(0);
            peer = new Peer(session);
            PEERS.add(peer);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            PEERS.remove(peer);
        }

        @Override
        public void onError(Session session, Throwable failure) {
            PEERS.remove(peer);
        }
    }

    static final class Peer {
        private final Session session;
        private final Queue<String> waiting = new ArrayDeque<>(); // guarded by this
        private boolean inFlight; // guarded by this

        Peer(Session session) {
            this.session = session;
        }

        void send(String frame) {
            synchronized (this) {
                if (inFlight) {
                    waiting.add(frame);
                    return;
                }
                inFlight = true;
            }
            write(frame);
        }

        private void write(String frame) {
            session.getAsyncRemote().sendText(frame, result -> sent(result.isOK()));
        }

        private void sent(boolean ok) {
            String next;
            synchronized (this) {
                next = ok ? waiting.poll() : null;
                inFlight = next != null;
            }
            if (next != null) {
                write(next);
            }
        }
    }
}
