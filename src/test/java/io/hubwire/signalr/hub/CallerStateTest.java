package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.hub.RecordingPublisher.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CallerStateTest {

    @HubName("demo")
    public static class StateHub extends Hub {
        public Object readStateValue() {
            return clients().caller().get("name");
        }

        public String setStateValue(String value) {
            clients().caller().set("Company", value);
            return value;
        }

        public void throwAfterwards() {
            clients().callerState().set("Company", "before the error");
            throw new HubException("failed");
        }

        public void callTwice() {
            clients().caller().set("step", 1);
            clients().caller().invoke("one");
            clients().all().invoke("everyone");
            clients().caller().set("step", 2);
            clients().caller().invoke("two");
            clients().client(context().connectionId()).invoke("same client by its id");
        }

        @Override
        public CompletionStage<?> onConnected() {
            CallerProxy caller = clients().caller();
            caller.set("greeted", caller.get("greeted") == null);
            return caller.invoke("hello");
        }
    }

    public interface StateClient {
        void told(String text);
    }

    @HubName("typed")
    public static class TypedStateHub extends TypedHub<StateClient> {
        public void tell() {
            clients().callerState().set("told", clients().callerState().get("told", int.class) + 1);
            clients().caller().told("once more");
            clients().others().told("to others");
        }
    }

    private final HubKit kit = HubKit.of(StateHub.class, TypedStateHub.class);

    private List<String> published() {
        return kit.publisher().published().stream().map(Publication::payload).toList();
    }

    @Test
    void V56_state_isReadByTheHub() {
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"ReadStateValue\",\"I\":0,\"S\":{\"name\":\"test\"}}"))
                .isEqualTo("{\"R\":\"test\",\"I\":\"0\"}");
    }

    @Test
    void V56_state_setByTheHub_comesWithTheAnswer() {
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"SetStateValue\",\"A\":[\"x\"],\"I\":0,\"S\":{\"name\":\"test\"}}"))
                .isEqualTo("{\"S\":{\"Company\":\"x\"},\"R\":\"x\",\"I\":\"0\"}");
    }

    @Test
    void state_setToWhatTheClientSent_isNoChange() {
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"SetStateValue\",\"A\":[\"x\"],\"I\":0,\"S\":{\"Company\":\"x\"}}"))
                .isEqualTo("{\"R\":\"x\",\"I\":\"0\"}");
    }

    @Test
    void state_setBeforeAnError_comesWithTheError() {
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"ThrowAfterwards\",\"I\":0}"))
                .isEqualTo("{\"S\":{\"Company\":\"before the error\"},\"I\":\"0\",\"H\":true,\"E\":\"failed\"}");
    }

    @Test
    void V68_state_setBeforeACallOfTheCaller_comesWithItAndWithEachThatFollows() {
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"CallTwice\",\"I\":0}"))
                .isEqualTo("{\"S\":{\"step\":2},\"I\":\"0\"}");
        assertThat(published())
                .containsExactly(
                        "{\"H\":\"demo\",\"M\":\"one\",\"A\":[],\"S\":{\"step\":1}}",
                        "{\"H\":\"demo\",\"M\":\"everyone\",\"A\":[]}",
                        "{\"H\":\"demo\",\"M\":\"two\",\"A\":[],\"S\":{\"step\":2}}",
                        "{\"H\":\"demo\",\"M\":\"same client by its id\",\"A\":[]}");
    }

    @Test
    void V68_state_ofATypedHub_isBesideItsClients() {
        assertThat(kit.call("{\"H\":\"typed\",\"M\":\"Tell\",\"I\":0,\"S\":{\"told\":6}}"))
                .isEqualTo("{\"S\":{\"told\":7},\"I\":\"0\"}");
        assertThat(published())
                .containsExactly(
                        "{\"H\":\"typed\",\"M\":\"told\",\"A\":[\"once more\"],\"S\":{\"told\":7}}",
                        "{\"H\":\"typed\",\"M\":\"told\",\"A\":[\"to others\"]}");
    }

    @Test
    void state_inALifeCycleEvent_beginsEmptyEachTime() {
        for (int i = 0; i < 2; i++) {
            kit.endpoint()
                    .onConnected(kit.request("demo"))
                    .toCompletableFuture()
                    .join();
        }
        assertThat(published()).hasSize(2).allMatch(call -> call.endsWith("\"S\":{\"greeted\":true}}"));
    }

    @Test
    void V57_state_ofTheLongestAllowed_isTaken() {
        String state = "{\"name\":\"" + "x".repeat(4096 - 11) + "\"}";
        assertThat(state).hasSize(4096);
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"ReadStateValue\",\"I\":0,\"S\":" + state + "}"))
                .startsWith("{\"R\":\"xxx");
    }

    @Test
    void state_ofTwoCalls_isApart() {
        CompletableFuture<Optional<byte[]>> first =
                kit.receive("{\"H\":\"demo\",\"M\":\"SetStateValue\",\"A\":[\"a\"],\"I\":1}");
        List<String> answers = new ArrayList<>(List.of(HubKit.response(first)));
        answers.add(kit.call("{\"H\":\"demo\",\"M\":\"ReadStateValue\",\"I\":2}"));
        assertThat(answers).containsExactly("{\"S\":{\"Company\":\"a\"},\"R\":\"a\",\"I\":\"1\"}", "{\"I\":\"2\"}");
    }
}
