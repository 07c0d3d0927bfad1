package io.hubwire.load;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * The yardstick: an endpoint on Tomcat that sends each session the bytes that Hubwire would, asynchronously, with one send in flight a session.
 */
final class BareServer implements ServerUnderTest {
    private static final Set<Peer> PEERS = ConcurrentHashMap.newKeySet();

    private final Tomcat tomcat;

    private BareServer(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    static BareServer start() throws Exception {
        Tomcat tomcat = LoadTomcat.create();
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "default", new org.apache.catalina.servlets.DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(new WsSci(), Set.of());
        tomcat.start();
        ServerContainer container =
                (ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName());
        container.addEndpoint(
                ServerEndpointConfig.Builder.create(BareEndpoint.class, "/bare").build());
        return new BareServer(tomcat);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void publish(String text) {
        String frame = "{\"C\":\"abcdefg-123456\",\"M\":[{\"H\":\"LoadHub\",\"M\":\"m\",\"A\":[\"" + text + "\"]}]}";
        for (Peer peer : PEERS) {
            peer.send(frame);
        }
    }

    @Override
    public void close() {
        LoadTomcat.end(tomcat);
        PEERS.clear();
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
        public void onClose(Session session, jakarta.websocket.CloseReason reason) {
            PEERS.remove(peer);
        }

        @Override
        public void onError(Session session, Throwable failure) {
            PEERS.remove(peer);
        }
    }

    private static final class Peer {
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
