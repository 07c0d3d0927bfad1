package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.hub.ConnectionManager;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubPipeline;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.operations.ServerOperations;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A server that starts when its application has, or before that as soon as somebody asks for what only a running one gives: an observer of the application's start may
 * publish. Whoever asks first starts it on its own thread, others wait; a failure is everybody's.
 */
final class StartingServer implements GlobalHost.Deployment {
    private final Supplier<SignalRServer> start;
    private final Supplier<HubRegistry> registry;
    private final AtomicReference<Thread> starter = new AtomicReference<>();
    private final CompletableFuture<SignalRServer> started = new CompletableFuture<>();

    /** @param registry the hubs that will be served; asked each time */
    StartingServer(Supplier<SignalRServer> start, Supplier<HubRegistry> registry) {
        this.start = start;
        this.registry = registry;
    }

    /**
     * The server, started at the first call.
     *
     * @throws RuntimeException what its start threw, at every call
     */
    SignalRServer server() {
        if (starter.compareAndSet(null, Thread.currentThread())) {
            run();
        } else if (starter.get() == Thread.currentThread() && !started.isDone()) {
            throw new IllegalStateException("The SignalR server cannot be used by what takes part in its own start.");
        }
        try {
            return started.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void run() {
        try {
            started.complete(start.get());
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
        }
    }

    /** Whether it is too late to configure it. */
    boolean hasBegun() {
        return starter.get() != null;
    }

    @Override
    public ConnectionManager connectionManager() {
        return server().hubs().connectionManager();
    }

    @Override
    public HubPipeline hubPipeline() {
        return server().hubs().hubPipeline();
    }

    @Override
    public HubRegistry hubs() {
        return registry.get();
    }

    @Override
    public Optional<ServerOperations> operations() {
        return Optional.of(server());
    }

    @Override
    public Optional<ConnectTickets> connectTickets() {
        return server().connectTickets();
    }
}
