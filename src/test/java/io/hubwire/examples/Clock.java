package io.hubwire.examples;

import io.hubwire.signalr.hosting.cdi.ForHub;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

@ApplicationScoped
public class Clock {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> strikes;

    @Inject
    @ForHub(ChatHub.class)
    HubContext<ClientProxy> chat;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        chat.clients().all().invoke("message", "the house", "We are open.");
        strikes = timer.scheduleAtFixedRate(this::strike, 0, 1, TimeUnit.SECONDS);
    }

    private void strike() {
        chat.clients().all().invoke("time", LocalTime.now(ZoneOffset.UTC));
    }

    @PreDestroy
    void stop() {
        strikes.cancel(false);
        timer.shutdown();
    }
}
