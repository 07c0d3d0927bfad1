package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.PersistentConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.util.AnnotationLiteral;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Contexts of persistent connections as beans: {@code @Inject @ForConnection(Echo.class) ConnectionContext}, for each class that the container finds or that an
 * injection point names. Called by the container alone.
 */
public class PersistentConnectionExtension implements Extension {
    private final Set<Class<? extends PersistentConnection>> types = new LinkedHashSet<>();

    void discover(@Observes ProcessAnnotatedType<? extends PersistentConnection> event) {
        types.add(event.getAnnotatedType().getJavaClass());
    }

    void collect(@Observes ProcessInjectionPoint<?, ?> event) {
        event.getInjectionPoint().getQualifiers().stream()
                .filter(ForConnection.class::isInstance)
                .map(ForConnection.class::cast)
                .forEach(named -> types.add(named.value()));
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
        for (Class<? extends PersistentConnection> type : types) {
            event.<ConnectionContext>addBean()
                    .addTypes(ConnectionContext.class, Object.class)
                    .addQualifiers(new ForConnectionLiteral(type), Any.Literal.INSTANCE)
                    .scope(Dependent.class)
                    .produceWith(instances -> new DeferredConnectionContext(deployment, type));
        }
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
