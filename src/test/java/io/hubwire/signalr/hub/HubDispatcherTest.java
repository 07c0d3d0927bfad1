package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.connection.ConnectionRequest;
import io.hubwire.signalr.hosting.HostRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubDispatcherTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private abstract static class LoggingHub extends Hub {
        @Override
        public CompletionStage<?> onConnected() {
            LOG.add(getClass().getSimpleName() + " connected " + context().connectionId());
            return super.onConnected();
        }

        @Override
        public CompletionStage<?> onReconnected() {
            LOG.add(getClass().getSimpleName() + " reconnected");
            return super.onReconnected();
        }

        @Override
        public CompletionStage<?> onDisconnected(boolean stopCalled) {
            LOG.add(getClass().getSimpleName() + " disconnected " + stopCalled);
            return super.onDisconnected(stopCalled);
        }

        @Override
        public CompletionStage<?> onGap(ConnectionGap gap) {
            LOG.add(getClass().getSimpleName() + " gap "
                    + context().gap().orElseThrow().to());
            return super.onGap(gap);
        }
    }

    @HubName("demo")
    public static class DemoHub extends LoggingHub {}

    public static class ChatHub extends LoggingHub {}

    public static class NullHub extends Hub {
        @Override
        public CompletionStage<?> onConnected() {
            LOG.add("NullHub connected");
            return null;
        }
    }

    public static class ThrowingHub extends Hub {
        @Override
        public CompletionStage<?> onConnected() {
            LOG.add("ThrowingHub connected");
            throw new IllegalStateException("OnConnected failed");
        }
    }

    public static class FailingHub extends Hub {
        @Override
        public CompletionStage<?> onConnected() {
            return CompletableFuture.failedStage(new IllegalStateException("FailingHub failed"));
        }
    }

    public static class UnbuildableHub extends Hub {
        public UnbuildableHub(String unavailable) {
            throw new IllegalStateException(unavailable);
        }
    }

    private final HubKit kit = HubKit.of(
            DemoHub.class, ChatHub.class, NullHub.class, ThrowingHub.class, FailingHub.class, UnbuildableHub.class);

    @BeforeEach
    void clear() {
        LOG.clear();
    }

    private Admission admit(String connectionData) {
        return kit.endpoint().admit(FakeRequest.of("/signalr/negotiate").with("connectionData", connectionData));
    }

    /* --- admission --- */

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[{\"name\":\"demo\"}]",
                "[{\"NAME\":\"DEMO\"}]",
                "[{\"Name\":\"demo\"},{\"name\":\"chathub\"}]"
            })
    void V13_admit_knownHubs_isGranted(String connectionData) {
        assertThat(admit(connectionData)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void admit_withoutConnectionData_isGranted() {
        assertThat(kit.endpoint().admit(FakeRequest.of("/signalr/ping"))).isInstanceOf(Admission.Granted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [{"name":"nosuch"}]                 | 'nosuch' Hub could not be resolved.
                    [{"name":"demo"},{"name":"nosuch"}] | 'nosuch' Hub could not be resolved.
                    [{"name":"demo"},{"name":"demo"}]   | Duplicate Hub names found.
                    [{"name":"demo"},{"name":"DEMO"}]   | Duplicate Hub names found.
                    [{"name":"demo.x"}]                 | The hub name 'demo.x' is invalid.
                    """)
    void V12_admit_hubsThatCannotBe_isAnError(String connectionData, String text) {
        assertThat(admit(connectionData)).isEqualTo(new Admission.Malformed(500, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bad",
                "garbage",
                "{\"name\":\"demo\"}",
                "[{}]",
                "[{\"name\":null}]",
                "[{\"name\":\"\"}]",
                "[{\"name\":5}]",
                "[\"demo\"]"
            })
    void V12_admit_whatIsNoListOfHubs_isAnError(String connectionData) {
        assertThat(admit(connectionData)).isInstanceOfSatisfying(Admission.Malformed.class, malformed -> {
            assertThat(malformed.status()).isEqualTo(500);
            assertThat(malformed.text()).isNotEmpty().hasSizeLessThan(300);
        });
    }

    private static final class Guard extends HubPipelineModule {
        @Override
        protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
            return hub.type() != DemoHub.class || request.isUserInRole("Admin");
        }
    }

    @Test
    void V95_admit_whenNoneOfTheHubsIsAllowed_isDenied() {
        kit.deployment().hubPipeline().addModule(new Guard());

        assertThat(kit.endpoint().admit(FakeRequest.withHubs("demo"))).isInstanceOf(Admission.Denied.class);
        assertThat(kit.endpoint().admit(FakeRequest.withHubs("demo").as("bob"))).isInstanceOf(Admission.Denied.class);
        assertThat(kit.endpoint().admit(FakeRequest.withHubs("demo").as("bob", "Admin")))
                .isInstanceOf(Admission.Granted.class);
        assertThat(kit.endpoint().admit(FakeRequest.of("/signalr/hubs"))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void V95_admit_whenSomeOfTheHubsAreAllowed_leavesTheOthersOut() {
        kit.deployment().hubPipeline().addModule(new Guard());
        ConnectionRequest request = kit.request("demo", "ChatHub");

        assertThat(kit.endpoint().signals(request)).containsExactly("h-ChatHub", "hc-ChatHub." + HubKit.CONNECTION);
        kit.endpoint().onConnected(request).toCompletableFuture().join();
        assertThat(LOG).containsExactly("ChatHub connected " + HubKit.CONNECTION);
    }

    /* --- signals --- */

    @Test
    void V72_signals_areThoseOfTheNamedHubsInTheirDeclaredSpelling() {
        assertThat(kit.endpoint().signals(kit.request("DEMO", "chathub")))
                .containsExactly(
                        "h-demo", "hc-demo." + HubKit.CONNECTION, "h-ChatHub", "hc-ChatHub." + HubKit.CONNECTION);
        assertThat(kit.endpoint().signals(kit.request())).isEmpty();
    }

    @Test
    void V71_signals_ofAUser_nameTheUser() {
        assertThat(kit.endpoint()
                        .signals(kit.request(FakeRequest.withHubs("demo").as("alice"))))
                .containsExactly("h-demo", "hc-demo." + HubKit.CONNECTION, "hu-demo.alice");
        assertThat(kit.endpoint()
                        .signals(kit.request(FakeRequest.withHubs("demo").as(""))))
                .hasSize(2);
    }

    /* --- groups --- */

    @Test
    void rejoin_groupsOfTheToken_keepsThoseOfTheHubsThatTakePart() {
        List<String> token =
                List.of("hg-demo.r.1", "hg-DEMO.r2", "hg-ChatHub.r", "hg-demonic.x", "pcg-demo.y", "hg-demo.");

        assertThat(kit.endpoint().rejoin(kit.request("demo"), token))
                .containsExactlyInAnyOrder("hg-demo.r.1", "hg-DEMO.r2", "hg-demo.");
        assertThat(kit.endpoint().rejoin(kit.request("demo", "chatHub"), token)).hasSize(4);
        assertThat(kit.endpoint().rejoin(kit.request(), token)).isEmpty();
    }

    @Test
    void rejoin_withAModule_joinsWhatItLeavesAndNothingThatItAdds() {
        List<String> seen = new ArrayList<>();
        kit.deployment().hubPipeline().addModule(new HubPipelineModule() {
            @Override
            public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
                return (hub, request, groups) -> {
                    seen.addAll(groups);
                    return List.of("kept", "kept", "never joined");
                };
            }
        });

        assertThat(kit.endpoint().rejoin(kit.request("demo"), List.of("hg-demo.kept", "hg-demo.left")))
                .containsExactly("hg-demo.kept");
        assertThat(seen).containsExactlyInAnyOrder("kept", "left");
    }

    /* --- events --- */

    @Test
    void events_reachEveryHubOfTheRequest() {
        ConnectionRequest request = kit.request("demo", "chathub");
        ConnectionGap gap = new ConnectionGap(OptionalLong.empty(), 7, OptionalLong.empty());

        kit.endpoint().onConnected(request).toCompletableFuture().join();
        kit.endpoint().onReconnected(request).toCompletableFuture().join();
        kit.endpoint().onGap(request, gap).toCompletableFuture().join();
        kit.endpoint().onDisconnected(request, true).toCompletableFuture().join();

        assertThat(LOG)
                .containsExactlyInAnyOrder(
                        "DemoHub connected " + HubKit.CONNECTION,
                        "ChatHub connected " + HubKit.CONNECTION,
                        "DemoHub reconnected",
                        "ChatHub reconnected",
                        "DemoHub gap 7",
                        "ChatHub gap 7",
                        "DemoHub disconnected true",
                        "ChatHub disconnected true");
    }

    @Test
    void events_ofNoHub_areDoneAtOnce() {
        assertThat(kit.endpoint().onConnected(kit.request())).isCompleted();
        assertThat(LOG).isEmpty();
    }

    @Test
    void onConnected_returningNull_isDone() {
        assertThat(kit.endpoint().onConnected(kit.request("nullhub"))).isCompleted();
        assertThat(LOG).containsExactly("NullHub connected");
    }

    @Test
    void V37_onConnected_thatFails_failsTheStartAfterAllHubsWereTold() {
        CompletionStage<?> connected =
                kit.endpoint().onConnected(kit.request("nullhub", "throwinghub", "failinghub", "demo"));

        assertThat(Outcomes.unwrap(
                        catchThrowable(() -> connected.toCompletableFuture().join())))
                .hasMessage("OnConnected failed");
        assertThat(LOG)
                .containsExactlyInAnyOrder(
                        "NullHub connected", "ThrowingHub connected", "DemoHub connected " + HubKit.CONNECTION);
    }

    @Test
    void onConnected_ofAHubThatCannotBeMade_passesItOver() {
        assertThat(kit.endpoint().onConnected(kit.request("unbuildablehub", "nullhub")))
                .isCompleted();
        assertThat(LOG).containsExactly("NullHub connected");
    }

    public static class WaitingHub extends Hub {
        private static final CompletableFuture<Void> GATE = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onConnected() {
            GATE.join();
            return null;
        }
    }

    public static class OpeningHub extends Hub {
        @Override
        public CompletionStage<?> onConnected() {
            WaitingHub.GATE.complete(null);
            return null;
        }
    }

    @Test
    void onConnected_ofTwoHubs_runsThemAtTheSameTime() {
        HubKit parallel = HubKit.with(
                HubActivator.reflective(), task -> new Thread(task).start(), WaitingHub.class, OpeningHub.class);

        parallel.endpoint()
                .onConnected(parallel.request("waitinghub", "openinghub"))
                .toCompletableFuture()
                .join();

        assertThat(WaitingHub.GATE).isCompleted();
    }

    @Test
    void onConnected_whenNoWorkerIsFree_runsAllHubsHere() {
        HubKit full = HubKit.with(
                HubActivator.reflective(),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                DemoHub.class,
                NullHub.class);

        full.endpoint()
                .onConnected(full.request("demo", "nullhub"))
                .toCompletableFuture()
                .join();

        assertThat(LOG).containsExactlyInAnyOrder("DemoHub connected " + HubKit.CONNECTION, "NullHub connected");
    }

    /* --- context --- */

    public static class ContextHub extends Hub {
        public String describe() {
            context().items().put("seen", "yes");
            return String.join(
                    " ",
                    context().connectionId(),
                    context().user().orElseThrow().getName(),
                    context().queryString().text("custom"),
                    context().cookies().get("ck"),
                    context().transport().wireName(),
                    context().request().remoteAddress());
        }
    }

    @Test
    void context_ofACall_showsItsRequest() {
        HubKit contexts = HubKit.of(ContextHub.class);
        ConnectionRequest request = contexts.request(
                FakeRequest.of("/signalr/send").with("custom", "mine").as("alice"));

        String response = HubKit.response(contexts.endpoint()
                .onReceived(request, "{\"H\":\"contexthub\",\"M\":\"describe\"}")
                .toCompletableFuture());

        assertThat(response)
                .isEqualTo("{\"R\":\"" + HubKit.CONNECTION + " alice mine biscuit longPolling 192.0.2.1\",\"I\":null}");
        assertThat(request.items()).containsEntry("seen", "yes");
    }
}
