package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Upgrades requests to {@link SocketEndpoint} through the container. What belongs to one request reaches the endpoint in a
 * prepared instance: user properties, the other way, get lost on Undertow.
 */
final class SocketUpgrade {
    private static final Logger LOG = System.getLogger(SocketUpgrade.class.getName());

    private static final int PART_SIZE = 1024;

    private final ServletContext context;
    // Shared by all upgrades: Tomcat keeps what it has learned of the endpoint class here.
    private final Map<String, Object> userProperties = new ConcurrentHashMap<>();

    SocketUpgrade(ServletContext context) {
        this.context = context;
    }

    /** Whether the container offers WebSocket at all. */
    boolean isAvailable() {
        return container() != null;
    }

    // Looked up late: which of two initializers a container calls first is not ours to say.
    private ServerContainer container() {
        return (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    }

    /**
     * Makes the buffers small that Tomcat allocates for every session as it opens, 24 kB otherwise: ours takes messages in parts and needs none. Holds for all
     * endpoints of the application, so only for one that has no other. Containers that allocate by need are left alone.
     */
    void shrinkBuffers() {
        ServerContainer server = container();
        if (server != null && server.getClass().getName().startsWith("org.apache.tomcat.")) {
            server.setDefaultMaxTextMessageBufferSize(PART_SIZE);
            server.setDefaultMaxBinaryMessageBufferSize(PART_SIZE);
        }
    }

    /** Sends the 101 and has the container open the socket; on the request's thread. */
    void upgrade(HttpServletRequest request, HttpServletResponse response, JakartaSocket socket) {
        try {
            container()
                    .upgradeHttpToWebSocket(
                            new Handshake(request), response, new Prepared(new SocketEndpoint(socket)), Map.of());
        } catch (IOException peerIsGone) {
            LOG.log(Level.DEBUG, "The peer left during the handshake", peerIsGone);
            socket.neverOpened();
        } catch (DeploymentException e) {
            throw new IllegalStateException("The container cannot upgrade to WebSocket.", e);
        }
    }

    /**
     * The request as the container's session sees it: without its query, which nobody asks the session for. Containers keep it for as long as the session lives; and they make a
     * {@code URI} of it, and fail when it has the characters that the .NET client does not escape.
     */
    private static final class Handshake extends HttpServletRequestWrapper {
        Handshake(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getQueryString() {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }
    }

    /** The configuration of one handshake: no subprotocol and no extension, compression least of all (protocol §4.5). */
    private final class Prepared extends ServerEndpointConfig.Configurator implements ServerEndpointConfig {
        private final SocketEndpoint endpoint;

        Prepared(SocketEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) {
            return endpointClass.cast(endpoint);
        }

        @Override
        public boolean checkOrigin(String originHeaderValue) {
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return "";
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            // The exchange has set the headers.
        }

        @Override
        public Class<?> getEndpointClass() {
            return SocketEndpoint.class;
        }

        @Override
        public String getPath() {
            return SocketEndpoint.PATH;
        }

        @Override
        public List<String> getSubprotocols() {
            return List.of();
        }

        @Override
        public List<Extension> getExtensions() {
            return List.of();
        }

        @Override
        public Configurator getConfigurator() {
            return this;
        }

        @Override
        public List<Class<? extends Encoder>> getEncoders() {
            return List.of();
        }

        @Override
        public List<Class<? extends Decoder>> getDecoders() {
            return List.of();
        }

        @Override
        public Map<String, Object> getUserProperties() {
            return userProperties;
        }
    }
}
