package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.security.OriginPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of {@code web.config} and of code, by requests that are sent as they stand here. */
class PathAuthorizationTest {
    private static final String RULES = """
            <configuration>
              <signalr>
                <connection path="/echo" type="%s"/>
                <authorization>
                  <require path="/echo"/>
                  <require path="/admin" roles="Admin, Operator"/>
                  <allow path="/admin/help"/>
                  <require path="/mine" users="Alice"/>
                  <require path="/reports"><claim name="department" values="sales, support"/><claim name="badge"/></require>
                </authorization>
              </signalr>
            </configuration>
            """.formatted(SignalRTest.RawConnection.class.getName());

    @TempDir
    static Path application;

    private static EmbeddedTomcat fromFile;
    private static EmbeddedTomcat fromCode;

    private LogAudit log;

    /** {@code X-User: name;role;claim=value}. */
    private record User(String name, Set<String> roles, Map<String, String> known) implements ClaimsPrincipal {

        static User parse(String header) {
            List<String> parts = List.of(header.split(";", -1));
            List<String> rest = parts.subList(1, parts.size());
            return new User(
                    parts.get(0),
                    Set.copyOf(rest.stream().filter(part -> !part.contains("=")).toList()),
                    rest.stream()
                            .filter(part -> part.contains("="))
                            .map(part -> part.split("=", -1))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean hasRole(String role) {
            return roles.contains(role);
        }

        @Override
        public Set<String> claimNames() {
            return known.keySet();
        }

        @Override
        public List<String> claims(String claim) {
            return known.containsKey(claim) ? List.of(known.get(claim)) : List.of();
        }
    }

    private static final class UserFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String header = request.getHeader("X-User");
            chain.doFilter(header == null ? request : as(User.parse(header), request), response);
        }

        private static HttpServletRequest as(User user, HttpServletRequest request) {
            return new HttpServletRequestWrapper(request) {
                @Override
                public Principal getUserPrincipal() {
                    return user;
                }

                @Override
                public boolean isUserInRole(String role) {
                    return user.hasRole(role);
                }
            };
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                Files.createDirectories(application.resolve("WEB-INF")).resolve("web.config"), RULES);
        fromFile = EmbeddedTomcat.start("/app", Set.of(SocketEndpoint.class), context -> {
            authenticate(context);
            new HubwireInitializer().onStartup(Set.of(), withFile(context));
        });
        fromCode = EmbeddedTomcat.start("", Set.of(SocketEndpoint.class), context -> {
            authenticate(context);
            SignalR.map(context)
                    .connection("/echo", SignalRTest.RawConnection.class)
                    .require("/", AuthorizationRule.authenticated())
                    .require("/admin/", AuthorizationRule.anyOf(Set.of("Admin")))
                    .allow("/open")
                    .settings()
                    .origins(OriginPolicy.allowing(List.of("https://guest.example")));
        });
    }

