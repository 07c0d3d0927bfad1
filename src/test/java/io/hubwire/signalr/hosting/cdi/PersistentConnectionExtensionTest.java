package io.hubwire.signalr.hosting.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory.Activation;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersistentConnectionExtensionTest {

    @ApplicationScoped
    public static class Store {
        public String name() {
            return "the store";
        }
    }

    @RequestScoped
    public static class Counter {
        private int count;

        public int next() {
            return ++count;
        }
    }

    public static class Echo extends PersistentConnection {
        @Inject
        Store store;

        @Inject
        Counter counter;

        private boolean ended;

        @PreDestroy
        void end() {
            ended = true;
        }
    }

    @ApplicationScoped
    public static class Shared extends PersistentConnection {}

    public static class Sender {
        @Inject
        @ForConnection(Echo.class)
        ConnectionContext echo;
    }

    public static class Other extends PersistentConnection {}

    public static class Unnamed {
        @Inject
        ConnectionContext any;
    }

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private TestContainer container;

    /** A deployment has a loader of its own, as in a server. */
    @BeforeEach
    void enter() {
        Thread.currentThread()
                .setContextClassLoader(new ClassLoader(PersistentConnectionExtensionTest.class.getClassLoader()) {});
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.close();
        }
        Thread.currentThread().setContextClassLoader(before);
    }

    private TestContainer start(Class<?>... beans) {
        container = new TestContainer(beans);
        return container;
    }

    @Test
    void context_forAConnection_sendsFromTheStartOfTheServerToItsEnd() {
        Sender sender = start(Sender.class).get(Sender.class);
        assertThatIllegalStateException().isThrownBy(sender.echo::connection).withMessageContaining("is not running");
        SignalRConfig config = SignalRConfig.builder()
                .classLoader(Thread.currentThread().getContextClassLoader())
                .build();

        try (SignalRServer server = SignalRServer.start(config, HubRegistry.of(List.of()))) {
            assertThat(server.mappings()).isEmpty();
            assertThat(sender.echo.connection().defaultSignal()).isEqualTo("pc-" + Echo.class.getName());
            assertThat(sender.echo.connection().broadcast("hey").toCompletableFuture())
                    .succeedsWithin(java.time.Duration.ofSeconds(30));
            assertThat(sender.echo.groups().send(List.of(), "hey").toCompletableFuture())
                    .isCompleted();
        }

        assertThatIllegalStateException().isThrownBy(sender.echo::groups).withMessageContaining("is not running");
    }

    @Test
    void context_withoutAConnection_isThatOfTheOnlyOne() {
        Unnamed unnamed = start(Unnamed.class, Sender.class).get(Unnamed.class);

        assertThat(unnamed.any).isEqualTo(container.get(Sender.class).echo);
    }

    @Test
    void context_withoutAConnectionAmongSeveral_isReportedAtDeploymentNamingThemAndTheInjectionPoint() {
        assertThatThrownBy(() -> start(Unnamed.class, Sender.class, Other.class))
                .hasStackTraceContaining("there are 2: [" + Echo.class.getName() + ", " + Other.class.getName()
                        + "]. Say which one is meant by @ForConnection. Injected into " + Unnamed.class.getName()
                        + ".any.");
    }

    @Test
    void connection_thatIsABean_isInjectedAndNewEachTime() {
        assertMadeByCdi(new ConnectionBeans(
                start(Echo.class, Store.class, Counter.class).beans()));
    }

    @Test
    void connection_thatIsNoBean_isInjectedAndNewEachTime() {
        assertMadeByCdi(new ConnectionBeans(start(Store.class, Counter.class).beans()));
    }

    private static void assertMadeByCdi(ConnectionBeans beans) {
        Activation made = beans.activate(Echo.class);
        Echo first = (Echo) made.connection();
        Echo second = (Echo) beans.activate(Echo.class).connection();

        assertThat(first).isNotSameAs(second);
        assertThat(first.store.name()).isEqualTo("the store");
        assertThat(beans.<Integer>around(() -> first.counter.next() + first.counter.next()))
                .isEqualTo(3);
        assertThat(beans.<Integer>around(() -> first.counter.next())).isEqualTo(1);
        made.disposal().orElseThrow().run();
        assertThat(first.ended).isTrue();
        assertThat(second.ended).isFalse();
    }

    @Test
    void connection_thatRequestsWouldShare_isRefusedAtDeployment() {
        assertThatThrownBy(() -> start(Shared.class))
                .hasStackTraceContaining(
                        "The persistent connection " + Shared.class.getName() + " must not be @ApplicationScoped");
    }

    @Test
    void factory_whereNoContainerRuns_buildsByReflection() {
        assertThat(new CdiConnectionFactory().activate(Echo.class).connection()).isInstanceOf(Echo.class);
    }
}
