package io.hubwire.signalr.hosting.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.connection.SignalPublisher;
import io.hubwire.signalr.hub.ArgumentValidator;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubDeployment;
import io.hubwire.signalr.hub.HubName;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.hub.HubServices;
import io.hubwire.signalr.hub.TypedHub;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.RawJson;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.TraceSources;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalRExtensionTest {

    @HubName("chat")
    public static class ChatHub extends Hub {}

    @HubName("news")
    public static class NewsHub extends Hub {}

    public interface PushClient {
        void pushed();
    }

    @HubName("push")
    public static class PushHub extends TypedHub<PushClient> {}

    public static class Typed {
        @Inject
        @ForHub(PushHub.class)
        HubContext<PushClient> push;

        @Inject
        HubContext<PushClient> only;
    }

    public abstract static class AbstractHub extends Hub {}

    public static class Named {
        @Inject
        @ForHub(ChatHub.class)
        HubContext<ClientProxy> chat;

        @Inject
        @ForHub(NewsHub.class)
        Instance<HubContext<ClientProxy>> news;

        @Inject
        HubRegistry registry;
    }

    public static class Unnamed {
        @Inject
        HubContext<ClientProxy> any;
    }

    public static class Impossible {
        @Inject
        @ForHub(AbstractHub.class)
        HubContext<ClientProxy> context;
    }

    private final List<String> published = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** A deployment has a loader of its own, as in a server. */
    @BeforeEach
    void enter() {
        Thread.currentThread().setContextClassLoader(new ClassLoader(SignalRExtensionTest.class.getClassLoader()) {});
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        Thread.currentThread().setContextClassLoader(before);
    }

    private TestContainer start(Class<?>... beans) {
        TestContainer container = new TestContainer(beans);
        running.add(container);
        return container;
    }

    private Registration serve(Class<?>... hubs) {
        HubServices services = new HubServices(
                new Publisher(),
                HubActivator.reflective(),
                new NoArguments(),
                ArgumentValidator.none(),
                UserIdProvider.principalName(),
                new Metrics(),
                Runnable::run,
                TraceSources.unheard());
        Registration registration = GlobalHost.register(
                Thread.currentThread().getContextClassLoader(),
                new HubDeployment(HubRegistry.of(List.of(hubs)), services));
        running.add(registration);
        return registration;
    }

    private final class Publisher implements SignalPublisher {
        @Override
        public CompletionStage<Void> publish(String signal, byte[] payload, Set<String> exclusions) {
            published.add(signal);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> join(String connectionId, String group) {
            published.add("+" + group);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> leave(String connectionId, String group) {
            throw new UnsupportedOperationException("nobody leaves here");
        }

        @Override
        public CompletionStage<Void> disconnect(String connectionId) {
            throw new UnsupportedOperationException("nobody is disconnected here");
        }
    }

    private static final class NoArguments implements JsonBinding {
        @Override
        public Object read(RawJson value, Type type) {
            throw new UnsupportedOperationException("nothing is read here");
        }

        @Override
        public RawJson write(Object value) {
            throw new UnsupportedOperationException("nothing is written here");
        }
    }

    /* --- with @ForHub --- */

    @Test
    void context_forAHub_callsThatHubsClients() {
        Named named = start(Named.class).get(Named.class);
        serve(ChatHub.class, NewsHub.class);

        named.chat.clients().all().invoke("one");
        named.news.get().clients().all().invoke("two");
        named.chat.groups().add("id", "room");

        assertThat(published).containsExactly("h-chat", "h-news", "+hg-chat.room");
    }

    @Test
    void context_ofATypedHub_callsItsClientsThroughTheirInterface() {
        Typed typed = start(Typed.class).get(Typed.class);
        serve(ChatHub.class, PushHub.class);

        typed.push.clients().user("alice").pushed();
        typed.only.clients().all().pushed();

        assertThat(published).containsExactly("hu-push.alice", "h-push");
    }

    @Test
    void context_usedBeforeTheServerRuns_saysSoAndWorksLater() {
        Named named = start(Named.class).get(Named.class);

        assertThatIllegalStateException().isThrownBy(named.chat::clients).withMessageContaining("is not running");

        serve(ChatHub.class);
        named.chat.clients().all().invoke("one");
        assertThat(published).containsExactly("h-chat");
    }

    @Test
    void context_forAClassThatIsNoHub_isRefusedAtDeployment() {
        assertThatThrownBy(() -> start(Impossible.class))
                .hasStackTraceContaining(AbstractHub.class.getName() + " cannot be a hub");
    }

    @Test
    void registry_isTheDeploymentsOwn() {
        Named named = start(Named.class).get(Named.class);
        assertThatIllegalStateException().isThrownBy(() -> named.registry.hubs());

        serve(ChatHub.class);

        assertThat(named.registry.find("CHAT")).isPresent();
        assertThat(named.registry.find(NewsHub.class)).isEmpty();
        assertThat(named.registry.hubs()).hasSize(1);
    }

    /* --- without --- */

    @Test
    void context_withoutAHub_isThatOfTheOnlyHub() {
        serve(NewsHub.class);

        start(Unnamed.class).get(Unnamed.class).any.clients().all().invoke("one");

        assertThat(published).containsExactly("h-news");
    }

    @Test
    void context_withoutAHubAmongSeveral_isReportedAtDeploymentNamingThem() {
        serve(ChatHub.class, NewsHub.class);

        assertThatThrownBy(() -> start(Unnamed.class))
                .hasStackTraceContaining("there are 2: [chat (" + ChatHub.class.getName() + "), news ("
                        + NewsHub.class.getName() + ")]. Say which one is meant by @ForHub.");
    }

    @Test
    void context_withoutAHubAmongThoseThatAServerWillServe_failsItsStartNamingThemAndTheInjectionPoint() {
        HubActivator activator = new HubBeans(start(Unnamed.class).beans());

        assertThatIllegalStateException()
                .isThrownBy(() -> activator.validate(HubRegistry.of(List.of(ChatHub.class, NewsHub.class))))
                .withMessageContaining("chat (" + ChatHub.class.getName() + "), news (" + NewsHub.class.getName() + ")")
                .withMessageEndingWith("Injected into " + Unnamed.class.getName() + ".any.");
        activator.validate(HubRegistry.of(List.of(ChatHub.class, PushHub.class)));
    }

    @Test
    void context_withoutAHubWhenTheServerStartsLater_isReportedAtTheStartOfTheApplicationOrItsUse() {
        TestContainer container = start(Unnamed.class);
        Unnamed unnamed = container.get(Unnamed.class);
        serve(ChatHub.class, NewsHub.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> container
                        .beans()
                        .getEvent()
                        .select(Initialized.Literal.APPLICATION)
                        .fire(new Object()))
                .withMessageContaining("@ForHub");
        assertThatIllegalStateException().isThrownBy(unnamed.any::clients).withMessageContaining("@ForHub");
    }
}
