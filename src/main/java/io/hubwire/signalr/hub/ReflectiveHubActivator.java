package io.hubwire.signalr.hub;

import java.lang.reflect.InvocationTargetException;

/** Hubs without a container. */
final class ReflectiveHubActivator implements HubActivator {
    static final HubActivator INSTANCE = new ReflectiveHubActivator();

    private ReflectiveHubActivator() {}

    @Override
    public Activation activate(Class<? extends HubBase<?>> hub) {
        return new Instance(newInstance(hub));
    }

    static <T> T newInstance(Class<T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " needs a public constructor without parameters.", e);
        }
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
