package io.hubwire.signalr.hosting.jakarta;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.SettingValues;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.config.Catalogue;
import io.hubwire.signalr.config.LimitSettings;
import io.hubwire.signalr.config.MessageBusSettings;
import io.hubwire.signalr.config.ServerSettings;
import io.hubwire.signalr.config.TracingSettings;
import io.hubwire.signalr.config.TransportSettings;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.WebSocketSettings;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.ContainerSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.transport.TransportKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator sets arrives in the record that the server or the host is started with. */
class SettingsReachTest {

    /** As little as there can be. */
    public static final class Echo extends PersistentConnection {}

    /** What is started. */
    private record Built(SignalRConfig server, HostingOptions host, WebConfig config) {

        boolean uses(TransportKind kind) {
            return server.transports().transports().contains(kind);
        }

        HubConfiguration hubs() {
            return server.hubs().get("/signalr");
        }

        ConnectTicketConfig tickets() {
            return server.connectTickets().orElseThrow();
        }

        BusConfig bus() {
            return server.bus();
        }
    }

    /** Where each arrives, as the setting has it. */
    private static final Map<Setting<?>, Function<Built, Object>> ARRIVALS = Map.ofEntries(
            entry(ServerSettings.DETAILED_ERRORS, built -> built.hubs().detailedErrors()),
            entry(ServerSettings.JAVA_SCRIPT_PROXIES, built -> built.hubs().javaScriptProxies()),
            entry(
                    ServerSettings.JSONP,
                    built -> built.hubs().jsonp()
                            && built.server()
                                    .persistentConnections()
                                    .get("/echo")
                                    .configuration()
                                    .jsonp()),
            entry(ServerSettings.STRICT_HUBS, built -> built.server().strictHubs()),
            entry(ServerSettings.ORIGINS, SettingsReachTest::allowed),
            entry(ServerSettings.CREDENTIALS, built -> built.server().origins().allowsCredentials()),
            entry(ServerSettings.TICKET_LIFETIME, built -> built.tickets().lifetime()),
            entry(ServerSettings.MAX_SPENT_TICKETS, built -> built.tickets().maxSpent()),
            entry(ServerSettings.DRAIN_WINDOW, built -> built.server().drain().window()),
            entry(ServerSettings.DRAIN_BOUND, built -> built.server().drain().bound()),
            entry(TransportSettings.WEB_SOCKETS, built -> built.uses(TransportKind.WEB_SOCKETS)),
            entry(TransportSettings.SERVER_SENT_EVENTS, built -> built.uses(TransportKind.SERVER_SENT_EVENTS)),
            entry(TransportSettings.FOREVER_FRAME, built -> built.uses(TransportKind.FOREVER_FRAME)),
            entry(TransportSettings.LONG_POLLING, built -> built.uses(TransportKind.LONG_POLLING)),
            entry(
                    TransportSettings.TRANSPORT_CONNECT_TIMEOUT,
                    built -> built.server().transports().transportConnectTimeout()),
            entry(
                    TransportSettings.CONNECTION_TIMEOUT,
                    built -> built.server().transports().connectionTimeout()),
            entry(
                    TransportSettings.DISCONNECT_TIMEOUT,
                    built -> built.server().transports().disconnectTimeout()),
            entry(
                    TransportSettings.KEEP_ALIVE,
                    built -> built.server().transports().keepAlive()),
            entry(
                    TransportSettings.LONG_POLL_DELAY,
                    built -> built.server().transports().longPollDelay()),
            entry(TransportSettings.MAX_INCOMING_WEB_SOCKET_MESSAGE_SIZE, built -> boxed(
                            built.host().maxIncomingWebSocketMessageSize())
                    .map(Integer::longValue)),
            entry(WebSocketSettings.ENABLED, built -> built.uses(TransportKind.WEB_SOCKETS)),
            entry(WebSocketSettings.PING_INTERVAL, built -> built.host().pingInterval()),
            entry(WebSocketSettings.RECEIVE_BUFFER_LIMIT, built ->
                    (long) built.host().receiveBufferLimit()),
            entry(
                    LimitSettings.MAX_CONNECTIONS,
                    built -> built.server().sessions().most()),
            entry(
                    LimitSettings.MAX_CONNECTIONS_PER_USER,
                    built -> built.server().sessions().mostPerUser()),
            entry(
                    LimitSettings.MAX_CONNECTIONS_PER_ADDRESS,
                    built -> built.server().sessions().mostPerAddress()),
            entry(
                    LimitSettings.MAX_GROUPS,
                    built -> built.server().connections().maxGroups()),
            entry(
                    LimitSettings.MAX_CALLS_IN_FLIGHT,
                    built -> built.server().connections().maxCallsInFlight()),
            entry(
                    LimitSettings.MAX_BLOCKED_READERS,
                    built -> built.server().connections().maxBlockedReaders()),
            entry(
                    LimitSettings.MAX_CALLS_PER_SECOND,
                    built -> boxed(built.server().connections().maxCallsPerSecond())),
            entry(
                    LimitSettings.MAX_MESSAGES_PER_FRAME,
                    built -> built.server().connections().maxMessagesPerFrame()),
            entry(
                    LimitSettings.MAX_MESSAGES_PER_POLL,
                    built -> built.server().connections().maxMessagesPerPoll()),
            entry(LimitSettings.OVERFLOW, built -> built.server().connections().overflow()),
            entry(LimitSettings.WORKERS, built -> built.server().workers()),
            entry(LimitSettings.WORKER_QUEUE, built -> built.server().workerQueue()),
            entry(LimitSettings.MAX_BODY_BYTES, built -> (long) built.host().maxBodyBytes()),
            entry(LimitSettings.BODY_TIMEOUT, built -> built.host().bodyTimeout()),
            entry(LimitSettings.WRITE_TIMEOUT, built -> built.host().writeTimeout()),
            entry(
                    LimitSettings.MAX_QUERY_LENGTH,
                    built -> built.host().parameters().maxQueryLength()),
            entry(
                    LimitSettings.MAX_PARAMETERS,
                    built -> built.host().parameters().maxPairs()),
            entry(MessageBusSettings.DEFAULT_MESSAGE_BUFFER_SIZE, built -> built.bus()
                    .messageBufferSize()),
            entry(MessageBusSettings.TAIL_BYTES, built -> built.bus().tailBytes()),
            entry(MessageBusSettings.TAIL_AGE, built -> built.bus().tailAge()),
            entry(MessageBusSettings.MAX_TOPICS, built -> built.bus().maxTopics()),
            entry(MessageBusSettings.MAX_BACKLOG, built -> built.bus().maxBacklog()),
            entry(MessageBusSettings.MAX_MESSAGE_BYTES, built ->
                    (long) built.bus().maxMessageBytes()),
            entry(MessageBusSettings.MAX_PENDING_ACKNOWLEDGEMENTS, built -> built.bus()
                    .maxPendingAcknowledgements()),
            entry(MessageBusSettings.LOOPS, built -> built.bus().loops()),
            entry(MessageBusSettings.ACKNOWLEDGEMENT_TIMEOUT, built -> built.bus()
                    .acknowledgementTimeout()),
            entry(MessageBusSettings.SWEEP_INTERVAL, built -> built.bus().sweepInterval()),
            entry(MessageBusSettings.AHEAD_PATIENCE, built -> built.bus().aheadPatience()),
            entry(TracingSettings.AUTOFLUSH, built -> built.server().tracing().autoflush()),
            entry(
                    TracingSettings.DIRECTORY,
                    built -> built.server().tracing().directory().map(Path::toString)),
            entry(
                    TracingSettings.MAX_FILE_BYTES,
                    built -> built.server().tracing().maxFileBytes()),
            entry(TracingSettings.KEPT_FILES, built -> built.server().tracing().keptFiles()),
            entry(
                    TracingSettings.SIGNALR_SWITCH,
                    built -> built.server().tracing().switches().get("SignalRSwitch")));

