package io.hubwire.operations;

import static io.hubwire.operations.OperatedServer.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubwire.kit.SharedLog;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.security.KeyRing;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every counter and gauge (protocol §15.1) moves when it should, as JMX shows it. */
class CountersIT {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private static OperatedServer server;

    @BeforeAll
    static void start() {
        server = OperatedServer.start(
                SignalRConfig.builder()
                        .bus(config -> config.with().messageBufferSize(32).build()),
                new InMemoryLog());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "TRACE_LINES_LOST") // of listeners, which have a test of their own
    void counter_whenItsEventHappens_goesUp(Counter counter) {
        long before = value(counter.displayName());

        boolean expected = provoke(counter);

        if (expected) {
            patiently().until(() -> value(counter.displayName()) > before);
        } else {
            assertThat(value(counter.displayName())).isZero(); // of farms
        }
    }

    /** @return whether the counter must go up, which those of farms do not here */
    private static boolean provoke(Counter counter) {
        SignalRTestClient client = server.client(TestTransport.SERVER_SENT_EVENTS);
        switch (counter) {
            case CONNECTIONS_CONNECTED, MESSAGE_BUS_SUBSCRIBERS ->
                assertThat(client.isNegotiated()).isTrue();
            case CONNECTIONS_RECONNECTED -> client.reconnect();
            case CONNECTIONS_DISCONNECTED -> client.abort();
            case CONNECTION_MESSAGES_RECEIVED, MESSAGE_BUS_MESSAGES_RECEIVED, MESSAGE_BUS_MESSAGES_PUBLISHED ->
                server.publish(1);
            case CONNECTION_MESSAGES_SENT -> client.invoke("operated", "echo", "x");
            case ERRORS_ALL, ERRORS_HUB_INVOCATION -> client.invoke("operated", "fail");
            case ERRORS_HUB_RESOLUTION -> connectToUnknownHub();
            case ERRORS_TRANSPORT -> tearWebSocket();
            case CONNECTION_GAPS, CONNECTION_MESSAGES_MISSED -> missMessages(client);
            case LIMITS_REFUSED -> sendTooManyParameters();
            case SCALEOUT_MESSAGES_RECEIVED, SCALEOUT_ERRORS -> {
                server.publish(1);
                return false;
            }
            default -> throw new AssertionError("How is " + counter + " to be provoked?");
        }
        return true;
    }

    private static void connectToUnknownHub() {
        assertThat(get("/signalr/negotiate?connectionData=%5B%7B%22name%22%3A%22nobody%22%7D%5D"))
                .isEqualTo(500);
    }

    private static void tearWebSocket() {
        server.client(TestTransport.WEB_SOCKETS).drop();
    }

    private static void missMessages(SignalRTestClient client) {
        server.publish(0);
        client.awaitMessages(1);
        client.drop();
        for (int i = 1; i <= 40; i++) { // more than the topic keeps
            server.publish(i);
        }
        client.reconnect();
    }

    private static void sendTooManyParameters() {
        assertThat(get("/signalr/negotiate?" + "a=1&".repeat(1_001))).isEqualTo(400);
    }

