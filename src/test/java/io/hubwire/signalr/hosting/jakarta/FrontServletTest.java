package io.hubwire.signalr.hosting.jakarta;

import static io.hubwire.kit.Soon.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.hosting.RoleAwarePrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routing filter, the front servlet and the exchange, on Tomcat, seen from a raw socket. */
class FrontServletTest {
    private static final HostingOptions OPTIONS = HostingOptions.DEFAULTS
            .with()
            .maxBodyBytes(1000)
            .roles(Set.of("admin"))
            .build();
    private static final HostingOptions IMPATIENT = OPTIONS.with()
            .bodyTimeout(Duration.ofMillis(700))
            .writeTimeout(Duration.ofMillis(700))
            .build();

    private final LogAudit log = new LogAudit();
    private final LeakAudit threads = LeakAudit.ofThreads("hubwire-");
    private final AtomicReference<HostRequest> seen = new AtomicReference<>();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private EmbeddedTomcat server;

    @BeforeEach
    void start() {
        server = start("");
    }

    private EmbeddedTomcat start(String contextPath) {
        return EmbeddedTomcat.start(contextPath, Set.of(SocketEndpoint.class), context -> setUp(context, OPTIONS));
    }

    /** For peers that stop in the middle; whoever is late on a slow machine is not to be given up. */
    private void restartImpatient() {
        server.close();
        server = EmbeddedTomcat.start("", Set.of(SocketEndpoint.class), context -> setUp(context, IMPATIENT));
    }

    private void setUp(ServletContext context, HostingOptions options) {
        HostDeployment host = HostDeployment.of(context, options);
        host.map(new HostMapping("/signalr", this::describe));
        host.map(new HostMapping("/signalr/inner", exchange -> text(exchange, "inner")));
        host.map(new HostMapping("/form", FrontServletTest::echoForm));
        host.map(new HostMapping("/elsewhere", exchange -> other.execute(() -> describe(exchange))));
        host.map(new HostMapping("/large", exchange -> exchange.respond(200, "text/plain", new byte[400_000])));
        host.map(new HostMapping("/throws", exchange -> {
            throw new IllegalStateException("secret");
        }));
        host.map(new HostMapping("/twice", exchange -> {
            exchange.respond(200, null, "first".getBytes(UTF_8));
            exchange.respond(200, null, "second".getBytes(UTF_8));
        }));
        FilterRegistration.Dynamic user = context.addFilter("user", (Filter)
                (request, response, chain) -> chain.doFilter(new WithUser((HttpServletRequest) request), response));
        user.setAsyncSupported(true);
        user.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** The user that the header {@code X-User} names; {@code X-Claims} gives it roles of its own. */
    private static final class WithUser extends HttpServletRequestWrapper {
        WithUser(HttpServletRequest request) {
            super(request);
            request.setAttribute("ticket", "t1");
        }

        @Override
        public Principal getUserPrincipal() {
            String name = getHeader("X-User");
            return name == null ? null : getHeader("X-Claims") == null ? () -> name : new Claims(name);
        }

        @Override
        public boolean isUserInRole(String role) {
            return "alice".equals(getHeader("X-User"));
        }
    }

    private record Claims(String name) implements RoleAwarePrincipal {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean hasRole(String role) {
            return role.equals("reader");
        }
    }

    private void describe(HostExchange exchange) {
        HostRequest request = exchange.request();
        seen.set(request);
        exchange.header("X-Content-Type-Options", "nosniff");
        text(
                exchange,
                request.method() + " " + request.contextPath() + "|" + request.path() + " "
                        + request.query().names().stream()
                                .map(name -> name + "=" + request.query().text(name))
                                .toList());
    }

    private static void text(HostExchange exchange, String text) {
        exchange.respond(200, "text/plain; charset=UTF-8", text.getBytes(UTF_8));
    }

    private static void echoForm(HostExchange exchange) {
        exchange.request().form().whenComplete((form, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RequestRefusedException refused) {
                exchange.respond(refused.status(), null, refused.getMessage().getBytes(UTF_8));
            } else if (cause != null) {
                exchange.respond(500, null, new byte[0]);
            } else {
                text(exchange, form.get("data").orElse("none"));
            }
        });
    }

    private String get(String target, String... headers) throws Exception {
        return Wire.call(server.port(), "GET", target, headers).body();
    }

    @AfterEach
    void stop() {
        soon().until(() -> server.asyncRequests() == 0);
        other.shutdown();
        soon().until(other::isTerminated);
        server.close();
        log.close();
        assertThat(log.records()).isEmpty();
        threads.verify();
    }

