package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnectionFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes persistent connections in a CDI container: the bean where the class is one, otherwise an unmanaged instance, which is injected and disposed of all the same.
 */
final class ConnectionBeans implements PersistentConnectionFactory {
    private final BeanManager beans;
    private final RequestContexts requestContexts;
    private final Map<Class<?>, Supplier<Activation>> sources = new ConcurrentHashMap<>(); // one a class

    ConnectionBeans(BeanManager beans) {
        this.beans = beans;
        this.requestContexts = new RequestContexts(beans);
    }

    @Override
    public Activation activate(Class<? extends PersistentConnection> type) {
        return sources.computeIfAbsent(type, unknown -> source(type)).get();
    }

    @Override
    public <T> T around(Supplier<T> event) {
        return requestContexts.around(event);
    }

    private <P extends PersistentConnection> Supplier<Activation> source(Class<P> type) {
        Optional<Bean<?>> bean = beans.getBeans(type, Any.Literal.INSTANCE).stream()
                .filter(candidate -> candidate.getBeanClass() == type)
                .findFirst();
        if (bean.isPresent()) {
            requireDependent(bean.get());
            return () -> contextual(bean.get(), type);
        }
        Unmanaged<P> unmanaged = new Unmanaged<>(beans, type);
        return () -> injected(unmanaged);
    }

    private Activation contextual(Bean<?> bean, Class<? extends PersistentConnection> type) {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return new Activation(type.cast(beans.getReference(bean, type, context)), Optional.of(context::release));
    }

    private static <P extends PersistentConnection> Activation injected(Unmanaged<P> unmanaged) {
        Unmanaged.UnmanagedInstance<P> instance =
                unmanaged.newInstance().produce().inject().postConstruct();
        return new Activation(
                instance.get(), Optional.of(() -> instance.preDestroy().dispose()));
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