    private static int get(String target) {
        return server.options(TestTransport.LONG_POLLING)
                .http()
                .call(RawHttpRequest.get(target), OperatedServer.PATIENCE)
                .status();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CONNECTIONS_CURRENT_WEB_SOCKETS",
                "CONNECTIONS_CURRENT_SERVER_SENT_EVENTS",
                "CONNECTIONS_CURRENT_FOREVER_FRAME",
                "CONNECTIONS_CURRENT_LONG_POLLING"
            })
    void gauge_ofATransport_goesUpAndDown(Gauge gauge) {
        TestTransport transport = TestTransport.valueOf(gauge.name().substring("CONNECTIONS_CURRENT_".length()));
        OperatedServer other = OperatedServer.start(); // where nobody else comes or is still leaving
        try (other) {
            SignalRTestClient client = other.client(transport);

            patiently().until(() -> value(other, gauge.displayName()) == 1);
            patiently().until(() -> value(other, Gauge.CONNECTIONS_CURRENT.displayName()) == 1);
            client.abort();
            patiently().until(() -> value(other, gauge.displayName()) == 0);
        }
    }

    @Test
    void gauges_ofTheBus_tellWhatThereIs() {
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);

        patiently().until(() -> value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT.displayName()) > 0);
        patiently().until(() -> value(Gauge.MESSAGE_BUS_TOPICS_CURRENT.displayName()) > 0);
        assertThat(value(Gauge.MESSAGE_BUS_ALLOCATED_WORKERS.displayName()))
                .isEqualTo(server.signalR().config().bus().loops());
        patiently().until(() -> value(Gauge.MESSAGE_BUS_BUSY_WORKERS.displayName()) == 0); // nothing is going on
        OperatedHub.reset();
        client.invokeAsync("operated", "hold");
        patiently().until(() -> value(Gauge.CALLS_IN_FLIGHT.displayName()) == 1);
        OperatedHub.release("done");
        patiently().until(() -> value(Gauge.CALLS_IN_FLIGHT.displayName()) == 0);
    }

    @Test
    void farm_sharedLog_countsItsStreamAndWhatComesByIt() {
        try (SharedLog log = new SharedLog(77)) {
            OperatedServer node = OperatedServer.start(SignalRConfig.builder().keys(KeyRing.random()), log.node());
            try (node) {
                node.publish(1);

                patiently().until(() -> value(node, Counter.SCALEOUT_MESSAGES_RECEIVED.displayName()) > 0);
                assertThat(value(node, Gauge.SCALEOUT_STREAMS_TOTAL.displayName()))
                        .isEqualTo(1);
                assertThat(value(node, Gauge.SCALEOUT_STREAMS_OPEN.displayName()))
                        .isEqualTo(1);
                assertThat(value(node, Gauge.SCALEOUT_STREAMS_BUFFERING.displayName()))
                        .isZero();
                patiently().until(() -> value(node, Gauge.SCALEOUT_SEND_QUEUE_LENGTH.displayName()) == 0);
            }
        }
    }

    @Test
    void bean_hasEveryNameAndTheirRates() throws Exception {
        Set<String> names = Stream.of(JMX.getMBeanInfo(name(server)).getAttributes())
                .map(attribute -> attribute.getName())
                .collect(Collectors.toSet());

        assertThat(names)
                .contains(
                        "Connections Connected",
                        "Connections Current ForeverFrame",
                        "Connection Messages Sent/Sec",
                        "Message Bus Allocated Workers",
                        "Errors: Tranport Total",
                        "Errors: Transport/Sec",
                        "Scaleout Send Queue Length",
                        Limit.QUERY_LENGTH.displayName());
        server.publish(1);
        patiently().until(() -> (Double) JMX.getAttribute(name(server), "Message Bus Messages Published/Sec") > 0);
        assertThat(JMX.getAttributes(name(server), new String[] {"Draining", "nothing"})
                        .asList())
                .containsExactly(new Attribute("Draining", 0L));
        assertThatExceptionOfType(AttributeNotFoundException.class)
                .isThrownBy(() -> JMX.getAttribute(name(server), "nothing"));
    }

    @Test
    void bean_drainOperation_drainsOrNamesTheRange() throws Exception {
        OperatedServer other = OperatedServer.start();
        try (other) {
            String[] signature = {"long", "long"};
            assertThatExceptionOfType(MBeanException.class)
                    .isThrownBy(() -> JMX.invoke(name(other), "drain", new Object[] {5L, 1L}, signature))
                    .havingCause()
                    .withMessageContaining("bound must be from the window");

            JMX.invoke(name(other), "drain", new Object[] {0L, 5L}, signature);

            assertThat(other.signalR().isDraining()).isTrue();
            assertThat(value(other, "Draining")).isEqualTo(1);
            assertThat(value("Draining")).isZero();
        }
        assertThat(JMX.isRegistered(name(other))).isFalse();
    }

    private static long value(String counter) {
        return value(server, counter);
    }

    private static long value(OperatedServer of, String counter) {
        try {
            return (Long) JMX.getAttribute(name(of), counter);
        } catch (Exception e) {
            throw new AssertionError(counter, e);
        }
    }

    private static ObjectName name(OperatedServer of) throws Exception {
        return new ObjectName("io.hubwire:type=SignalR,name="
                + ObjectName.quote(of.signalR().metrics().name()));
    }
}
