package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.hub.RecordingPublisher.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedHubTest {

    public interface Named<T> {
        void named(T name);

        void same(String text);
    }

    public interface ChatClient extends Named<String> {
        CompletionStage<Void> message(String from, String text);

        CompletionStage<?> anything(Object... values);

        @HubMethodName("Typing")
        void typing();

        default void hello() {
            message("the house", "hello");
        }

        static String greeting() {
            return "hello";
        }
    }

    public interface Other {
        void same(String text);
    }

    public interface Both extends ChatClient, Other {}

    @HubName("chat")
    public static class ChatHub extends TypedHub<ChatClient> {
        public CompletionStage<Void> send(String text) {
            return clients().all().message("me", text);
        }

        public void join(String room) {
            groups().add(context().connectionId(), room);
            clients().group(room).named(room);
        }
    }

    private final HubKit kit = HubKit.detailed(ChatHub.class);

    private List<String> published() {
        return kit.publisher().published().stream().map(Publication::payload).toList();
    }

    private HubContext<ChatClient> context() {
        return kit.deployment().connectionManager().hubContext(ChatHub.class);
    }

    /* --- calls --- */

    @Test
    void call_throughTheInterface_isOneByItsName() {
        assertThat(kit.call("{\"H\":\"chat\",\"M\":\"send\",\"A\":[\"hi\"],\"I\":0}"))
                .isEqualTo("{\"I\":\"0\"}");
        assertThat(kit.call("{\"H\":\"chat\",\"M\":\"join\",\"A\":[\"r\"],\"I\":0}"))
                .isEqualTo("{\"I\":\"0\"}");
        assertThat(kit.publisher().published()).extracting(Publication::signal).containsExactly("h-chat", "hg-chat.r");
        assertThat(published())
                .containsExactly(
                        "{\"H\":\"chat\",\"M\":\"message\",\"A\":[\"me\",\"hi\"]}",
                        "{\"H\":\"chat\",\"M\":\"named\",\"A\":[\"r\"]}");
        assertThat(kit.publisher().memberships()).containsExactly("+" + HubKit.CONNECTION + " hg-chat.r");
    }

    @Test
    void call_fromOutside_isTheSame() {
        ChatClient all = context().clients().all();
        assertThat(all.message("a", "b")).isCompletedWithValue(null);
        all.typing();
        all.anything(1, null);
        all.hello();
        assertThat(published())
                .containsExactly(
                        "{\"H\":\"chat\",\"M\":\"message\",\"A\":[\"a\",\"b\"]}",
                        "{\"H\":\"chat\",\"M\":\"Typing\",\"A\":[]}",
                        "{\"H\":\"chat\",\"M\":\"anything\",\"A\":[[1,null]]}",
                        "{\"H\":\"chat\",\"M\":\"message\",\"A\":[\"the house\",\"hello\"]}");
    }

    @Test
    void call_ofAMethodThatTwoInterfacesHave_isOne() {
        HubContext<Both> both = kit.deployment().connectionManager().hubContext(ChatHub.class, Both.class);
        both.clients().user("alice").same("x");
        assertThat(published()).containsExactly("{\"H\":\"chat\",\"M\":\"same\",\"A\":[\"x\"]}");
    }

    @Test
    void call_whileTheBusIsDown_failsItsStage() {
        kit.publisher().failWith(new IllegalStateException("the bus is down"));
        assertThat(context().clients().all().message("a", "b").toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    @SuppressWarnings("SelfAssertion") // equals is what is tested
    void clients_asObjects_areThemselves() {
        ChatClient all = context().clients().all();
        assertThat(all).isEqualTo(all).isNotEqualTo(context().clients().all()).hasSameHashCodeAs(all);
        assertThat(all.toString()).contains("ChatClient");
    }

    @Test
    void clients_ofManySelections_haveOneClass() {
        assertThat(context().clients().all().getClass())
                .isSameAs(context().clients().group("r").getClass());
    }

    /* --- contexts --- */

    @HubName("dynamic")
    public static class DynamicHub extends Hub {}

    @Test
    void context_ofAHubThatCallsByName_canBeTyped() {
        HubKit dynamic = HubKit.of(DynamicHub.class);
        HubContext<ChatClient> typed =
                dynamic.deployment().connectionManager().hubContext(DynamicHub.class, ChatClient.class);
        typed.clients().client("a").typing();
        assertThat(dynamic.publisher().published())
                .extracting(Publication::payload)
                .containsExactly("{\"H\":\"dynamic\",\"M\":\"Typing\",\"A\":[]}");
    }

    @Test
    void context_byName_callsByName() {
        kit.deployment().connectionManager().hubContext("CHAT").clients().all().invoke("whatever", 1);
        assertThat(published()).containsExactly("{\"H\":\"chat\",\"M\":\"whatever\",\"A\":[1]}");
    }

    @Test
    void context_ofAnInterfaceThatBreaksTheRules_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kit.deployment().connectionManager().hubContext(ChatHub.class, Asking.class))
                .withMessageContaining("ask(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kit.deployment().connectionManager().hubContext(DynamicHub.class, ChatClient.class))
                .withMessageContaining("is not a hub of this deployment");
    }

    /* --- mistakes --- */

    public interface Asking {
        String ask(String question);

        CompletionStage<Integer> count();

        CompletableFuture<Void> future();

        void fine();
    }

    interface Hidden {
        void message();
    }

    public static class AskingHub extends TypedHub<Asking> {
        public String ping() {
            return "pong";
        }

        public void tell() {
            clients().all().fine();
        }
    }

    public static class HiddenHub extends TypedHub<Hidden> {}

    public static class ClassHub extends TypedHub<String> {}

    @SuppressWarnings("rawtypes") // a mistake that people make
    public static class RawHub extends TypedHub {}

    @ParameterizedTest
    @ValueSource(classes = {AskingHub.class, HiddenHub.class, ClassHub.class, RawHub.class})
    void hub_withAnInvalidContract_isAMistakeThatNamesHubAndContract(Class<?> hub) {
        assertThat(HubDeployment.mistakes(HubRegistry.of(List.of(hub))))
                .isNotEmpty()
                .allSatisfy(mistake -> assertThat(mistake).contains(hub.getName()));
    }

    @Test
    void hub_withAnInvalidContract_isToldOfEachMethodThatBreaksTheRules() {
        assertThat(HubDeployment.mistakes(HubRegistry.of(List.of(AskingHub.class))))
                .hasSize(3)
                .anyMatch(mistake -> mistake.contains("java.lang.String " + Asking.class.getName() + ".ask("))
                .anyMatch(mistake -> mistake.contains("java.lang.Integer> " + Asking.class.getName() + ".count()"))
                .anyMatch(mistake -> mistake.contains(Asking.class.getName() + ".future()"));
        assertThat(HubDeployment.mistakes(HubRegistry.of(List.of(ChatHub.class))))
                .isEmpty();
    }

    @Test
    void hub_withAnInvalidContract_failsWhereItSelectsClients_andNowhereElse() {
        HubKit asking = HubKit.detailed(AskingHub.class);
        assertThat(asking.call("{\"H\":\"AskingHub\",\"M\":\"ping\",\"I\":0}"))
                .isEqualTo("{\"R\":\"pong\",\"I\":\"0\"}");
        assertThat(asking.call("{\"H\":\"AskingHub\",\"M\":\"tell\",\"I\":0}"))
                .startsWith("{\"I\":\"0\",\"E\":\"")
                .contains("must return void or CompletionStage<Void>");
        assertThatIllegalStateException().isThrownBy(() -> asking.deployment()
                .connectionManager()
                .hubContext(AskingHub.class)
                .clients()
                .all());
    }

    public static class TwinHub extends Hub {
        public void unsupportedOverload(String text) {}

        public void unsupportedOverload(int number) {}
    }

    @Test
    void V47_hub_withTwoMethodsOfOneNameAndCount_isAMistakeThatNamesBothSignatures() {
        assertThat(HubDeployment.mistakes(HubRegistry.of(List.of(TwinHub.class))))
                .singleElement()
                .asString()
                .contains(
                        TwinHub.class.getName(),
                        "unsupportedOverload(text:String):void",
                        "unsupportedOverload(number:int):void");
    }
}
