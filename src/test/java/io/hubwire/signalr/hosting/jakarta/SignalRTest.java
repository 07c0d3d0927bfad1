package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.hub.HubPipelineModule;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mapping, start and end of a server in a web application. */
class SignalRTest {
    private static final Set<Class<?>> SOCKETS = Set.of(SocketEndpoint.class);

    private final LogAudit log = new LogAudit();
    private final LeakAudit threads = LeakAudit.ofThreads("hubwire");

    /** A hub that scanning finds. */
    public static class EchoHub extends Hub {
        public String echo(String text) {
            return text;
        }
    }

    /** What scanning finds as well. */
    public abstract static class AbstractHub extends Hub {}

    /** Maps elsewhere. */
    public static final class Startup implements SignalRStartup {
        @Override
        public void configuration(SignalR signalR) {
            signalR.hubs("realtime/").hubs("/plain", new HubConfiguration(false, false, false));
        }
    }

    /** As little as there can be. */
    public static final class RawConnection extends PersistentConnection {}

    /** For nobody. */
    public static final class ClosedConnection extends PersistentConnection {
        @Override
        protected boolean authorizeRequest(HostRequest request) {
            return false;
        }
    }

    @AfterEach
    void audit() {
        threads.verify();
        assertThat(GlobalHost.deployment(SignalRTest.class.getClassLoader())).isEmpty();
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private static Wire.Answer get(EmbeddedTomcat server, String target) throws Exception {
        return Wire.call(server.port(), "GET", target);
    }

    private static String negotiate(EmbeddedTomcat server, String path) throws Exception {
        Wire.Answer answer = get(server, path + "/negotiate?clientProtocol=2.1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        return answer.body();
    }

    private static EmbeddedTomcat scanned(String contextPath, Class<?>... found) {
        return EmbeddedTomcat.start(
                contextPath, SOCKETS, context -> new HubwireInitializer().onStartup(Set.of(found), context));
    }

    @Test
    void hubsThatTheScanFinds_areServedUnderSignalrUntilUndeploy() throws Exception {
        try (EmbeddedTomcat server = scanned("/app", EchoHub.class, AbstractHub.class, Hub.class)) {
            assertThat(negotiate(server, "/app/signalr"))
                    .contains("\"Url\":\"/app/signalr\"", "\"TryWebSockets\":true");
            assertThat(get(server, "/app/SIGNALR/hubs").body()).contains("echoHub");
            server.stopApplication();
            threads.verify();
        }
    }

    @Test
    void applicationsOfOneWorkDirectory_takeNoTokensOfEachOther(@TempDir Path work) throws Exception {
        System.setProperty("hubwire.work", work.toString());
        try (EmbeddedTomcat one = scanned("/one", EchoHub.class);
                EmbeddedTomcat two = scanned("", EchoHub.class)) {
            String token = negotiate(one, "/one/signalr")
                    .replaceFirst(".*\"ConnectionToken\":\"([^\"]*)\".*", "&connectionToken=$1");
            String start = "/signalr/start?transport=longPolling&clientProtocol=2.1" + token;

            assertThat(get(one, "/one" + start).status()).isEqualTo(200);
            assertThat(get(two, start).status()).isEqualTo(400);
            assertThat(work.resolve("one")).isDirectory();
            assertThat(work.resolve("ROOT")).isDirectory();
        } finally {
            System.clearProperty("hubwire.work");
        }
    }

    @Test
    void applicationsBesideEachOther_areShownByJmx_eachWithItsOwnCounts_untilItEnds() throws Exception {
        try (EmbeddedTomcat one = scanned("/one", EchoHub.class);
                EmbeddedTomcat two = scanned("/two", EchoHub.class);
                EmbeddedTomcat oneElsewhere = scanned("/one", EchoHub.class)) {
            assertThat(shown()).containsExactlyInAnyOrder("hubwire-one", "hubwire-two", "hubwire-one-2");
            assertThat(get(two, "/two/signalr/negotiate?" + "a=1&".repeat(1_001))
                            .status())
                    .isEqualTo(400);
            negotiate(one, "/one/signalr");
            negotiate(oneElsewhere, "/one/signalr");

            assertThat(refusals("hubwire-two")).isEqualTo(1);
            assertThat(refusals("hubwire-one")).isZero();
            assertThat(refusals("hubwire-one-2")).isZero();
            one.stopApplication();
            assertThat(shown()).containsExactlyInAnyOrder("hubwire-two", "hubwire-one-2");
        }
        assertThat(shown()).isEmpty();
    }

    private static Set<String> shown() throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("io.hubwire:type=SignalR,*"), null)
                .stream()
                .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
                .collect(Collectors.toSet());
    }

