package io.hubwire.signalr.hub;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;

/** Hubs without a container. */
final class ReflectiveHubActivator implements HubActivator {
    static final HubActivator INSTANCE = new ReflectiveHubActivator();

    // Lives and ends with the class that it is kept for.
    private static final ClassValue<Optional<Constructor<?>>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Optional<Constructor<?>> computeValue(Class<?> type) {
            return Arrays.stream(type.getConstructors())
                    .filter(constructor -> constructor.getParameterCount() == 0)
                    .findFirst();
        }
    };

    private ReflectiveHubActivator() {}

    @Override
    public Activation activate(Class<? extends HubBase<?>> hub) {
        return new Instance(newInstance(hub));
    }

    static <T> T newInstance(Class<T> type) {
        try {
            return type.cast(constructor(type).newInstance());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " needs a public constructor without parameters.", e);
        }
    }

    /** Every look-up makes a copy. */
    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        Optional<Constructor<?>> known = CONSTRUCTORS.get(type);
        return known.isPresent() ? known.get() : type.getConstructor();
    }

    private record Instance(HubBase<?> hub) implements Activation {

        @Override
        public void release() {
            if (hub instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IllegalStateException("A hub could not be closed.", e);
                }
            }
        }
    }
}
