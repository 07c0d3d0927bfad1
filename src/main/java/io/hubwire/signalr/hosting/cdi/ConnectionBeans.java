package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes persistent connections in a CDI container: the bean where the class is one, otherwise an unmanaged instance, which is injected all the same. Neither is
 * disposed of: nothing outlives an instance but what it injects from other scopes.
 */
final class ConnectionBeans implements PersistentConnectionFactory {
    private final BeanManager beans;
    private final RequestContexts requestContexts;
    private final Map<Class<?>, Supplier<PersistentConnection>> sources = new ConcurrentHashMap<>(); // one a class

    ConnectionBeans(BeanManager beans) {
        this.beans = beans;
        this.requestContexts = new RequestContexts(beans);
    }

    @Override
    public PersistentConnection createInstance(Class<? extends PersistentConnection> type) {
        return sources.computeIfAbsent(type, unknown -> source(type)).get();
    }

    @Override
    public <T> T around(Supplier<T> event) {
        return requestContexts.around(event);
    }

    private <P extends PersistentConnection> Supplier<PersistentConnection> source(Class<P> type) {
        Optional<Bean<?>> bean = beans.getBeans(type, Any.Literal.INSTANCE).stream()
                .filter(candidate -> candidate.getBeanClass() == type)
                .findFirst();
        if (bean.isPresent()) {
            requireDependent(bean.get());
            return () -> type.cast(beans.getReference(bean.get(), type, beans.createCreationalContext(bean.get())));
        }
        Unmanaged<P> unmanaged = new Unmanaged<>(beans, type);
        return () -> unmanaged.newInstance().produce().inject().postConstruct().get();
    }

    /** Refuses a class whose instances several requests would share, with {@link IllegalArgumentException}. */
    static void requireDependent(Bean<?> connection) {
        if (connection.getScope() != Dependent.class) {
            throw new IllegalArgumentException(
                    "The persistent connection "
                            + connection.getBeanClass().getName() + " must not be @"
                            + connection.getScope().getSimpleName()
                            + ": an instance serves one request. Make it @Dependent, or no bean, and keep what lasts in a bean that it injects.");
        }
    }
}
