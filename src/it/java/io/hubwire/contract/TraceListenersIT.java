package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.SharedLog;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.hub.TracingPipelineModule;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.tracing.SourceLevels;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceConfig;
import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server with clients writes into the files of its trace listeners. */
class TraceListenersIT {
    private static final Pattern LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (\\S+) (Error|Warning|Information|Verbose): 0 : .+");
    private static final List<String> TRANSPORTS = List.of(
            "SignalR.Transports.WebSocketTransport",
            "SignalR.Transports.ServerSentEventsTransport",
            "SignalR.Transports.ForeverFrameTransport",
            "SignalR.Transports.LongPollingTransport",
            "SignalR.Transports.TransportHeartBeat");

    @TempDir
    Path logs;

    private final LeakAudit threads = LeakAudit.ofThreads("contract-");

    @AfterEach
    void leaveNoThread() {
        threads.verify();
    }

    @Test
    void files_ofTheOriginalsExample_getTheLinesOfTheirSourcesAndNoOthers() throws IOException {
        SignalRConfig.Builder config = asInTheOriginalsExample();
        List<String> secrets = new ArrayList<>();
        try (TestServer server = TestServer.single(config)) {
            for (TestTransport transport : TestTransport.values()) {
                try (SignalRTestClient client = started(server, transport)) {
                    client.invoke("contracthub", "join", "a");
                    client.invoke("contracthub", "toAll", "x".repeat(200) + "-the-end-of-it");
                    client.awaitMessages(1);
                    client.awaitFrames(
                            frames -> frames.stream()
                                    .anyMatch(frame -> frame.groupsToken().isPresent()),
                            "a token");
                    client.awaitKeepAlives(1);
                    secrets.add(client.negotiation().connectionToken());
                    client.groupsToken().ifPresent(secrets::add);
                    client.abort();
                }
            }
            server.awaitNobody();
        }

        assertThat(sources("transports.log.txt")).containsExactlyInAnyOrderElementsOf(TRANSPORTS);
        assertThat(sources("bus.log.txt")).containsExactly("SignalR.ScaleoutMessageBus");
        String text = Files.readString(logs.resolve("transports.log.txt"));
        for (String transport : TRANSPORTS.subList(0, 4)) {
            assertThat(text)
                    .containsPattern(transport + " Information: 0 : Connection \\S+ opens: connect")
                    .containsPattern(transport + " Verbose: 0 : Connection \\S+ gets: a keep-alive")
                    .containsPattern(transport + " Verbose: 0 : Connection \\S+ gets 1 messages.*xxxx…");
        }
        assertThat(text)
                .containsPattern("HeartBeat Information: 0 : Connection \\S+ is new")
                .containsPattern("HeartBeat Information: 0 : Connection \\S+ is removed: it was stopped")
                .contains("WebSocketTransport Verbose: 0 : Connection ")
                .doesNotContain("-the-end-of-it");
        assertThat(secrets).hasSize(8).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
    }

    @Test
    void sources_allInOneFile_eachSaySomething() throws IOException {
        SignalRConfig.Builder config = TestServer.config(KeyRing.random()).tracing(everythingTo("all.txt"));
        try (TestServer traced = TestServer.single(config)) {
            traced.nodes().get(0).pipeline().addModule(new TracingPipelineModule());
            for (TestTransport transport : TestTransport.values()) {
                try (SignalRTestClient client = started(traced, transport)) {
                    client.invoke("contracthub", "echo", "x");
                    if (transport == TestTransport.WEB_SOCKETS) {
                        client.drop();
                        client.reconnect();
                        client.invoke("contracthub", "echo", "back"); // an abort before it is there does not count
                    }
                    client.abort();
                }
            }
            traced.awaitNobody();
        }

        Set<String> expected = new TreeSet<>();
        Arrays.stream(SourceName.values()).map(SourceName::text).forEach(expected::add);
        expected.remove(SourceName.SCALEOUT_SUBSCRIPTION.text()); // of a farm alone
        assertThat(sources("all.txt")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Files.readString(logs.resolve("all.txt")))
                .containsPattern("SignalR.HubDispatcher Verbose: 0 : Connection \\S+ calls ContractHub.echo with 1")
                .containsPattern("SignalR.HubDispatcher Verbose: 0 : #\\d+ ends: \\S+ calls ContractHub.echo, done")
                .containsPattern("SignalR.Connection Information: 0 : Connection \\S+ has connected")
                .containsPattern("SignalR.Connection Information: 0 : Connection \\S+ has reconnected")
                .containsPattern(
                        "SignalR.Connection Information: 0 : Connection \\S+ has disconnected: it was stopped");
    }

