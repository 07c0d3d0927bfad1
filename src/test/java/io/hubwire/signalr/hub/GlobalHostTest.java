package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.concurrent.Registration;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlobalHostTest {

    @HubName("demo")
    public static class DemoHub extends Hub {}

    public static class OtherHub extends Hub {}

    private final Deque<Registration> running = new ArrayDeque<>();
    private final ClassLoader server = new URLClassLoader("server", new URL[0], null);
    private final ClassLoader firstApp = new URLClassLoader("first", new URL[0], server);
    private final ClassLoader secondApp = new URLClassLoader("second", new URL[0], server);

    @AfterEach
    void stop() {
        running.forEach(Registration::close);
        assertThat(GlobalHost.deployment(GlobalHostTest.class.getClassLoader())).isEmpty();
    }

    private HubDeployment start(ClassLoader loader) {
        HubDeployment deployment = HubKit.of(DemoHub.class).deployment();
        running.push(GlobalHost.register(loader, deployment));
        return deployment;
    }

    private static <T> T onThreadOf(ClassLoader loader, Supplier<T> code) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return code.get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /* --- which deployment --- */

    @Test
    void connectionManager_onAThreadOfADeployment_isThatOnes() {
        HubDeployment first = start(firstApp);
        HubDeployment second = start(secondApp);

        assertThat(onThreadOf(firstApp, GlobalHost::connectionManager)).isSameAs(first.connectionManager());
        assertThat(onThreadOf(secondApp, GlobalHost::connectionManager)).isSameAs(second.connectionManager());
        assertThat(onThreadOf(secondApp, GlobalHost::hubPipeline)).isSameAs(second.hubPipeline());
        assertThat(onThreadOf(new URLClassLoader(new URL[0], firstApp), GlobalHost::connectionManager))
                .isSameAs(first.connectionManager());
    }

    @Test
    void connectionManager_onAForeignThread_isThatOfTheCallingClass() {
        start(firstApp);
        HubDeployment mine = start(GlobalHostTest.class.getClassLoader());

        assertThat(onThreadOf(null, GlobalHost::connectionManager)).isSameAs(mine.connectionManager());
        assertThat(onThreadOf(server, GlobalHost::connectionManager)).isSameAs(mine.connectionManager());
    }

    @Test
    void connectionManager_calledFromAboveTheOnlyDeployment_isThatOnes() {
        ClassLoader app = new URLClassLoader(new URL[0], GlobalHostTest.class.getClassLoader());
        HubDeployment only = start(app);

        assertThat(onThreadOf(null, GlobalHost::connectionManager)).isSameAs(only.connectionManager());
    }

    @Test
    void connectionManager_calledFromAboveTwoDeployments_isNeither() {
        start(new URLClassLoader(new URL[0], GlobalHostTest.class.getClassLoader()));
        start(new URLClassLoader(new URL[0], GlobalHostTest.class.getClassLoader()));

        assertThatIllegalStateException()
                .isThrownBy(() -> onThreadOf(null, GlobalHost::connectionManager))
                .withMessageContaining("2 running elsewhere");
    }

    @Test
    void connectionManager_beforeTheStartAndAfterTheEnd_saysThatNothingRuns() {
        assertThatIllegalStateException()
                .isThrownBy(GlobalHost::connectionManager)
                .withMessageStartingWith("No SignalR deployment is running");
        start(firstApp);
        running.pop().close();

        assertThatIllegalStateException().isThrownBy(() -> onThreadOf(firstApp, GlobalHost::connectionManager));
        assertThat(GlobalHost.deployment(firstApp)).isEmpty();
    }

    @Test
    void register_twoOfOneLoader_isRefusedAndHarmsNobody() {
        HubDeployment first = start(firstApp);

        assertThatIllegalStateException().isThrownBy(() -> start(firstApp));
        assertThat(GlobalHost.deployment(firstApp)).containsSame(first);
    }

    @Test
    void close_afterAnotherDeploymentTookThePlace_leavesItAlone() {
        start(firstApp);
        Registration old = running.pop();
        old.close();
        HubDeployment next = start(firstApp);

        old.close();

        assertThat(GlobalHost.deployment(firstApp)).containsSame(next);
    }

    @Test
    void announcement_isAskedUntilTheDeploymentRuns() {
        HubDeployment starting = HubKit.of(DemoHub.class).deployment();
        running.push(GlobalHost.announce(firstApp, starting));
        assertThat(onThreadOf(firstApp, GlobalHost::connectionManager)).isSameAs(starting.connectionManager());
        assertThatIllegalStateException().isThrownBy(() -> GlobalHost.announce(firstApp, starting));

        HubDeployment started = start(firstApp);
        assertThat(onThreadOf(firstApp, GlobalHost::connectionManager)).isSameAs(started.connectionManager());
        running.pop().close();
        running.pop().close();

        assertThat(GlobalHost.deployment(firstApp)).isEmpty();
    }

    /* --- contexts --- */

    @Test
    void hubContext_ofAKnownHub_callsItsClients() {
        HubKit kit = HubKit.of(DemoHub.class);
        ConnectionManager manager = kit.deployment().connectionManager();

        manager.hubContext(DemoHub.class).clients().all().invoke("one");
        manager.hubContext("DEMO").clients().all().invoke("two");

        assertThat(kit.publisher().published())
                .extracting(RecordingPublisher.Publication::signal)
                .containsExactly("h-demo", "h-demo");
    }

    @Test
    void hubContext_ofAnUnknownHub_isRefused() {
        ConnectionManager manager = HubKit.of(DemoHub.class).deployment().connectionManager();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.hubContext("nosuch"))
                .withMessage("'nosuch' Hub could not be resolved.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager.hubContext(OtherHub.class))
                .withMessageContaining(OtherHub.class.getName());
    }
}
