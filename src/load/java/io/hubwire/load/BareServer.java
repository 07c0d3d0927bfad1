package io.hubwire.load;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** The yardstick: on the same Tomcat, at {@code /bare}, what an application would write by hand to send its clients the bytes that Hubwire does. */
final class BareServer implements ServerUnderTest {
    private final Tomcat tomcat;
    private final BarePush push;

    private BareServer(Tomcat tomcat, BarePush push) {
        this.tomcat = tomcat;
        this.push = push;
    }

    static BareServer start(LoadTransport transport) throws Exception {
        Tomcat tomcat = LoadTomcat.create();
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "default", new org.apache.catalina.servlets.DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(new WsSci(), Set.of());
        return switch (transport) {
            case WEB_SOCKETS -> withSockets(tomcat, context);
            case SERVER_SENT_EVENTS -> withServlet(tomcat, context, new BareStreams());
            case LONG_POLLING -> withServlet(tomcat, context, new BarePolls());
        };
    }

    private static BareServer withSockets(Tomcat tomcat, Context context) throws Exception {
        tomcat.start();
        ServerContainer container =
                (ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName());
        container.addEndpoint(ServerEndpointConfig.Builder.create(BareSockets.BareEndpoint.class, "/bare")
                .build());
        container.addEndpoint(BareEcho.class);
        return new BareServer(tomcat, new BareSockets());
    }

    private static <S extends HttpServlet & BarePush> BareServer withServlet(Tomcat tomcat, Context context, S servlet)
            throws Exception {
        Wrapper wrapper = Tomcat.addServlet(context, "bare", servlet);
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/bare", "bare");
        tomcat.start();
        return new BareServer(tomcat, servlet);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void publish(String text) {
        push.publish(text);
    }

    @Override
    public void close() {
        LoadTomcat.end(tomcat);
    }
}
