package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.HeapCensus;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at a time, each with an object of the container's own, of which it keeps one for later requests. */
class HttpProtocolIT {
    private static final int SOCKETS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROCESSOR = "org.apache.coyote.http11.Http11Processor";

    private final Tomcat tomcat = new Tomcat();
    private final List<Socket> sockets = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        Connector connector = new Connector(new HttpProtocol());
        connector.setPort(0);
        connector.setProperty("processorCache", "1");
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "upgrading", new Upgrading());
        context.addServletMappingDecoded("/", "upgrading");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void upgrade_manyAtATime_theirRequestsAreNotHeld() throws Exception {
        long before = processors();
        for (int i = 0; i < SOCKETS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), connectorPort());
            sockets.add(socket);
            send(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(processors()).isGreaterThanOrEqualTo(before + SOCKETS));

        for (Socket socket : sockets) {
            send(socket, "Connection: Upgrade\r\nUpgrade: test\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(processors()).isLessThanOrEqualTo(before + 1));
    }

    private int connectorPort() {
        return tomcat.getConnector().getLocalPort();
    }

    private static long processors() {
        return HeapCensus.instancesOf(List.of(PROCESSOR)).get(PROCESSOR);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static final class Upgrading extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.upgrade(Silent.class);
        }
    }

    /** Says nothing, and stays. */
    public static final class Silent implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            // There is nothing to say.
        }

        @Override
        public void destroy() {
            // There is nothing to let go of.
        }
    }
}
