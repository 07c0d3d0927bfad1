package io.hubwire.signalr.concurrent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Virtual threads by reflection, because the library is compiled for Java 17. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** A new executor with one virtual thread per task, or empty where the JDK is older than 21. */
    static Optional<ExecutorService> executor(String name) {
        try {
            Method create = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return Optional.of((ExecutorService) create.invoke(null, factory(name)));
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            return Optional.empty(); // JDK 19 and 20 have them as a preview that is off
        }
    }

    private static ThreadFactory factory(String name)
            throws ClassNotFoundException, NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Object named = builder.getMethod("name", String.class, long.class)
                .invoke(Thread.class.getMethod("ofVirtual").invoke(null), name + "-", 1L);
        Object bare = builder.getMethod("inheritInheritableThreadLocals", boolean.class)
                .invoke(named, false);
        return (ThreadFactory) builder.getMethod("factory").invoke(bare);
    }
}
