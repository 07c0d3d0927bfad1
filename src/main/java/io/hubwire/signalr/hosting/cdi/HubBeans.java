package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.HubActivator;
import io.hubwire.signalr.hub.HubBase;
import io.hubwire.signalr.hub.HubRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.InjectionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Builds hubs in a CDI container: the bean where the class is one, otherwise an unmanaged instance, which is injected and disposed of all the same. */
final class HubBeans implements HubActivator {
    private final BeanManager beans;
    private final RequestContexts requestContexts;
    private final Map<Class<?>, Supplier<Activation>> sources = new ConcurrentHashMap<>(); // one a hub class

    HubBeans(BeanManager beans) {
        this.beans = beans;
        this.requestContexts = new RequestContexts(beans);
    }

    @Override
    public Activation activate(Class<? extends HubBase<?>> hub) {
        return sources.computeIfAbsent(hub, type -> source(hub)).get();
    }

    /** The bean that is exactly this class, or else what a producer makes of it; a bean of a subclass is something else than was asked for. */
    @Override
    public <T> T create(Class<T> type) {
        Set<Bean<?>> candidates = beans.getBeans(type, Any.Literal.INSTANCE);
        return candidates.stream()
                .filter(bean -> bean.getBeanClass() == type)
                .findFirst()
                .or(() -> Optional.ofNullable(beans.resolve(candidates.stream()
                        .filter(bean -> !type.isAssignableFrom(bean.getBeanClass()))
                        .collect(Collectors.toSet()))))
                .map(bean -> type.cast(beans.getReference(bean, type, beans.createCreationalContext(bean))))
                .orElseGet(() -> new Unmanaged<>(beans, type)
                        .newInstance()
                        .produce()
                        .inject()
                        .postConstruct()
                        .get());
    }

    @Override
    public void validate(HubRegistry hubs) {
        beans.getExtension(SignalRExtension.class).requireUnambiguous(hubs);
        hubs.hubs().forEach(hub -> requireInjectable(hub.type()));
    }

    /** Containers look at the injection points of beans alone, so that a mistake in a hub that is none would only show when it is called. */
    private void requireInjectable(Class<? extends HubBase<?>> hub) {
        try {
            if (bean(hub).isEmpty()) {
                new Unmanaged<>(beans, hub);
            }
        } catch (InjectionException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The hub " + hub.getName() + " cannot be injected as it wants, and would fail every call. "
                            + "Where the context of a hub is missing (@ForHub), make this one a bean: by @Dependent.",
                    e);
        }
    }

    @Override
    public <T> T around(Supplier<T> code) {
        return requestContexts.around(code);
    }

    private <H extends HubBase<?>> Supplier<Activation> source(Class<H> hub) {
        Optional<Bean<?>> bean = bean(hub);
        if (bean.isPresent()) {
            requireDependent(bean.get());
            return () -> contextual(bean.get(), hub);
        }
        Unmanaged<H> unmanaged = new Unmanaged<>(beans, hub);
        return () -> Injected.of(unmanaged);
    }

    private Optional<Bean<?>> bean(Class<? extends HubBase<?>> hub) {
        return beans.getBeans(hub, Any.Literal.INSTANCE).stream()
                .filter(candidate -> candidate.getBeanClass() == hub)
                .findFirst();
    }

    private Activation contextual(Bean<?> bean, Class<? extends HubBase<?>> hub) {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return new Contextual(hub.cast(beans.getReference(bean, hub, context)), context);
    }

    private record Contextual(HubBase<?> hub, CreationalContext<?> context) implements Activation {

        @Override
        public void release() {
            context.release();
        }
    }

    private record Injected<H extends HubBase<?>>(H hub, Unmanaged.UnmanagedInstance<H> instance)
            implements Activation {

        static <H extends HubBase<?>> Activation of(Unmanaged<H> unmanaged) {
            Unmanaged.UnmanagedInstance<H> instance =
                    unmanaged.newInstance().produce().inject().postConstruct();
            return new Injected<>(instance.get(), instance);
        }

        @Override
        public void release() {
            instance.preDestroy().dispose();
        }
    }

    /** Refuses a hub whose instances several calls would share, with {@link IllegalArgumentException}. */
    static void requireDependent(Bean<?> hub) {
        if (hub.getScope() != Dependent.class) {
            throw new IllegalArgumentException(
                    "The hub " + hub.getBeanClass().getName() + " must not be @"
                            + hub.getScope().getSimpleName()
                            + ": an instance serves one call and knows its caller. Make it @Dependent, or no bean, and keep what lasts in a bean that it injects.");
        }
    }
}