    /** What others show: the embedded server takes the container's, a hub refuses who is anonymous; and what one node has no use for. */
    private static final Set<Setting<?>> ELSEWHERE = Stream.concat(
                    ContainerSettings.GROUP.settings().stream(),
                    Stream.of(
                            ServerSettings.REQUIRE_AUTHENTICATION,
                            ServerSettings.BACKPLANE_TYPE,
                            MessageBusSettings.MAX_SCALEOUT_MAPPINGS_PER_STREAM))
            .collect(Collectors.toUnmodifiableSet());

    static Stream<Setting<?>> settings() {
        return Catalogue.settings().filter(setting -> !ELSEWHERE.contains(setting));
    }

    @Test
    void everySetting_arrivesSomewhere() {
        Set<Setting<?>> all = Catalogue.settings().collect(Collectors.toSet());
        Set<Setting<?>> shown = new HashSet<>(ARRIVALS.keySet());
        shown.addAll(ELSEWHERE);

        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatIsSet_arrives(Setting<?> setting) {
        String text = text(setting);

        Built built = built(SettingValues.companions(setting, text), setting, text);

        assertThat(ARRIVALS.get(setting).apply(built))
                .isEqualTo(setting.type().read(text))
                .isNotEqualTo(ARRIVALS.get(setting).apply(built(Map.of(), null, "")));
    }

    /** What counts for less than 32 as 32 is shown above that. */
    private static String text(Setting<?> setting) {
        return setting == MessageBusSettings.DEFAULT_MESSAGE_BUFFER_SIZE ? "33" : SettingValues.example(setting);
    }

    @Test
    void smallBuffer_isRaisedToTheSmallest() {
        Built built = built(Map.of(), MessageBusSettings.DEFAULT_MESSAGE_BUFFER_SIZE, "0");

        assertThat(built.bus().messageBufferSize()).isEqualTo(BusConfig.MINIMUM_MESSAGE_BUFFER_SIZE);
    }

    @Test
    void disconnectTimeoutAlone_takesKeepAliveAndTailWithIt() {
        Built built = built(Map.of(), TransportSettings.DISCONNECT_TIMEOUT, "6s");

        assertThat(built.server().transports().keepAlive())
                .hasValueSatisfying(third -> assertThat(third).hasSeconds(2));
        assertThat(built.bus().tailAge()).hasSeconds(20);
    }

    @Test
    void drainWindowAlone_takesTheBoundWithIt() {
        assertThat(built(Map.of(), ServerSettings.DRAIN_WINDOW, "5m").server().drain())
                .isEqualTo(new DrainOptions(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        assertThat(built(Map.of(), ServerSettings.DRAIN_WINDOW, "40m").server().drain())
                .isEqualTo(new DrainOptions(Duration.ofMinutes(40), DrainOptions.LONGEST));
        assertThat(built(Map.of(), ServerSettings.DRAIN_BOUND, "30s").server().drain())
                .isEqualTo(new DrainOptions(DrainOptions.DEFAULTS.window(), Duration.ofSeconds(30)));
    }

    @Test
    void drainBoundLessThanItsWindow_isRefusedWithTheRule() {
        assertThatThrownBy(() -> built(Map.of(), ServerSettings.DRAIN_BOUND, "29s"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bound must be at least window.");
    }

    @Test
    void smallerMessageLimit_counts() {
        assertThat(built(Map.of(), WebSocketSettings.RECEIVE_BUFFER_LIMIT, "1000")
                        .host()
                        .maxMessageBytes())
                .isEqualTo(1000);
        assertThat(built(Map.of(), TransportSettings.MAX_INCOMING_WEB_SOCKET_MESSAGE_SIZE, "none")
                        .host()
                        .maxMessageBytes())
                .isEqualTo(4 << 20);
    }

    @Test
    void whatAnApplicationHasSet_staysUnlessTheOperatorSaysOtherwise() {
        WebConfig config = config(Map.of("hubwire.signalr.limits.maxGroups", "7"));
        SignalRConfig.Builder server = SignalRConfig.builder()
                .workers(3)
                .bus(bus -> bus.with().loops(2).build())
                .hubs("/signalr", new HubConfiguration(true, false, true));

        config.applyTo(server);

        SignalRConfig built = server.build();
        assertThat(built.workers()).isEqualTo(3);
        assertThat(built.bus().loops()).isEqualTo(2);
        assertThat(built.hubs()).containsEntry("/signalr", new HubConfiguration(true, false, true));
        assertThat(built.connections().maxGroups()).isEqualTo(7);
    }

    private static Built built(Map<String, String> companions, Setting<?> setting, String text) {
        Map<String, String> properties = new HashMap<>(companions);
        if (setting != null) {
            properties.put(setting.property(), text);
        }
        WebConfig config = config(properties);
        SignalRConfig.Builder server = SignalRConfig.builder()
                .connectTickets(ConnectTicketConfig.defaults())
                .hubs("/signalr", HubConfiguration.defaults())
                .connection("/echo", Echo.class, ConnectionConfiguration.defaults());
        config.applyTo(server);
        return new Built(server.build(), HostingOptions.DEFAULTS.over(config.settings()), config);
    }

    private static WebConfig config(Map<String, String> properties) {
        ConfigSources sources = new ConfigSources(Optional.empty(), Map.of(), Map.of(), properties, Map.of());
        return WebConfig.read(sources, SettingsReachTest.class.getClassLoader());
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.stream().boxed().findFirst();
    }

    /** Those of the example that may. */
    private static Set<String> allowed(Built built) {
        return Stream.of("https://www.example.com", "http://localhost:8081", "https://other.example.com")
                .filter(origin -> built.server().origins().allows(origin, "http", "localhost", 8080))
                .collect(Collectors.toSet());
    }
}