    @Nested
    class Routing {
        @ParameterizedTest
        @CsvSource(
                delimiter = ' ',
                value = {
                    "/signalr /signalr",
                    "/signalr/ /signalr/",
                    "/signalr/negotiate /signalr/negotiate",
                    "/signalr//negotiate /signalr//negotiate",
                    "/signalr/signalr/connect /signalr/signalr/connect",
                    "/SIGNALR/Negotiate /SIGNALR/Negotiate",
                    "/signalr/%6eegotiate /signalr/negotiate",
                    "/signalr;v=1/ping;x /signalr/ping",
                    "/signalr/%C3%A9 /signalr/é",
                    "/signalr/.x/..y/z. /signalr/.x/..y/z.",
                    "/signalr/innermost /signalr/innermost",
                })
        void mappedPath_isHandedOverDecodedAndOtherwiseAsSent(String target, String path) throws Exception {
            assertThat(get(target)).isEqualTo("GET |" + path + " []");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/signalrx", "/signalrx/negotiate", "/", "/x/signalr", "/signal"})
        void unmappedPath_passesUntouched(String target) throws Exception {
            assertThat(get(target)).isEqualTo("passed " + target);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/signalr/.", "/signalr/../x", "/signalr/%2E%2e/x", "/signalr/a/..;b/../../x"})
        void dotSegments_underAMapping_areRefused(String target) throws Exception {
            assertThat(Wire.call(server.port(), "GET", target).status()).isEqualTo(400);
        }

        @Test
        void longestMapping_wins() throws Exception {
            assertThat(get("/signalr/INNER/x")).isEqualTo("inner");
        }

        @Test
        void contextPath_belongsToThePathButNotToTheMapping() throws Exception {
            try (EmbeddedTomcat inContext = start("/my app")) {
                assertThat(Wire.call(inContext.port(), "GET", "/my%20app/SignalR/ping")
                                .body())
                        .isEqualTo("GET /my app|/my app/SignalR/ping []");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"})
        void anyMethod_isAnsweredAlike(String method) throws Exception {
            Wire.Answer answer = Wire.call(server.port(), method, "/signalr/x");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(method + " |/signalr/x []");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }

        @Test
        void head_isAnsweredWithoutABody() throws Exception {
            Wire.Answer answer = Wire.call(server.port(), "HEAD", "/signalr/x", "Connection: close");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo("19");
        }
    }

    @Nested
    class Snapshot {
        @Test
        void query_withRawBracketsAndBadEscapes_isReadAsSent() throws Exception {
            assertThat(get("/signalr/x?connectionData=[%7B%22name%22:%22h%22%7D]&a=%zz&a=1;b=2+3&c"))
                    .isEqualTo("GET |/signalr/x [connectionData=[{\"name\":\"h\"}], a=%zz,1, b=2 3]");
        }

        @Test
        void request_afterItIsRecycled_stillAnswers() throws Exception {
            try (Wire wire = new Wire(server.port())) {
                wire.request("GET", "/signalr/x?a=1", "Cookie: a=\"1\"; bad cookie; a=2; b=é{", "X-One: 1", "x-one: 2")
                        .answer("GET");
                HostRequest request = seen.get();
                wire.request("POST", "/signalr/other?b=1", "Content-Length: 0").answer("POST");
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.path()).isEqualTo("/signalr/x");
                assertThat(request.query().text("A")).isEqualTo("1");
                assertThat(request.headers("X-ONE")).containsExactly("1", "2");
                assertThat(request.headerNames()).contains("x-one", "host");
                assertThat(request.cookies()).containsEntry("a", "1").containsKey("b");
                assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
                assertThat(request.scheme()).isEqualTo("http");
                assertThat(request.attribute("ticket")).contains("t1");
                assertThat(request.attribute("other")).isEmpty();
                assertThat(request.user()).isEmpty();
                assertThat(request.isUserInRole("admin")).isFalse();
                assertThat(request.isWebSocketUpgrade()).isFalse();
            }
        }

        @Test
        void containerPrincipal_isAskedAboutTheKnownRolesInTime() throws Exception {
            get("/signalr/x", "X-User: alice");
            assertThat(seen.get().user().orElseThrow().getName()).isEqualTo("alice");
            assertThat(seen.get().isUserInRole("admin")).isTrue();
            assertThat(seen.get().isUserInRole("other")).isFalse();
        }

        @Test
        void principalWithRolesOfItsOwn_isAskedAtAnyTime() throws Exception {
            get("/signalr/x", "X-User: alice", "X-Claims: yes");
            assertThat(seen.get().isUserInRole("reader")).isTrue();
            assertThat(seen.get().isUserInRole("admin")).isFalse();
        }
    }

    @Nested
    class Forms {
        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/json", "application/x-www-form-urlencoded; charset=UTF-8"})
        void form_whateverItsContentType_isRead(String contentType) throws Exception {
            assertThat(Wire.post(server.port(), "/form", "data=%C3%A9+%2B&", "Content-Type: " + contentType)
                            .body())
                    .isEqualTo("é +");
        }

        @Test
        void form_withoutContentType_isRead() throws Exception {
            assertThat(Wire.post(server.port(), "/form?data=query", "x=1&DATA=a&data=b")
                            .body())
                    .isEqualTo("a,b");
        }

        @Test
        void form_ofARequestWithoutBody_isEmpty() throws Exception {
            assertThat(get("/form")).isEqualTo("none");
            assertThat(Wire.post(server.port(), "/form", "").body()).isEqualTo("none");
        }

        @Test
        void form_inPieces_isReadWithoutHoldingAThread() throws Exception {
            try (Wire wire = new Wire(server.port())) {
                wire.request("POST", "/form", "Transfer-Encoding: chunked");
                for (String piece : List.of("da", "ta=a", "b")) {
                    wire.send((piece.length() + "\r\n" + piece + "\r\n").getBytes(UTF_8));
                    soon().until(() -> server.asyncRequests() == 1);
                }
                wire.send("0\r\n\r\n".getBytes(UTF_8));
                assertThat(wire.answer("POST").body()).isEqualTo("ab");
            }
        }

        @Test
        void form_atTheLimit_isReadAndOneByteMoreIsRefused() throws Exception {
            String data = "x".repeat(995);
            assertThat(Wire.post(server.port(), "/form", "data=" + data).body()).isEqualTo(data);
            Wire.Answer refused = Wire.post(server.port(), "/form", "data=" + data + "x");
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("1000");
        }

        @Test
        void form_chunkedOverTheLimit_isRefused() throws Exception {
            try (Wire wire = new Wire(server.port())) {
                wire.request("POST", "/form", "Transfer-Encoding: chunked");
                wire.send(("3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n").getBytes(UTF_8));
                assertThat(wire.answer("POST").status()).isEqualTo(413);
            }
        }

        @Test
        void form_thatNeverComes_isGivenUp() throws Exception {
            restartImpatient();
            try (Wire wire = new Wire(server.port())) {
                wire.request("POST", "/form", "Content-Length: 10").send("data".getBytes(UTF_8));
                assertThat(wire.answer("POST").status()).isEqualTo(408);
            }
        }

        @Test
        void form_whosePeerVanishes_endsTheRequest() throws Exception {
            try (Wire wire = new Wire(server.port())) {
                wire.request("POST", "/form", "Content-Length: 10").send("data".getBytes(UTF_8));
                soon().until(() -> server.asyncRequests() == 1);
                wire.reset();
            }
            soon().until(() -> server.asyncRequests() == 0);
        }

        @Test
        void query_withTooManyParameters_isRefused() throws Exception {
            Wire.Answer refused = Wire.call(server.port(), "GET", "/signalr?" + "a=&".repeat(1001));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("1000");
        }
    }

    @Nested
    class Answering {
        @Test
        void respond_fromAnotherThread_answers() throws Exception {
            assertThat(get("/elsewhere/x")).isEqualTo("GET |/elsewhere/x []");
        }

        @Test
        void respond_withALongBody_isReadByASlowReader() throws Exception {
            try (Wire wire = new Wire(server.port(), 4096)) {
                wire.request("GET", "/large");
                soon("the container's thread is free again").until(() -> server.asyncRequests() == 1);
                assertThat(wire.answer("GET").body()).hasSize(400_000);
            }
        }

        @Test
        void respond_toAPeerThatNeverReads_isGivenUp() throws Exception {
            restartImpatient();
            try (Wire wire = new Wire(server.port(), 4096)) {
                wire.request("GET", "/large").head(); // and nothing of the body
                soon().until(() -> server.asyncRequests() == 0);
            }
        }

        @Test
        void connection_isKeptForTheNextRequest() throws Exception {
            try (Wire wire = new Wire(server.port())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(wire.request("GET", "/elsewhere/" + i)
                                    .answer("GET")
                                    .body())
                            .startsWith("GET |/elsewhere/" + i);
                }
            }
        }
    }

    @Test
    void handlerThatThrows_isAnsweredWith500AndLoggedOnce() throws Exception {
        Wire.Answer answer = Wire.call(server.port(), "GET", "/throws");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        soon().untilAsserted(() ->
                assertThat(log.records()).hasSize(1).first().asString().contains("/throws", "secret"));
        forgiveLog();
    }

    @Test
    void handlerThatAnswersTwice_isLoggedAndTheFirstAnswerStands() throws Exception {
        assertThat(get("/twice")).isEqualTo("first");
        soon().untilAsserted(() -> assertThat(log.records()).hasSize(1));
        forgiveLog();
    }

    private void forgiveLog() {
        log.clear();
    }
}