    @Test
    void lines_withTextOfPeers_areNeverForged() throws IOException {
        String forged = "\r\n2031-01-01T00:00:00.000Z SignalR.Forged Error: 0 : forged\u2028\u0085";
        SignalRConfig.Builder config = TestServer.config(KeyRing.random()).tracing(everythingTo("all.txt"));
        try (TestServer server = TestServer.single(config)) {
            try (SignalRTestClient client = started(server, TestTransport.WEB_SOCKETS)) {
                client.invoke("contracthub", "join", forged);
                client.invoke("contracthub", "toGroup", forged, forged);
                client.invoke("contracthub", "no" + forged);
                client.invoke("contracthub", "echo", forged, forged);
                client.awaitMessages(1);
                client.abort();
            }
            server.awaitNobody();
        }

        assertThat(sources("all.txt")).doesNotContain("SignalR.Forged");
        assertThat(Files.readString(logs.resolve("all.txt"))).contains("\\n2031-01-01");
    }

    @Test
    void farm_onOneLog_tracesTheStreamInTheFileOfEachNode() throws Exception {
        SharedLog log = new SharedLog(1);
        HubRegistry hubs = HubRegistry.of(List.of(ContractHub.class));
        try (SignalRServer one = SignalRServer.start(node("one"), hubs, log.node());
                SignalRServer two = SignalRServer.start(node("two"), hubs, log.node())) {
            one.hubs()
                    .connectionManager()
                    .hubContext("contracthub")
                    .clients()
                    .all()
                    .invoke("message", "from one");
            two.hubs()
                    .connectionManager()
                    .hubContext("contracthub")
                    .clients()
                    .all()
                    .invoke("message", "from two");
            log.awaitFed();
        } finally {
            log.close();
        }

        for (String file : List.of("one.txt", "two.txt")) {
            assertThat(Files.readString(logs.resolve(file)))
                    .containsPattern("ScaleoutMessageBus Information: 0 : The stream is open; this node begins after")
                    .containsPattern(
                            "(?s)bytes to h-ContractHub has come as \\d+.*bytes to h-ContractHub has come as \\d+")
                    .containsPattern("ScaleoutMessageBus Information: 0 : The stream is closed")
                    .containsOnlyOnce("bytes to h-ContractHub is published");
        }
    }

    private SignalRConfig node(String name) {
        return TestServer.config(KeyRing.random())
                .name("contract-" + name)
                .classLoader(new ClassLoader(getClass().getClassLoader()) {})
                .tracing(everythingTo(name + ".txt"))
                .build();
    }

    @Test
    void start_withAFileThatCannotBeOpened_failsAndLeavesNothing() throws IOException {
        Files.createDirectory(logs.resolve("taken"));
        SignalRConfig.Builder config = TestServer.config(KeyRing.random()).tracing(everythingTo("taken"));

        assertThatThrownBy(() -> TestServer.single(config))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("\"everything\"")
                .hasMessageContaining(logs.resolve("taken").toString());
    }

    /** The example of the original's documentation, but for its directory. */
    private SignalRConfig.Builder asInTheOriginalsExample() throws IOException {
        SignalRConfig.Builder config = TestServer.config(KeyRing.random());
        try (InputStream file = WebConfig.class.getResourceAsStream("aspnet-web.config")) {
            WebConfig.read(file, "web.config", getClass().getClassLoader()).applyTo(config);
        }
        return config.tracing((TraceConfig tracing) -> tracing.inDirectory(logs));
    }

    private TraceConfig everythingTo(String file) {
        Listener listener = Listener.of("everything", "text", file);
        return TraceConfig.of(
                        Arrays.stream(SourceName.values())
                                .map(name -> new Source(name.text(), listener))
                                .toList(),
                        Map.of("SignalRSwitch", SourceLevels.ALL),
                        List.of(),
                        true)
                .inDirectory(logs);
    }

    private static SignalRTestClient started(TestServer server, TestTransport transport) {
        return SignalRTestClient.start(ClientOptions.to("127.0.0.1", server.port())
                .withTransport(transport)
                .withHubs("contracthub"));
    }

    /** The sources of a file, each line of which has the shape of one. */
    private Set<String> sources(String file) throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String line : Files.readAllLines(logs.resolve(file))) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            sources.add(matcher.group(1));
        }
        return sources;
    }
}
