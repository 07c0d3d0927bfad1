package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.signalr.connection.ConnectionGap;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubDescriptorProviderTest {

    public interface Greeting {
        default String greet(String name) {
            return "hello " + name;
        }
    }

    public abstract static class RoomHub<T> extends Hub {
        public void post(T entry) {}

        public void postAll(List<T> entries, Map<String, ? extends T> named) {}

        public void postArray(T[] entries) {}
    }

    static class Hidden extends RoomHub<Integer> {
        public String inherited(String text) {
            return text;
        }
    }

    @SuppressWarnings("EffectivelyPrivate") // what must not be callable is what is looked for
    public static class ChatHub extends Hidden implements Greeting, AutoCloseable {
        public void send(String text) {}

        public void send(String text, int priority) {}

        @Override
        public void post(Integer entry) {}

        @HubMethodName("shout")
        public void sayLoudly(String text) {}

        public CompletionStage<Integer> count() {
            return CompletableFuture.completedStage(1);
        }

        public <T> T generic(T value) {
            return value;
        }

        public static void ofTheClass() {}

        protected void guarded() {}

        void local() {}

        @Inject
        public void setStore(@SuppressWarnings("unused") String store) {}

        @PostConstruct
        public void prepare() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "chat";
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public CompletionStage<?> onConnected() {
            return null;
        }

        @Override
        public CompletionStage<?> onGap(ConnectionGap gap) {
            return null;
        }
    }

    private final HubDescriptor chat = HubDescriptorProvider.describe(ChatHub.class);

    /* --- which methods --- */

    @Test
    void methods_ofAClass_areItsPublicOnesAndThoseItInherits() {
        assertThat(chat.methods())
                .extracting(MethodDescriptor::signature)
                .containsExactly(
                        "count():CompletionStage",
                        "greet(name:String):String",
                        "inherited(text:String):String",
                        "post(entry:Integer):void",
                        "postAll(entries:List, named:Map):void",
                        "postArray(entries:Integer[]):void",
                        "send(text:String):void",
                        "send(text:String, priority:int):void",
                        "shout(text:String):void");
    }

    @ParameterizedTest
    @CsvSource({
        "toString,0",
        "equals,1",
        "hashCode,0",
        "getClass,0",
        "notify,0",
        "wait,0",
        "onConnected,0",
        "onReconnected,0",
        "onDisconnected,1",
        "onGap,1",
        "close,0",
        "context,0",
        "clients,0",
        "generic,1",
        "ofTheClass,0",
        "guarded,0",
        "local,0",
        "setStore,1",
        "prepare,0",
        "sayLoudly,1"
    })
    void V49_resolve_whatIsNoHubMethod_isUnresolvedAsIfItWereNotThere(String name, int count) {
        MethodDescriptor method = chat.resolve(name, count);

        assertThat(method.isResolved()).isFalse();
        assertThat(reason(method))
                .isEqualTo("'" + name + "' method could not be resolved. No method found with that name.");
    }

    @Test
    void scope_asAHubsOwnMethod_isCallable() {
        assertThat(HubDescriptorProvider.describe(OwnNames.class)
                        .resolve("scope", 0)
                        .isResolved())
                .isTrue();
    }

    public static class OwnNames extends Hub {
        public void scope() {}

        public void enter() {}
    }

    /* --- resolution --- */

    @ParameterizedTest
    @ValueSource(strings = {"send", "Send", "SEND", "sEnD"})
    void V43_resolve_inAnyCase_findsTheMethod(String name) {
        assertThat(chat.resolve(name, 2).signature()).isEqualTo("send(text:String, priority:int):void");
    }

    @Test
    void resolve_byAnotherCount_listsTheCandidates() {
        assertThat(reason(chat.resolve("Send", 3)))
                .isEqualTo(
                        "'Send' method could not be resolved. Potential candidates are: \nsend(text:String):void\nsend(text:String, priority:int):void");
    }

    @Test
    void resolve_ofManyMadeUpNames_remembersNothing() {
        List<MethodDescriptor> before = chat.methods();
        for (int i = 0; i < 1000; i++) {
            assertThat(chat.resolve("made-up-" + i, i).isResolved()).isFalse();
        }
        assertThat(chat.methods()).isSameAs(before);
    }

    public static class Ambiguous extends Hub {
        public void unsupportedOverload(String text) {}

        public void unsupportedOverload(int number) {}

        public void other(int number) {}

        @HubMethodName("OTHER")
        public void renamed(String text) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnsupportedOverload", "other"})
    void V47_resolve_twoOfOneNameAndCount_isUnresolved(String name) {
        MethodDescriptor method =
                HubDescriptorProvider.describe(Ambiguous.class).resolve(name, 1);

        assertThat(method.isResolved()).isFalse();
        assertThat(reason(method))
                .startsWith("'" + name + "' method could not be resolved. Potential candidates are: \n");
    }

    @Test
    void ambiguousMethods_ofAHub_areToldApart() {
        assertThat(HubDescriptorProvider.describe(Ambiguous.class).ambiguousMethods())
                .hasSize(2)
                .allSatisfy(group -> assertThat(group).hasSize(2));
        assertThat(chat.ambiguousMethods()).isEmpty();
    }

    /* --- types --- */

    /** The same types, written out. */
    public interface Expected {
        void post(Integer entry);

        void postAll(List<Integer> entries, Map<String, Integer> named);

        void postArray(Integer[] entries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "postAll", "postArray"})
    void parameters_ofAnInheritedGenericMethod_haveTheTypesThatTheHubGives(String name) {
        Type[] expected = Arrays.stream(Expected.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getGenericParameterTypes();

        List<Type> resolved = chat.resolve(name, expected.length).parameters().stream()
                .map(MethodDescriptor.Parameter::type)
                .toList();

        assertThat(resolved).containsExactly(expected);
        assertThat(List.of(expected)).isEqualTo(resolved).hasSameHashCodeAs(resolved);
    }

    /* --- names --- */

    @HubName("customName")
    public static class NamedHub extends Hub {}

    public static class SubOfNamedHub extends NamedHub {}

    @Test
    void name_ofAHub_isItsClassNameOrWhatTheAnnotationSays() {
        assertThat(chat.name()).isEqualTo("ChatHub");
        assertThat(chat.isRenamed()).isFalse();
        assertThat(HubDescriptorProvider.describe(NamedHub.class).name()).isEqualTo("customName");
        assertThat(HubDescriptorProvider.describe(NamedHub.class).isRenamed()).isTrue();
    }

    @Test
    void name_ofASubclass_isItsOwn() {
        assertThat(HubDescriptorProvider.describe(SubOfNamedHub.class).name()).isEqualTo("SubOfNamedHub");
    }

    @HubName("a.b")
    public static class DottedHub extends Hub {}

    @HubName("")
    public static class NamelessHub extends Hub {}

    public static class NamelessMethodHub extends Hub {
        @HubMethodName("")
        public void send() {}
    }

    @ParameterizedTest
    @ValueSource(classes = {DottedHub.class, NamelessHub.class, NamelessMethodHub.class})
    void describe_withANameThatCannotBe_isRefusedNamingTheClass(Class<?> hub) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubDescriptorProvider.describe(hub))
                .withMessageContaining(hub.getName());
    }

    /* --- what is a hub --- */

    static class NotPublic extends Hub {}

    @SuppressWarnings("ClassCanBeStatic") // that it is not static is the point
    public class Inner extends Hub {}

    @ParameterizedTest
    @ValueSource(classes = {Hub.class, RoomHub.class, NotPublic.class, Inner.class, Object.class, Greeting.class})
    void describe_ofWhatIsNoHub_isRefused(Class<?> type) {
        assertThat(HubRegistry.isHub(type)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubDescriptorProvider.describe(type))
                .withMessageContaining(type.getName());
    }

    @Test
    void clientType_ofAHub_isTheClientProxy() {
        assertThat(chat.clientType()).isEqualTo(ClientProxy.class);
    }

    private static String reason(MethodDescriptor method) {
        try {
            method.invoke(new NamedHub(), new Object[0]);
            return "it was called";
        } catch (Throwable thrown) {
            return thrown.getMessage();
        }
    }
}