    private static long refusals(String name) throws JMException {
        ObjectName shown = new ObjectName("io.hubwire:type=SignalR,name=" + ObjectName.quote(name));
        return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(shown, "Limits Refused: Parameters");
    }

    @Test
    void startup_decidesWhereHubsAreMapped() throws Exception {
        try (EmbeddedTomcat server = scanned("", EchoHub.class, Startup.class, SignalRStartup.class)) {
            assertThat(negotiate(server, "/realtime")).contains("\"Url\":\"/realtime\"");
            assertThat(negotiate(server, "/PLAIN")).contains("\"Url\"");
            assertThat(get(server, "/plain/hubs").body()).doesNotContain("echoHub");
            assertThat(get(server, "/signalr/negotiate").body()).isEqualTo("passed /signalr/negotiate");
        }
    }

    @Test
    void hubClass_thatNobodyScansFor_isNamed() throws Exception {
        EmbeddedTomcat.Setup setup =
                context -> SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr");
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(get(server, "/signalr/hubs").body()).contains("echoHub");
        }
    }

    /** Lets nobody in. */
    public static final class Bouncer extends HubPipelineModule {
        @Override
        protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
            return false;
        }
    }

    @Test
    void moduleClass_isMadeAndTakesPart() throws Exception {
        EmbeddedTomcat.Setup setup = context ->
                SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr").module(Bouncer.class);
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            String hub = "&connectionData=%5B%7B%22name%22%3A%22echohub%22%7D%5D";
            assertThat(get(server, "/signalr/negotiate?clientProtocol=2.1" + hub)
                            .status())
                    .isEqualTo(401);
            assertThat(negotiate(server, "/signalr")).as("without a hub").contains("\"Url\"");
        }
    }

    @Test
    void containerWithoutWebSocket_isToldToClients() throws Exception {
        EmbeddedTomcat.Setup setup =
                context -> SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr");
        try (EmbeddedTomcat server = EmbeddedTomcat.startWithoutWebSocket(setup)) {
            assertThat(negotiate(server, "/signalr")).contains("\"TryWebSockets\":false");
        }
    }

    /* --- before the start --- */

    @Test
    void contexts_usedBeforeTheApplicationHasStarted_startTheServer_whichThenCannotBeConfigured() throws Exception {
        List<CompletionStage<Void>> early = new ArrayList<>();
        EmbeddedTomcat.Setup setup = context -> {
            SignalR signalR = SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr");
            early.add(GlobalHost.connectionManager()
                    .hubContext(EchoHub.class)
                    .clients()
                    .all()
                    .invoke("early"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> signalR.connection("/raw", RawConnection.class))
                    .withMessageContaining("cannot be configured any more");
            assertThatIllegalStateException().isThrownBy(signalR::settings);
        };
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(early).singleElement().satisfies(published -> assertThat(published.toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20)));
            assertThat(negotiate(server, "/signalr"))
                    .as("the container's WebSocket came after the server")
                    .contains("\"TryWebSockets\":true");
        }
    }

    @Test
    void deployment_thatFailsAfterTheServerHasBeenUsed_leavesNothing() {
        EmbeddedTomcat.Setup setup = context -> {
            SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr");
            GlobalHost.connectionManager()
                    .hubContext(EchoHub.class)
                    .clients()
                    .all()
                    .invoke("early");
            throw new ServletException("something else went wrong");
        };

        assertThatThrownBy(() -> EmbeddedTomcat.start("", SOCKETS, setup)).isInstanceOf(IllegalStateException.class);

        log.clear();
    }

    @Test
    void ownMapping_takesThePlaceOfTheDefaultOne() throws Exception {
        EmbeddedTomcat.Setup setup = context -> {
            new HubwireInitializer().onStartup(Set.of(EchoHub.class), context);
            SignalR.map(context, List.of(EchoHub.class)).hubs("/mine");
            new HubwireInitializer().onStartup(Set.of(EchoHub.class), context);
        };
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(get(server, "/mine/hubs").body()).contains("echoHub");
            assertThat(get(server, "/signalr/hubs").body()).isEqualTo("passed /signalr/hubs");
        }
    }

    @Test
    void ownMapping_besideAStartupClass_isRefused() {
        List<String> refusals = new ArrayList<>();
        EmbeddedTomcat.Setup setup = context -> {
            new HubwireInitializer().onStartup(Set.of(EchoHub.class, Startup.class), context);
            try {
                SignalR.map(context, List.of(EchoHub.class));
            } catch (IllegalStateException refused) {
                refusals.add(refused.getMessage());
                throw refused;
            }
        };
        assertThatThrownBy(() -> EmbeddedTomcat.start("", SOCKETS, setup)).isInstanceOf(IllegalStateException.class);
        assertThat(refusals).singleElement().asString().startsWith("SignalR is mapped in this application already.");
        log.clear();
    }

    @Test
    void applicationWithoutHubs_isLeftAlone() throws Exception {
        try (EmbeddedTomcat server = scanned("")) {
            assertThat(get(server, "/signalr/hubs").body()).isEqualTo("passed /signalr/hubs");
            assertThat(server.context().findFilterDefs())
                    .noneMatch(filter -> filter.getFilterName().equals("hubwire"));
        }
    }

    @Test
    void onePathMappedTwice_failsTheDeploymentAndLeavesNothing() {
        List<String> refusals = new ArrayList<>();
        EmbeddedTomcat.Setup setup = context -> {
            SignalR signalR = SignalR.map(context, List.of(EchoHub.class)).hubs("/signalr");
            try {
                signalR.connection("SignalR/", RawConnection.class);
            } catch (IllegalArgumentException refused) {
                refusals.add(refused.getMessage());
                throw refused;
            }
        };
        assertThatThrownBy(() -> EmbeddedTomcat.start("", SOCKETS, setup)).isInstanceOf(IllegalStateException.class);
        assertThat(refusals).containsExactly("The path /SignalR is mapped already.");
        log.clear();
    }

    @Test
    void root_cannotBeMapped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalRConfig.builder().hubs("//", HubConfiguration.defaults()))
                .withMessageContaining("\"//\" cannot be mapped");
    }

    /* --- persistent connections --- */

    private static EmbeddedTomcat besideEachOther() {
        return EmbeddedTomcat.start("/app", SOCKETS, context -> SignalR.map(context, List.of(EchoHub.class))
                .hubs("/signalr")
                .connection("raw", RawConnection.class)
                .connection("/raw/inner/", RawConnection.class, new ConnectionConfiguration(true))
                .connection("/closed", ClosedConnection.class));
    }

    @Test
    void connections_besideHubs_areServedInAnyCaseUnderTheirPaths() throws Exception {
        try (EmbeddedTomcat server = besideEachOther()) {
            assertThat(negotiate(server, "/app/signalr")).contains("\"Url\":\"/app/signalr\"");
            assertThat(negotiate(server, "/app/raw")).contains("\"Url\":\"/app/raw\"");
            assertThat(negotiate(server, "/app/RAW/more")).contains("\"Url\":\"/app/raw/more\"");
            assertThat(get(server, "/app/closed/negotiate").status()).isEqualTo(401);
        }
    }

    @Test
    void prefix_withinASegment_isNoMatch() throws Exception {
        try (EmbeddedTomcat server = besideEachOther()) {
            assertThat(get(server, "/app/raw2/negotiate").body()).isEqualTo("passed /app/raw2/negotiate");
            assertThat(get(server, "/app/ra/negotiate").body()).isEqualTo("passed /app/ra/negotiate");
        }
    }

    @Test
    void longestPath_wins() throws Exception {
        try (EmbeddedTomcat server = besideEachOther()) {
            assertThat(get(server, "/app/raw/inner/ping?callback=f").body())
                    .isEqualTo("f({ \"Response\": \"pong\" });");
            assertThat(get(server, "/app/raw/inn/ping?callback=f").status()).isEqualTo(403);
        }
    }

    @Test
    void connectionsAlone_needNoHubs() throws Exception {
        EmbeddedTomcat.Setup setup = context -> SignalR.map(context).connection("/raw", RawConnection.class);
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(negotiate(server, "/raw")).contains("\"Url\":\"/raw\"");
        }
    }

    /* --- web.config --- */

    private static EmbeddedTomcat configured(String elements, Class<?>... found) {
        return EmbeddedTomcat.start("", SOCKETS, context -> {
            write(Path.of(context.getRealPath("/")).resolve("WEB-INF"), elements);
            new HubwireInitializer().onStartup(Set.of(found), context);
        });
    }

    private static void write(Path directory, String elements) {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("web.config"),
                    "<configuration>\n<signalr>\n" + elements + "\n</signalr>\n</configuration>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String connection(String path) {
        return "<connection path='" + path + "' type='" + RawConnection.class.getName() + "' jsonp='true'/>";
    }

    @Test
    void webConfig_withHubs_decidesWhereTheyAre() throws Exception {
        try (EmbeddedTomcat server = configured("<hubs path='/real'/>" + connection("/raw"), EchoHub.class)) {
            assertThat(get(server, "/REAL/hubs").body()).contains("echoHub");
            assertThat(get(server, "/raw/ping?callback=f").body()).startsWith("f(");
            assertThat(get(server, "/signalr/hubs").body()).isEqualTo("passed /signalr/hubs");
            assertThat(get(server, "/WEB-INF/web.config").body()).doesNotContain("configuration");
        }
    }

    @Test
    void webConfig_withConnectionsAlone_leavesHubsWhereTheyAre() throws Exception {
        try (EmbeddedTomcat server = configured(connection("/raw"), EchoHub.class)) {
            assertThat(get(server, "/signalr/hubs").body()).contains("echoHub");
            assertThat(negotiate(server, "/raw")).contains("\"Url\":\"/raw\"");
        }
    }

    @Test
    void webConfig_withoutAnyHub_isEnough() throws Exception {
        try (EmbeddedTomcat server = configured(connection("/raw"))) {
            assertThat(negotiate(server, "/raw")).contains("\"Url\":\"/raw\"");
            assertThat(get(server, "/signalr/hubs").body()).isEqualTo("passed /signalr/hubs");
        }
    }

    @Test
    void webConfig_andStartup_addToEachOther() throws Exception {
        try (EmbeddedTomcat server = configured(connection("/raw"), EchoHub.class, Startup.class)) {
            assertThat(negotiate(server, "/raw")).contains("\"Url\":\"/raw\"");
            assertThat(negotiate(server, "/realtime")).contains("\"Url\":\"/realtime\"");
        }
    }

    @Test
    void webConfig_withSettings_isInForceAndNotServed() throws Exception {
        try (EmbeddedTomcat server =
                configured("<transports disconnectTimeout='12s'/><hubs javaScriptProxies='false'/>", EchoHub.class)) {
            assertThat(get(server, "/signalr/negotiate?clientProtocol=2.1").body())
                    .contains("\"DisconnectTimeout\":12.0", "\"KeepAliveTimeout\":8.0");
            assertThat(get(server, "/signalr/hubs").body()).doesNotContain("createHubProxy");
            assertThat(get(server, "/WEB-INF/web.config").body()).doesNotContain("configuration");
            assertThat(get(server, "/web.config").body()).isEqualTo("passed /web.config");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void webConfig_withSettingsAndRules_isInForceForAMappingInCodeToo(boolean scanned) throws Exception {
        String elements =
                "<transports disconnectTimeout='12s'/><authorization><require path='/closed'/></authorization>";
        EmbeddedTomcat.Setup setup = context -> {
            write(Path.of(context.getRealPath("/")).resolve("WEB-INF"), elements);
            if (scanned) {
                new HubwireInitializer().onStartup(Set.of(EchoHub.class), context);
            }
            SignalR.map(context, List.of(EchoHub.class)).hubs("/mine");
        };
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(negotiate(server, "/mine")).contains("\"DisconnectTimeout\":12.0");
            assertThat(get(server, "/signalr/hubs").body()).isEqualTo("passed /signalr/hubs");
            assertThat(get(server, "/closed/x").status()).isEqualTo(401);
        }
    }

    @Test
    void contextParameter_isASettingAsWell() throws Exception {
        EmbeddedTomcat.Setup setup = context -> {
            context.setInitParameter("hubwire.signalr.requireAuthentication", "true");
            new HubwireInitializer().onStartup(Set.of(EchoHub.class), context);
        };
        String negotiation =
                "/signalr/negotiate?clientProtocol=2.1&connectionData=%5B%7B%22name%22%3A%22echohub%22%7D%5D";
        try (EmbeddedTomcat server = EmbeddedTomcat.start("", SOCKETS, setup)) {
            assertThat(get(server, negotiation).status()).isEqualTo(401);
        }
        try (EmbeddedTomcat server = configured("<hubs/>", EchoHub.class)) {
            assertThat(get(server, negotiation).status()).isEqualTo(200);
        }
    }

    @Test
    void webConfig_thatIsWrong_failsTheDeployment() {
        assertThatThrownBy(() -> configured("<hubs paht='/real'/>", EchoHub.class))
                .isInstanceOf(IllegalStateException.class);
        log.clear();
    }
}
