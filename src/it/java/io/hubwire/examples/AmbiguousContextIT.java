package io.hubwire.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.push.boot.embedded.ServerStartException;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that does not say of which hub it wants the context. */
class AmbiguousContextIT {

    @ApplicationScoped
    public static class Guessing {
        @Inject
        HubContext<ClientProxy> anyOfTwo;

        void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
            anyOfTwo.clients().all().invoke("message", "nobody", "knows where");
        }
    }

    @Test
    void start_isRefused_namingTheHubsAndTheInjectionPoint(@TempDir Path directory) {
        LeakAudit threads = LeakAudit.ofThreads("hubwire");
        try (LogAudit log = new LogAudit()) {
            ServerStartException refusal = catchThrowableOfType(
                    ServerStartException.class,
                    () -> ScannedApplication.start(directory, ChatHub.class, ContosoChatHub.class, Guessing.class));

            // which of the two it is depends on whose initializer the container calls first, Weld's or ours
            String told = stackTrace(refusal) + log.records();
            assertThat(told)
                    .contains("there are 2")
                    .contains("chat (" + ChatHub.class.getName() + ")")
                    .contains("ContosoChatHub (" + ContosoChatHub.class.getName() + ")")
                    .contains("@ForHub")
                    .contains(Guessing.class.getName() + ".anyOfTwo");
        }
        threads.verify();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
