package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.Chromium;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.connection.Negotiation;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.protocol.NegotiateRedirect;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.transport.TransportConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.filters.CorsFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** The released browser client, sent to a server of another origin. */
@Tag("browser")
class RedirectedBrowserIT {
    private static final Path LIBRARIES = Path.of("target", "front-end", "lib");

    private static final String CONNECT = """
            const done = arguments[2];
            const connection = $.hubConnection(arguments[0], { useDefaultPath: false, qs: { own: "1" } });
            const hub = connection.createHubProxy("redirectTestHub");
            hub.on("nothing", () => {});
            connection.start({ transport: arguments[1] }).then(
              () => Promise.all([
                  hub.invoke("getAccessToken"), hub.invoke("getQueryStringValue", "own"), hub.invoke("getQueryStringValue", "name1")
                ]).then(values => {
                  const there = { transport: connection.transport.name, url: connection.url, values: values.join() };
                  connection.stop();
                  done({ ...there, afterwards: connection.url });
                }),
              error => done({ error: (error.source || error).message }));
            """;

    private final LogAudit log = new LogAudit();
    private HubServer gate;
    private HubServer target;
    private ChromeDriver browser;

    @BeforeEach
    void start() {
        gate = HubServer.start("", this::gate, context -> context.addServlet("page", new PageServlet())
                .addMapping("/page/*"));
        target = HubServer.start(
                "",
                settings -> settings.hubs("/signalr", HubConfiguration.defaults())
                        .transports(patient())
                        .origins(OriginPolicy.allowing(List.of(at(gate, "")))),
                this::allowTheGate);
        browser = Chromium.open(Map.of());
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop_nothingIsLogged() {
        browser.quit();
        gate.close();
        target.close();
        log.close();
        assertThat(log.records()).allMatch(line -> line.startsWith("org.openqa.selenium"));
    }

    /** The defaults, but for the patience of clients: a slow machine may need more than five seconds. */
    private static TransportConfig patient() {
        TransportConfig usual = TransportConfig.defaults();
        return new TransportConfig(
                usual.transports(),
                Duration.ofSeconds(20),
                usual.connectionTimeout(),
                usual.disconnectTimeout(),
                usual.keepAlive(),
                usual.longPollDelay());
    }

    private void gate(SignalRConfig.Builder settings) {
        List.of("/redirect", "/redirect2", "/redirect-loop", "/negotiate-error")
                .forEach(path -> settings.hubs(path, HubConfiguration.defaults()));
        settings.redirector(this::redirect);
    }

    private Optional<NegotiateRedirect> redirect(Negotiation client) {
        return Optional.of(
                switch (client.mapping()) {
                    case "/redirect" -> NegotiateRedirect.to(at(gate, "/redirect2"));
                    case "/redirect2" -> NegotiateRedirect.to(at(target, "/signalr?name1=newValue"), "TestToken");
                    case "/redirect-loop" -> NegotiateRedirect.to(at(gate, "/redirect-loop"));
                    default -> NegotiateRedirect.refuse("Server-provided negotiate error message!");
                });
    }

    private static String at(HubServer server, String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private void allowTheGate(ServletContext context) {
        FilterRegistration.Dynamic cors = context.addFilter("cors", new CorsFilter());
        cors.setInitParameter(CorsFilter.PARAM_CORS_ALLOWED_ORIGINS, at(gate, ""));
        cors.setInitParameter(CorsFilter.PARAM_CORS_ALLOWED_HEADERS, "authorization,content-type,x-requested-with");
        cors.setInitParameter(CorsFilter.PARAM_CORS_SUPPORT_CREDENTIALS, "true");
        cors.setAsyncSupported(true);
        cors.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Test
    void browser_isRedirected_overEveryTransport_andGivesUpWhereItMust() {
        browser.get(at(gate, "/page/"));

        for (String transport : List.of("webSockets", "serverSentEvents", "longPolling")) {
            assertThat(connect("/redirect", transport))
                    .containsEntry("transport", transport)
                    .containsEntry("url", at(target, "/signalr"))
                    .containsEntry("values", "TestToken,,newValue")
                    .containsEntry("afterwards", "/redirect");
        }
        assertThat(connect("/redirect-loop", "auto"))
                .isEqualTo(Map.of("error", "Negotiate redirection limit exceeded."));
        assertThat(connect("/negotiate-error", "auto"))
                .isEqualTo(Map.of(
                        "error",
                        "Error message received from the server: 'Server-provided negotiate error message!'."));
    }

    @SuppressWarnings("unchecked") // An object of the script is a map of the driver.
    private Map<String, Object> connect(String path, String transport) {
        return (Map<String, Object>) browser.executeAsyncScript(CONNECT, path, transport);
    }

    /** A page with the client, and the scripts that it names. */
    private static final class PageServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = request.getPathInfo().substring(1);
            if (name.isEmpty()) {
                response.setContentType("text/html; charset=UTF-8");
                response.getWriter()
                        .print("<!doctype html><title>Redirected</title><link rel='icon' href='data:,'>"
                                + "<script src='jquery.min.js'></script><script src='jquery.signalR.min.js'></script>");
            } else {
                response.setContentType("text/javascript; charset=UTF-8");
                Files.copy(LIBRARIES.resolve(name), response.getOutputStream());
            }
        }
    }
}