    private static void authenticate(ServletContext context) {
        var filter = context.addFilter("user", new UserFilter());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** The context of the embedded server has no files; this one has ours. */
    private static ServletContext withFile(ServletContext context) {
        return (ServletContext) Proxy.newProxyInstance(
                PathAuthorizationTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getResourceAsStream")) {
                        return Files.newInputStream(application.resolve(((String) arguments[0]).substring(1)));
                    }
                    return method.invoke(context, arguments);
                });
    }

    @AfterAll
    static void stop() {
        fromFile.close();
        fromCode.close();
    }

    @BeforeEach
    void listen() {
        log = new LogAudit();
    }

    @AfterEach
    void nothingIsLogged() {
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private static int status(EmbeddedTomcat server, String target, String... headers) throws IOException {
        return Wire.call(server.port(), "GET", target, headers).status();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/app/echo/negotiate | alice              | 200",
                "/app/echo/negotiate |                    | 401",
                "/app/admin/users    | alice;Admin        | 200",
                "/app/admin          | alice;Operator     | 200",
                "/app/admin          | alice;admin        | 403",
                "/app/admin          | alice              | 403",
                "/app/admin          |                    | 401",
                "/app/admin/help/me  |                    | 200",
                "/app/admin/helper   |                    | 401",
                "/app/administration |                    | 200",
                "/app/mine           | ALICE              | 200",
                "/app/mine           | bob                | 403",
                "/app/reports        | a;department=sales;badge=1 | 200",
                "/app/reports        | a;department=law;badge=1   | 403",
                "/app/reports        | a;department=sales         | 403",
                "/app/               |                    | 200",
            })
    void rulesOfTheFile_areEnforced(String target, String user, int status) throws IOException {
        assertThat(user == null ? status(fromFile, target) : status(fromFile, target, "X-User: " + user))
                .isEqualTo(status);
    }

    @Test
    void refusal_hasNoBody_andIsNotKept() throws IOException {
        Wire.Answer answer = Wire.call(fromFile.port(), "GET", "/app/admin");

        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "HEAD", "OPTIONS", "DELETE"})
    void everyMethod_isGuarded(String method) throws IOException {
        try (Wire wire = new Wire(fromFile.port())) {
            assertThat(wire.request(method, "/app/admin").head()).startsWith("HTTP/1.1 401");
        }
    }

    /** Whatever is not refused outright by the container must not be let through. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/admin",
                "/app/admin/",
                "/app/ADMIN",
                "/app/aDmIn/users",
                "/app//admin",
                "/app/admin//users",
                "//app/admin",
                "/app///admin/",
                "/app/./admin",
                "/app/x/../admin",
                "/app/admin/help/../users",
                "/app/admin/help/%2e%2e/users",
                "/app/admin/help/..;x/users",
                "/app/help/..//admin",
                "/app/admin;x",
                "/app/admin;x=1/users",
                "/app;x/admin",
                "/app/;x/admin",
                "/app/%61dmin",
                "/app/%41DMIN",
                "/%61pp/admin",
                "/app%2Fadmin",
                "/app/%2Fadmin",
                "/app%2F%2Fadmin",
                "/app/admin%2Fusers",
                "/app/admin%2fhelp/../users",
                "/app/x%2F..%2Fadmin",
                "/app/admin%5Cusers",
                "/app\\admin",
                "/app/admin%00",
                "/app/admin/help%2F..%2Fusers",
                "/app/admin?x=/app/admin/help",
            })
    void otherSpellings_areNoWayIn(String target) throws IOException {
        assertThat(status(fromFile, target)).isIn(400, 401, 404);
        assertThat(status(fromFile, target, "X-User: mallory")).isIn(400, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/echo/connect?transport=serverSentEvents",
                "/app/ECHO//send",
                "/app/echo;x/ping",
                "/app/%65cho/ping"
            })
    void mappedPath_isGuardedInEverySpellingThatItAnswersTo(String target) throws IOException {
        assertThat(status(fromFile, target)).isEqualTo(401);
        assertThat(status(fromFile, target, "X-User: alice")).isIn(200, 400);
    }

    @Test
    void rulesOfCode_coverTheWholeApplicationFromTheRoot() throws IOException {
        assertThat(status(fromCode, "/")).isEqualTo(401);
        assertThat(status(fromCode, "/anything")).isEqualTo(401);
        assertThat(status(fromCode, "/anything", "X-User: alice")).isEqualTo(200);
        assertThat(status(fromCode, "/admin", "X-User: alice")).isEqualTo(403);
        assertThat(status(fromCode, "/admin", "X-User: alice;Admin")).isEqualTo(200);
        assertThat(status(fromCode, "/open/door")).isEqualTo(200);
        assertThat(status(fromCode, "/open/../anything")).isEqualTo(401);
        assertThat(status(fromCode, "/echo/negotiate")).isEqualTo(401);
    }

    @Test
    void pageOfAnAllowedOrigin_canReadTheRefusal_andPreflights() throws IOException {
        String guest = "Origin: https://guest.example";
        Wire.Answer refused = Wire.call(fromCode.port(), "GET", "/echo/negotiate", guest);
        Wire.Answer preflight =
                Wire.call(fromCode.port(), "OPTIONS", "/echo/negotiate", guest, "Access-Control-Request-Method: POST");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://guest.example");
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://guest.example");
    }

    @ParameterizedTest
    @CsvSource({"/echo/negotiate, 403", "/echo/send, 403", "/admin, 401"})
    void preflightOfAnyoneElse_isNoWayIn(String target, int status) throws IOException {
        Wire.Answer answer = Wire.call(
                fromCode.port(),
                "OPTIONS",
                target,
                "Origin: https://evil.example",
                "Access-Control-Request-Method: POST");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void pathWithTwoRules_isRefused() {
        var rules = new PathRules();
        rules.add(new PathRule("/a", Optional.empty()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.add(new PathRule("A/", Optional.empty())))
                .withMessage("The path A/ has a rule already.");
    }
}
