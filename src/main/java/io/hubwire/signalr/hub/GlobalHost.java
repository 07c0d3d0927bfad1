package io.hubwire.signalr.hub;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.operations.ServerOperations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The running deployment as seen from anywhere in it: from a service, a timer, a start-up class. What it gives belongs to one deployment and is
 * never shared between two web applications.
 *
 * <p>Which deployment is meant follows from class loaders: the one that was started with the calling thread's context class loader or a parent of
 * it; or else with the calling class's loader or a parent of it; or else the only one that was started with a child of the calling class's loader
 * (the classes of an embedded server are not loaded by the web application that it runs).
 *
 * <p>It can be asked from the moment when a web application's mappings are known, which is before its listeners and the observers of its start run: a server that has
 * not started then does so at once, on the asking thread. Safe for any thread; does not block otherwise.
 */
public final class GlobalHost {
    private static final Map<ClassLoader, Deployment> RUNNING = new ConcurrentHashMap<>();
    private static final Map<ClassLoader, Deployment> ANNOUNCED = new ConcurrentHashMap<>();
    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private GlobalHost() {}

    /** What a deployment shows of itself here. */
    public interface Deployment {

        /** The contexts of its hubs and persistent connections. */
        ConnectionManager connectionManager();

        /** The modules that step in on calls and events of its hubs. */
        HubPipeline hubPipeline();

        /** Its hubs. */
        HubRegistry hubs();

        /** What its operator sees of it; empty where the hubs stand without a server, as in tests of hubs. */
        default Optional<ServerOperations> operations() {
            return Optional.empty();
        }

        /** Its connect tickets; empty unless they are switched on. */
        default Optional<ConnectTickets> connectTickets() {
            return Optional.empty();
        }
    }

    /**
     * The contexts of the caller's deployment.
     *
     * @throws IllegalStateException when no deployment is running here
     */
    public static ConnectionManager connectionManager() {
        return current(CALLERS.getCallerClass()).connectionManager();
    }

    /**
     * The pipeline of the caller's deployment, to which modules can be added until the first request comes.
     *
     * @throws IllegalStateException when no deployment is running here
     */
    public static HubPipeline hubPipeline() {
        return current(CALLERS.getCallerClass()).hubPipeline();
    }

    /**
     * What the operator of the caller's deployment sees of it.
     *
     * @throws IllegalStateException when no deployment is running here
     */
    public static ServerOperations operations() {
        return current(CALLERS.getCallerClass())
                .operations()
                .orElseThrow(() -> new IllegalStateException("The hubs of this deployment stand without a server."));
    }

    /**
     * Issues connect tickets for clients of the caller's deployment.
     *
     * @throws IllegalStateException when no deployment is running here, or connect tickets are not switched on in its configuration
     */
    public static ConnectTickets connectTickets() {
        return current(CALLERS.getCallerClass())
                .connectTickets()
                .orElseThrow(() -> new IllegalStateException(
                        "Connect tickets are off: switch them on by SignalRConfig.Builder.connectTickets."));
    }

    /**
     * The deployment of a class loader, for code whose thread and class say nothing about where it belongs.
     *
     * @param loader the one that a deployment was started with, or that of a class in it
     * @return empty when none is running there
     */
    public static Optional<Deployment> deployment(ClassLoader loader) {
        return Optional.ofNullable(find(Objects.requireNonNull(loader, "loader")));
    }

    /**
     * Makes a deployment visible. Called by the server at its start; applications have no use for it.
     *
     * @return takes the deployment out again
     * @throws IllegalStateException when one is running with this class loader already
     */
    public static Registration register(ClassLoader loader, Deployment deployment) {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(deployment, "deployment");
        if (RUNNING.putIfAbsent(loader, deployment) != null) {
            throw new IllegalStateException("A deployment is running with this class loader already: " + loader);
        }
        return () -> RUNNING.remove(loader, deployment);
    }

    /**
     * Makes a deployment visible that will run, until one is {@link #register registered} for its class loader: what {@code starting} gives has to make it run, but
     * for its hubs, which are known before. Called by a host while it starts; applications have no use for it.
     *
     * @return takes the announcement back
     * @throws IllegalStateException when one is running, or announced, with this class loader already
     */
    public static Registration announce(ClassLoader loader, Deployment starting) {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(starting, "starting");
        if (RUNNING.containsKey(loader) || ANNOUNCED.putIfAbsent(loader, starting) != null) {
            throw new IllegalStateException("A deployment is running, or about to, with this class loader: " + loader);
        }
        return () -> ANNOUNCED.remove(loader, starting);
    }

    private static Deployment current(Class<?> caller) {
        Deployment found = above(Thread.currentThread().getContextClassLoader());
        if (found == null) {
            found = find(caller.getClassLoader());
        }
        if (found == null) {
            throw notRunning("for thread " + Thread.currentThread().getName() + " and " + caller.getName());
        }
        return found;
    }

    private static Deployment find(ClassLoader loader) {
        Deployment found = above(loader);
        return found == null ? onlyOneBelow(loader) : found;
    }

    private static Deployment above(ClassLoader loader) {
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            Deployment found = RUNNING.getOrDefault(next, ANNOUNCED.get(next));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Deployment onlyOneBelow(ClassLoader loader) {
        Map<ClassLoader, Deployment> all = new HashMap<>(ANNOUNCED);
        all.putAll(RUNNING);
        List<Deployment> below = all.entrySet().stream()
                .filter(entry -> loader != null && isAncestor(loader, entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return below.size() == 1 ? below.get(0) : null;
    }

    private static boolean isAncestor(ClassLoader ancestor, ClassLoader loader) {
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            if (next == ancestor) {
                return true;
            }
        }
        return false;
    }

    private static IllegalStateException notRunning(String where) {
        return new IllegalStateException(
                "No SignalR deployment is running " + where + " (" + RUNNING.size()
                        + " running elsewhere). GlobalHost works from the start of the web application to its end, on threads that belong to it.");
    }
}
