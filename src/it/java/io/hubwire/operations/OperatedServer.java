package io.hubwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.operations.ServerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A server with {@link OperatedHub} in a Tomcat of its own, and its clients. */
final class OperatedServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SignalRServer server;
    private final EmbeddedTomcat tomcat;
    private final List<SignalRTestClient> clients = new ArrayList<>();

    private OperatedServer(SignalRServer server, EmbeddedTomcat tomcat) {
        this.server = server;
        this.tomcat = tomcat;
    }

    static OperatedServer start() {
        return start(SignalRConfig.builder(), new InMemoryLog());
    }

    static OperatedServer start(SignalRConfig.Builder config, MessageLog log) {
        OperatedHub.reset();
        ClassLoader deployment =
                new ClassLoader(OperatedServer.class.getClassLoader()) {}; // there is one server to each
        SignalRServer server = SignalRServer.start(
                config.name("operated-" + NUMBERS.incrementAndGet())
                        .classLoader(deployment)
                        .hubs("/signalr", HubConfiguration.defaults())
                        .build(),
                HubRegistry.of(List.of(OperatedHub.class)),
                log);
        return new OperatedServer(
                server, EmbeddedTomcat.start("", Set.of(), context -> SignalR.serve(context, server)));
    }

    SignalRServer signalR() {
        return server;
    }

    int port() {
        return tomcat.port();
    }

    ClientOptions options(TestTransport transport) {
        return ClientOptions.to("127.0.0.1", port()).withTransport(transport).withHubs("operated");
    }

    SignalRTestClient client(TestTransport transport) {
        return keep(SignalRTestClient.start(options(transport)));
    }

    SignalRTestClient keep(SignalRTestClient client) {
        clients.add(client);
        return client;
    }

    /** Sends all clients a message with a number. */
    void publish(int number) {
        CompletableFuture<?> published = server.hubs()
                .connectionManager()
                .hubContext(OperatedHub.class)
                .clients()
                .all()
                .invoke("message", number)
                .toCompletableFuture();
        assertThat(published).succeedsWithin(PATIENCE);
    }

    /** The numbers that a client has received. */
    static List<Integer> numbers(SignalRTestClient client) {
        return client.messages().stream()
                .map(message -> Integer.valueOf(
                        message.get("A").orElseThrow().elements().get(0).raw()))
                .toList();
    }

    ServerSnapshot snapshot() {
        return server.snapshot()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Closes clients, server and container, and checks that no thread of the server is left. */
    @Override
    public void close() {
        OperatedHub.release("the test is over");
        clients.forEach(SignalRTestClient::close);
        server.close();
        tomcat.close();
        String prefix = server.config().name() + "-";
        patiently().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith(prefix)));
    }

    /** For what must happen, on a slow machine too. */
    static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
