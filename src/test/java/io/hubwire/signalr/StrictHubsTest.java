package io.hubwire.signalr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.hub.TypedHub;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictHubsTest {

    public interface AskingClient {
        String ask();
    }

    public static class AskingHub extends TypedHub<AskingClient> {}

    public static class TwinHub extends Hub {
        public void send(String text) {}

        public void send(int number) {}
    }

    public static class FineHub extends Hub {
        public void send(String text) {}
    }

    private static SignalRConfig config(ClassLoader deployment, boolean strict) {
        return SignalRConfig.builder()
                .name("strict-hubs")
                .classLoader(deployment)
                .hubs("/signalr", HubConfiguration.defaults())
                .strictHubs(strict)
                .build();
    }

    private static ClassLoader deployment() {
        return new ClassLoader(StrictHubsTest.class.getClassLoader()) {};
    }

    @Test
    void V47_start_withMistakenHubs_isRefusedWhereHubsAreStrict_namingEveryMistake() {
        ClassLoader deployment = deployment();
        HubRegistry hubs = HubRegistry.of(List.of(TwinHub.class, AskingHub.class, FineHub.class));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalRServer.start(config(deployment, true), hubs))
                .withMessageContainingAll(
                        TwinHub.class.getName(),
                        "send(text:String):void",
                        "send(number:int):void",
                        AskingHub.class.getName(),
                        AskingClient.class.getName() + ".ask()")
                .withMessageNotContaining("FineHub");
        assertThat(GlobalHost.deployment(deployment)).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("strict-hubs"));
    }

    @Test
    void start_withHubsAsTheyShouldBe_succeedsWhereHubsAreStrict() {
        SignalRServer server = SignalRServer.start(config(deployment(), true), HubRegistry.of(List.of(FineHub.class)));
        assertThatCode(server::close).doesNotThrowAnyException();
    }

    @Test
    void start_withMistakenHubs_succeedsByDefault() {
        SignalRServer server = SignalRServer.start(config(deployment(), false), HubRegistry.of(List.of(TwinHub.class)));
        server.close();
    }
}
