package io.hubwire.signalr.hosting.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubActivator.Activation;
import io.hubwire.signalr.hub.HubAuthorizer;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubPipelineModule;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubBeansTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    public static class Store {
        String read() {
            return "stored";
        }
    }

    @RequestScoped
    public static class Visit {
        private int count;

        int next() {
            return ++count;
        }

        @PreDestroy
        void end() {
            LOG.add("visit ended");
        }
    }

    @Dependent
    public static class Helper {
        @PreDestroy
        void end() {
            LOG.add("helper ended");
        }

        String help() {
            return "helped";
        }
    }

    public abstract static class InjectedHub extends Hub {
        @Inject
        Store store;

        @Inject
        Helper helper;

        @Inject
        Visit visit;

        @PostConstruct
        void begin() {
            LOG.add("begun");
        }

        @PreDestroy
        void end() {
            LOG.add("ended");
        }

        @Logged
        public String read() {
            return store.read() + " " + helper.help();
        }

        public int visit() {
            return visit.next();
        }
    }

    @Dependent
    public static class BeanHub extends InjectedHub {}

    public static class PlainHub extends InjectedHub {}

    @ApplicationScoped
    public static class SharedHub extends Hub {}

    @Singleton
    public static class SingleHub extends Hub {}

    public static class CallingHub extends Hub {
        @Inject
        @ForHub(PlainHub.class)
        HubContext<ClientProxy> others;
    }

    public static class PlainAuthorizer extends HubAuthorizer {
        @Inject
        Store store;
    }

    @ApplicationScoped
    public static class BeanAuthorizer extends PlainAuthorizer {
        String read() {
            return store.read();
        }
    }

    public static class PlainModule extends HubPipelineModule {
        @Inject
        Store store;
    }

    @ApplicationScoped
    public static class BeanModule extends HubPipelineModule {
        @Inject
        Store store;

        String read() {
            return store.read();
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Logged {}

    @Logged
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class LoggingInterceptor {
        @AroundInvoke
        Object log(InvocationContext call) throws Exception {
            LOG.add("intercepted " + call.getMethod().getName());
            return call.proceed();
        }
    }

    private TestContainer container;
    private HubActivator activator;

    @BeforeEach
    void start() {
        LOG.clear();
        container = new TestContainer(
                Store.class,
                Visit.class,
                Helper.class,
                BeanHub.class,
                BeanModule.class,
                BeanAuthorizer.class,
                LoggingInterceptor.class);
        activator = new HubBeans(container.beans());
    }

    @AfterEach
    void stop() {
        container.close();
    }

    /* --- instances --- */

    @ParameterizedTest
    @ValueSource(classes = {BeanHub.class, PlainHub.class})
    void activate_aHub_injectsItAndDisposesOfItAtTheEnd(Class<? extends InjectedHub> type) {
        Activation activation = activator.activate(type);
        InjectedHub hub = (InjectedHub) activation.hub();

        assertThat(hub.read()).isEqualTo("stored helped");
        assertThat(LOG).contains("begun").doesNotContain("ended");
        activation.release();

        assertThat(LOG).contains("ended", "helper ended");
    }

    @ParameterizedTest
    @ValueSource(classes = {BeanHub.class, PlainHub.class})
    void activate_twice_makesTwoInstances(Class<? extends InjectedHub> type) {
        Activation first = activator.activate(type);
        Activation second = activator.activate(type);

        assertThat(first.hub()).isNotSameAs(second.hub());
        first.release();
        assertThat(LOG).filteredOn("ended"::equals).hasSize(1);
        second.release();
        assertThat(LOG).filteredOn("ended"::equals).hasSize(2);
    }

    @Test
    void activate_aHubThatIsABean_intercepts() {
        InjectedHub hub = (InjectedHub) activator.activate(BeanHub.class).hub();

        hub.read();

        assertThat(LOG).contains("intercepted read");
    }

    @Test
    void validate_aHubWhoseInjectionFails_isToldAtTheStart() {
        HubRegistry hubs = HubRegistry.of(List.of(BeanHub.class, PlainHub.class));
        assertThatCode(() -> activator.validate(hubs)).doesNotThrowAnyException();

        HubRegistry calling = HubRegistry.of(List.of(PlainHub.class, CallingHub.class));
        assertThatIllegalStateException()
                .isThrownBy(() -> activator.validate(calling))
                .withMessageContainingAll(CallingHub.class.getName(), "@ForHub", "@Dependent");
    }

    /* --- the request context --- */

    @Test
    void around_aCall_hasARequestContextOfItsOwn() {
        InjectedHub hub = (InjectedHub) activator.activate(PlainHub.class).hub();

        assertThat(activator.<Integer>around(() -> hub.visit() + hub.visit())).isEqualTo(1 + 2);
        assertThat(LOG).filteredOn("visit ended"::equals).hasSize(1);
        assertThat(activator.<Integer>around(hub::visit)).isEqualTo(1);
        assertThat(LOG).filteredOn("visit ended"::equals).hasSize(2);
        assertThatExceptionOfType(ContextNotActiveException.class).isThrownBy(hub::visit);
    }

    @Test
    void around_aCallThatThrows_endsTheRequestContext() {
        InjectedHub hub = (InjectedHub) activator.activate(PlainHub.class).hub();

        assertThatThrownBy(() -> activator.around(() -> {
                    hub.visit();
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(LOG).contains("visit ended");
        assertThatExceptionOfType(ContextNotActiveException.class).isThrownBy(hub::visit);
    }

    @Test
    void around_insideAnotherCall_sharesItsRequestContext() {
        InjectedHub hub = (InjectedHub) activator.activate(PlainHub.class).hub();

        int seen = activator.around(() -> hub.visit() + activator.<Integer>around(hub::visit) + hub.visit());

        assertThat(seen).isEqualTo(1 + 2 + 3);
        assertThat(LOG).filteredOn("visit ended"::equals).hasSize(1);
    }

    /* --- scopes --- */

    @Test
    void create_aModuleOfThePipeline_injectsItWhetherItIsABeanOrNot() {
        assertThat(activator.create(PlainModule.class).store.read()).isEqualTo("stored");
        assertThat(activator.create(BeanModule.class).read()).isEqualTo("stored");
    }

    @Test
    void create_anAuthorizer_injectsItWhetherItIsABeanOrNot() {
        assertThat(activator.create(PlainAuthorizer.class).store.read()).isEqualTo("stored");
        assertThat(activator.create(BeanAuthorizer.class).read()).isEqualTo("stored");
    }

    @Test
    void create_aClassWithASubclassThatIsABean_isTheClassItself() {
        assertThat(activator.create(PlainAuthorizer.class)).isExactlyInstanceOf(PlainAuthorizer.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {SharedHub.class, SingleHub.class})
    void deployment_withAHubThatCallsWouldShare_isRefusedNamingIt(Class<?> hub) {
        container.close();
        assertThatThrownBy(() -> new TestContainer(hub).close())
                .hasStackTraceContaining("The hub " + hub.getName() + " must not be @");
        container = new TestContainer(Store.class);
    }
}
