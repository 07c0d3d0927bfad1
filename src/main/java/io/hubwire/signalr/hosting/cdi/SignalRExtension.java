package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.ConnectionManager;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.GlobalHost.Deployment;
import io.hubwire.signalr.hub.HubBase;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Hub contexts and the registry of hubs as beans. {@code @Inject @ForHub(ChatHub.class) HubContext<ClientProxy>} is that hub's; without {@link ForHub} it
 * is that of the only hub whose clients are called so. None or more than one such hub fails the start of the application, with a message that names the hubs and the
 * injection points. Called by the container alone.
 */
public class SignalRExtension implements Extension {
    private final Set<Class<?>> hubs = new LinkedHashSet<>();
    private final Map<Class<?>, Set<String>> pointsWithoutHub = new LinkedHashMap<>(); // by type of client

    void discover(@Observes ProcessAnnotatedType<?> event) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        if (HubRegistry.isHub(type)) {
            hubs.add(type);
        }
    }

    void refuseSharedHubs(@Observes ProcessManagedBean<?> event) {
        if (HubBase.class.isAssignableFrom(event.getBean().getBeanClass())) {
            try {
                HubBeans.requireDependent(event.getBean());
            } catch (IllegalArgumentException e) {
                event.addDefinitionError(e);
            }
        }
    }

    void collect(@Observes ProcessInjectionPoint<?, ?> event) {
        InjectionPoint point = event.getInjectionPoint();
        if (unwrap(point.getType()) instanceof ParameterizedType type && type.getRawType() == HubContext.class) {
            Optional<ForHub> named = point.getQualifiers().stream()
                    .filter(ForHub.class::isInstance)
                    .map(ForHub.class::cast)
                    .findFirst();
            if (named.isPresent()) {
                hubs.add(named.get().value());
            } else if (type.getActualTypeArguments()[0] instanceof Class<?> clientType) {
                pointsWithoutHub
                        .computeIfAbsent(clientType, none -> new LinkedHashSet<>())
                        .add(place(point));
            }
        }
    }

    /** For messages: the class and its member. */
    static String place(InjectionPoint point) {
        return point.getMember().getDeclaringClass().getName() + "."
                + point.getMember().getName();
    }

    /** What an {@code Instance} or a {@code Provider} is of. */
    private static Type unwrap(Type type) {
        return type instanceof ParameterizedType wrapper
                        && (wrapper.getRawType() == Instance.class || wrapper.getRawType() == Provider.class)
                ? wrapper.getActualTypeArguments()[0]
                : type;
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        ClassLoader deployment = deployment();
        for (Class<?> hub : hubs) {
            try {
                addContext(event, describe(hub), deployment);
            } catch (IllegalArgumentException e) {
                event.addDefinitionError(e);
            }
        }
        for (Class<?> clientType : pointsWithoutHub.keySet()) {
            addContext(event, clientType, Default.Literal.INSTANCE, deployment, running -> only(running, clientType));
        }
        event.<HubRegistry>addBean()
                .addTransitiveTypeClosure(HubRegistry.class)
                .addQualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .produceWith(instances -> new DeferredHubRegistry(deployment));
    }

    private static HubDescriptor describe(Class<?> hub) {
        return HubRegistry.of(List.of(hub)).hubs().get(0);
    }

    private static void addContext(AfterBeanDiscovery event, HubDescriptor hub, ClassLoader deployment) {
        addContext(
                event, hub.clientType(), new ForHubLiteral(hub.type()), deployment, running -> contextOf(running, hub));
    }

    private static void addContext(
            AfterBeanDiscovery event,
            Class<?> clientType,
            Annotation qualifier,
            ClassLoader deployment,
            Function<Deployment, HubContext<Object>> lookup) {
        event.<HubContext<Object>>addBean()
                .addTypes(new HubContextType(clientType), Object.class)
                .addQualifiers(qualifier, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(instances -> new DeferredHubContext<>(deployment, lookup));
    }

    private HubContext<Object> only(Deployment running, Class<?> clientType) {
        return contextOf(running, requireOne(running.hubs(), clientType));
    }

    @SuppressWarnings(
            "unchecked") // clients are called as the hub's class says, which is what the bean's type was made of
    private static HubContext<Object> contextOf(Deployment running, HubDescriptor hub) {
        ConnectionManager contexts = running.connectionManager();
        return contexts.hubContext((Class<? extends HubBase<Object>>) (Class<?>) hub.type());
    }

    void reportAmbiguity(@Observes AfterDeploymentValidation event) {
        try {
            requireUnambiguous();
        } catch (IllegalStateException e) {
            event.addDeploymentProblem(e);
        }
    }

    /** Where the server starts after the container's validation, but before the application does. */
    void reportAmbiguity(@Observes @Initialized(ApplicationScoped.class) Object start) {
        requireUnambiguous();
    }

    private void requireUnambiguous() {
        GlobalHost.deployment(deployment()).ifPresent(running -> requireUnambiguous(running.hubs()));
    }

    /** @throws IllegalStateException when a context is injected without {@link ForHub} that could be that of several hubs, or of none */
    void requireUnambiguous(HubRegistry served) {
        pointsWithoutHub.keySet().forEach(type -> requireOne(served, type));
    }

    private HubDescriptor requireOne(HubRegistry registry, Class<?> clientType) {
        List<HubDescriptor> candidates = registry.hubs().stream()
                .filter(hub -> hub.clientType() == clientType)
                .toList();
        if (candidates.size() != 1) {
            throw new IllegalStateException("An injected HubContext<" + clientType.getSimpleName()
                    + "> without @ForHub needs exactly one hub of that kind, but there are " + candidates.size() + ": "
                    + candidates + ". Say which one is meant by @ForHub. Injected into "
                    + String.join(", ", pointsWithoutHub.get(clientType)) + ".");
        }
        return candidates.get(0);
    }

    /** Of the application that is being deployed by this thread. */
    static ClassLoader deployment() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : SignalRExtension.class.getClassLoader();
    }

    @SuppressWarnings("ClassExplicitlyAnnotation") // that is what an annotation literal is
    private static final class ForHubLiteral extends AnnotationLiteral<ForHub> implements ForHub {
        private static final long serialVersionUID = 1L;

        private final Class<? extends HubBase<?>> value;

        ForHubLiteral(Class<? extends HubBase<?>> value) {
            this.value = value;
        }

        @Override
        public Class<? extends HubBase<?>> value() {
            return value;
        }
    }
}
