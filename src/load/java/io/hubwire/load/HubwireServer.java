package io.hubwire.load;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Hubwire on the same Tomcat, with its defaults. */
final class HubwireServer implements ServerUnderTest {
    private final Tomcat tomcat;
    private final HubContext<ClientProxy> hub;

    private HubwireServer(Tomcat tomcat, HubContext<ClientProxy> hub) {
        this.tomcat = tomcat;
        this.hub = hub;
    }

    static HubwireServer start() throws Exception {
        Tomcat tomcat = LoadTomcat.create();
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "default", new org.apache.catalina.servlets.DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(new WsSci(), Set.of());
        Path keys = Files.createTempDirectory("hubwire-load-keys");
        context.addServletContainerInitializer(
                (types, servletContext) -> SignalR.map(servletContext, List.of(LoadHub.class))
                        .hubs("/signalr")
                        .ownsWebSocket()
                        .keysIn(keys),
                Set.of());
        tomcat.start();
        ClassLoader deployment = context.getLoader().getClassLoader();
        return new HubwireServer(tomcat, contextOf(deployment));
    }

    private static HubContext<ClientProxy> contextOf(ClassLoader deployment) {
        return GlobalHost.deployment(deployment)
                .orElseThrow()
                .connectionManager()
                .hubContext(LoadHub.class);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void publish(String text) {
        hub.clients().all().invoke("m", text);
    }

    @Override
    public void close() {
        LoadTomcat.end(tomcat);
    }
}
