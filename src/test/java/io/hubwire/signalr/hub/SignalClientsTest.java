package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.hubwire.signalr.hub.RecordingPublisher.Publication;
import io.hubwire.signalr.protocol.JsonBindingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignalClientsTest {
    private static final String ME = HubKit.CONNECTION;

    @HubName("demo")
    public static class DemoHub extends Hub {
        private static Function<HubCallerClients<ClientProxy>, ClientProxy> selector;
        private static Consumer<GroupManager> change;

        public CompletionStage<Void> select() {
            return selector.apply(clients()).invoke("signal", "g");
        }

        public void group() {
            change.accept(groups());
        }
    }

    private final HubKit kit = HubKit.detailed(DemoHub.class);
    private final HubContext<ClientProxy> context =
            kit.deployment().connectionManager().hubContext(DemoHub.class);

    private List<Publication> selectInHub(Function<HubCallerClients<ClientProxy>, ClientProxy> selector) {
        DemoHub.selector = selector;
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"select\",\"I\":0}")).isEqualTo("{\"I\":\"0\"}");
        return kit.publisher().published();
    }

    /* --- selectors, inside and outside of a hub --- */

    static Stream<Arguments> selectors() {
        return Stream.of(
                selector("all", HubClients::all, Set.of(), "h-demo"),
                selector("allExcept", c -> c.allExcept("a", "b", "a"), Set.of("a", "b"), "h-demo"),
                selector("allExcept none", c -> c.allExcept(), Set.of(), "h-demo"),
                selector("client", c -> c.client("a"), Set.of(), "hc-demo.a"),
                selector("clients", c -> c.clients(List.of("a", "b")), Set.of(), "hc-demo.a", "hc-demo.b"),
                selector("group", c -> c.group("r 1"), Set.of(), "hg-demo.r 1"),
                selector("group except", c -> c.group("r", "a"), Set.of("a"), "hg-demo.r"),
                selector("groups", c -> c.groups(List.of("r", "s"), "a"), Set.of("a"), "hg-demo.r", "hg-demo.s"),
                selector("user", c -> c.user("alice"), Set.of(), "hu-demo.alice"),
                selector("user without a name", c -> c.user(""), Set.of(), "hu-demo."),
                selector("users", c -> c.users(List.of("alice", "bob")), Set.of(), "hu-demo.alice", "hu-demo.bob"));
    }

    private static Arguments selector(
            String name,
            Function<HubClients<ClientProxy>, ClientProxy> selector,
            Set<String> exclusions,
            String... signals) {
        return Arguments.of(name, selector, exclusions, List.of(signals));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("selectors")
    void V67_V69_V70_V71_select_insideAHub_publishesOnceForEachSignal(
            String name,
            Function<HubClients<ClientProxy>, ClientProxy> selector,
            Set<String> exclusions,
            List<String> signals) {
        assertPublished(selectInHub(selector::apply), exclusions, signals);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("selectors")
    void select_outsideAHub_publishesTheSame(
            String name,
            Function<HubClients<ClientProxy>, ClientProxy> selector,
            Set<String> exclusions,
            List<String> signals) {
        assertThat(selector.apply(context.clients()).invoke("signal", "g")).isCompleted();
        assertPublished(kit.publisher().published(), exclusions, signals);
    }

    static Stream<Arguments> callerSelectors() {
        return Stream.of(
                callerSelector("caller", HubCallerClients::caller, Set.of(), "hc-demo." + ME),
                callerSelector("others", HubCallerClients::others, Set.of(ME), "h-demo"),
                callerSelector("othersInGroup", c -> c.othersInGroup("r"), Set.of(ME), "hg-demo.r"),
                callerSelector(
                        "othersInGroups",
                        c -> c.othersInGroups(List.of("r", "s")),
                        Set.of(ME),
                        "hg-demo.r",
                        "hg-demo.s"));
    }

    private static Arguments callerSelector(
            String name,
            Function<HubCallerClients<ClientProxy>, ClientProxy> selector,
            Set<String> exclusions,
            String... signals) {
        return Arguments.of(name, selector, exclusions, List.of(signals));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callerSelectors")
    void V69_select_byTheCaller_namesOrExcludesItsConnection(
            String name,
            Function<HubCallerClients<ClientProxy>, ClientProxy> selector,
            Set<String> exclusions,
            List<String> signals) {
        assertPublished(selectInHub(selector), exclusions, signals);
    }

    private static void assertPublished(List<Publication> published, Set<String> exclusions, List<String> signals) {
        assertThat(published).extracting(Publication::signal).isEqualTo(signals);
        assertThat(published).allSatisfy(publication -> {
            assertThat(publication.exclusions()).isEqualTo(exclusions);
            assertThat(publication.payload()).isEqualTo("{\"H\":\"demo\",\"M\":\"signal\",\"A\":[\"g\"]}");
        });
    }

    @Test
    void V70_select_nobody_publishesNothing() {
        HubClients<ClientProxy> clients = context.clients();
        for (ClientProxy nobody :
                List.of(clients.clients(List.of()), clients.groups(List.of()), clients.users(List.of()))) {
            assertThat(nobody.invoke("signal")).isCompletedWithValue(null);
        }
        assertThat(kit.publisher().published()).isEmpty();
    }

    static Stream<Arguments> nameless() {
        return Stream.of((String) null, "").flatMap(id -> Stream.<Consumer<HubClients<ClientProxy>>>of(
                        c -> c.client(id),
                        c -> c.clients(Arrays.asList("a", id)),
                        c -> c.group(id),
                        c -> c.groups(Arrays.asList("r", id)),
                        c -> c.allExcept("a", id),
                        c -> c.group("r", id))
                .map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("nameless")
    void select_withoutAnIdOrAName_isRefused(Consumer<HubClients<ClientProxy>> selector) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selector.accept(context.clients()))
                .withMessageStartingWith("Argument cannot be null or empty: ");
    }

    static Stream<Arguments> nulls() {
        return Stream.<Consumer<HubClients<ClientProxy>>>of(
                        c -> c.clients(null),
                        c -> c.groups(null),
                        c -> c.users(null),
                        c -> c.user(null),
                        c -> c.users(Arrays.asList("alice", null)),
                        c -> c.allExcept((String[]) null))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void select_nullForAListOrAUser_isRefused(Consumer<HubClients<ClientProxy>> selector) {
        assertThatNullPointerException().isThrownBy(() -> selector.accept(context.clients()));
    }

    /* --- payloads --- */

    @Test
    void invoke_withManyArguments_writesThemInOrder() {
        context.clients().all().invoke("CamelCaseMe", 1, "two", null, true, List.of(1, 2));
        context.clients().all().invoke("noArgs");
        context.clients().all().invoke("oneNull", (Object[]) null);

        assertThat(kit.publisher().published())
                .extracting(Publication::payload)
                .containsExactly(
                        "{\"H\":\"demo\",\"M\":\"CamelCaseMe\",\"A\":[1,\"two\",null,true,[1,2]]}",
                        "{\"H\":\"demo\",\"M\":\"noArgs\",\"A\":[]}",
                        "{\"H\":\"demo\",\"M\":\"oneNull\",\"A\":[null]}");
    }

    @Test
    void invoke_withAnArgumentThatChangesLater_sendsItAsItWas() {
        List<String> names = new ArrayList<>(List.of("as it was"));
        context.clients().all().invoke("names", names);
        names.set(0, "changed");

        assertThat(kit.publisher().published().get(0).payload()).contains("as it was");
    }

    @Test
    void invoke_withAnArgumentThatCannotBeSerialized_throwsAndPublishesNothing() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> context.clients().clients(List.of("a", "b")).invoke("signal", endless));
        assertThat(kit.publisher().published()).isEmpty();
    }

    @Test
    void invoke_withoutAMethodName_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> context.clients().all().invoke(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.clients().all().invoke(""));
    }

    @Test
    void invoke_whileTheBusIsDown_failsItsStage() {
        kit.publisher().failWith(new IllegalStateException("the bus is down"));

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> context.clients()
                        .clients(List.of("a", "b"))
                        .invoke("signal")
                        .toCompletableFuture()
                        .join())
                .withMessageContaining("the bus is down");
    }

    /* --- groups --- */

    private void changeInHub(Consumer<GroupManager> change) {
        DemoHub.change = change;
        assertThat(kit.call("{\"H\":\"demo\",\"M\":\"group\",\"I\":0}")).isEqualTo("{\"I\":\"0\"}");
    }

    @Test
    void groups_insideAndOutsideAHub_joinAndLeaveByFullSignal() {
        changeInHub(groups -> {
            groups.add("a", "room 1");
            groups.remove("a", "");
        });
        context.groups().add("b", "room 1");

        assertThat(kit.publisher().memberships())
                .containsExactly("+a hg-demo.room 1", "-a hg-demo.", "+b hg-demo.room 1");
    }

    @Test
    void groups_withoutAConnectionOrAGroup_areRefused() {
        GroupManager groups = context.groups();

        assertThatNullPointerException().isThrownBy(() -> groups.add(null, "r"));
        assertThatNullPointerException().isThrownBy(() -> groups.remove("a", null));
        assertThatIllegalArgumentException().isThrownBy(() -> groups.add("", "r"));
        assertThatCode(() -> groups.add("a", "")).doesNotThrowAnyException();
    }
}
