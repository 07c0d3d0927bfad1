package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.PersistentConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Contexts of persistent connections as beans: {@code @Inject @ForConnection(Echo.class) ConnectionContext}, for each class that the container finds or that an
 * injection point names. Without {@link ForConnection} the context is that of the only such class; none or several fail the start, with a message that names them and
 * the injection points. Called by the container alone.
 */
public class PersistentConnectionExtension implements Extension {
    private final Set<Class<? extends PersistentConnection>> types = new LinkedHashSet<>();
    private final Set<String> pointsWithoutType = new LinkedHashSet<>();

    void discover(@Observes ProcessAnnotatedType<? extends PersistentConnection> event) {
        Class<? extends PersistentConnection> type = event.getAnnotatedType().getJavaClass();
        if (!Modifier.isAbstract(type.getModifiers())) {
            types.add(type);
        }
    }

    void collect(@Observes ProcessInjectionPoint<?, ?> event) {
        event.getInjectionPoint().getQualifiers().stream()
                .filter(ForConnection.class::isInstance)
                .map(ForConnection.class::cast)
                .forEach(named -> types.add(named.value()));
        if (event.getInjectionPoint().getType() == ConnectionContext.class
                && event.getInjectionPoint().getQualifiers().contains(Default.Literal.INSTANCE)) {
            pointsWithoutType.add(SignalRExtension.place(event.getInjectionPoint()));
        }
    }

    void refuseSharedConnections(@Observes ProcessManagedBean<? extends PersistentConnection> event) {
        try {
            ConnectionBeans.requireDependent(event.getBean());
        } catch (IllegalArgumentException e) {
            event.addDefinitionError(e);
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        ClassLoader deployment = SignalRExtension.deployment();
        types.forEach(type -> addContext(event, type, new ForConnectionLiteral(type), deployment));
        if (pointsWithoutType.isEmpty()) {
            return;
        }
        if (types.size() == 1) {
            addContext(event, types.iterator().next(), Default.Literal.INSTANCE, deployment);
        } else {
            event.addDefinitionError(new IllegalStateException(
                    "An injected ConnectionContext without @ForConnection needs exactly one persistent connection, but there are "
                            + types.size() + ": "
                            + types.stream().map(Class::getName).sorted().toList()
                            + ". Say which one is meant by @ForConnection. Injected into "
                            + String.join(", ", pointsWithoutType) + "."));
        }
    }

    private static void addContext(
            AfterBeanDiscovery event,
            Class<? extends PersistentConnection> type,
            Annotation qualifier,
            ClassLoader deployment) {
        event.<ConnectionContext>addBean()
                .addTypes(ConnectionContext.class, Object.class)
                .addQualifiers(qualifier, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(instances -> new DeferredConnectionContext(deployment, type));
    }

    @SuppressWarnings("ClassExplicitlyAnnotation") // that is what an annotation literal is
    private static final class ForConnectionLiteral extends AnnotationLiteral<ForConnection> implements ForConnection {
        private static final long serialVersionUID = 1L;

        private final Class<? extends PersistentConnection> value;

        ForConnectionLiteral(Class<? extends PersistentConnection> value) {
            this.value = value;
        }

        @Override
        public Class<? extends PersistentConnection> value() {
            return value;
        }
    }
}
