package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.JsonBindingException;
import io.hubwire.signalr.protocol.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTrackerTest {

    public record Point(int x, int y) {}

    private final StateTracker state = tracker("{\"name\":\"n1\",\"count\":3,\"at\":{\"x\":1,\"y\":2}}");

    private static StateTracker tracker(String sent) {
        return new StateTracker(JsonBinding.standard(), sent == null ? null : RawJson.parse(sent));
    }

    private static String changes(StateTracker state) {
        return state.changes().map(RawJson::text).orElse("none");
    }

    /* --- reading --- */

    @Test
    void get_whatTheClientSent_isThere() {
        assertThat(state.get("name")).isEqualTo("n1");
        assertThat(state.get("count")).isEqualTo(3L);
        assertThat(state.get("count", int.class)).isEqualTo(3);
        assertThat(state.get("at")).isEqualTo(Map.of("x", 1L, "y", 2L));
        assertThat(state.get("at", Point.class)).isEqualTo(new Point(1, 2));
    }

    @Test
    void get_byANameInAnotherCase_findsNothingOfWhatWasSent() {
        assertThat(state.get("NAME")).isNull();
    }

    @Test
    void get_whatIsNotThere_isNull() {
        assertThat(state.get("nosuch")).isNull();
        assertThat(tracker(null).get("name", String.class)).isNull();
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> state.get("nosuch", int.class));
    }

    @Test
    void get_asATypeThatDoesNotFit_isRefused() {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> state.get("name", int.class));
    }

    @Test
    void get_whatWasSet_findsItInAnyCase() {
        state.set("Name", "n2");
        assertThat(state.get("NAME")).isEqualTo("n2");
    }

    /* --- writing --- */

    @Test
    void changes_ofNothing_areNone() {
        assertThat(changes(state)).isEqualTo("none");
        assertThat(changes(tracker(null))).isEqualTo("none");
        assertThat(changes(tracker("{}"))).isEqualTo("none");
    }

    @Test
    void changes_areWhatDiffers_inTheOrderInWhichItWasSet() {
        state.set("zebra", true);
        state.set("name", "n2");
        state.set("count", 3);
        state.set("at", new Point(1, 2));
        state.set("zebra", false);

        assertThat(changes(state)).isEqualTo("{\"zebra\":false,\"name\":\"n2\"}");
        assertThat(changes(state)).as("told again, as often as it is asked").contains("zebra");
    }

    @Test
    void changes_setUnderTwoSpellings_areOneUnderTheFirst() {
        state.set("Company", "a");
        state.set("COMPANY", "b");
        assertThat(changes(state)).isEqualTo("{\"Company\":\"b\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name   | {"name":null}
            nosuch | none
            """)
    void changes_setToNull_areToldWhereThereWasSomething(String name, String expected) {
        state.set(name, null);
        assertThat(changes(state)).isEqualTo(expected);
    }

    @Test
    void changes_takenBack_areNone() {
        state.set("name", "n2");
        state.set("name", "n1");
        assertThat(changes(state)).isEqualTo("none");
    }

    @Test
    void set_aValueThatChangesLater_keepsItAsItWas() {
        List<String> list = new ArrayList<>(List.of("as it was"));
        state.set("list", list);
        list.add("later");
        assertThat(changes(state)).isEqualTo("{\"list\":[\"as it was\"]}");
        assertThat(((List<?>) state.get("list"))).hasSize(1);
    }

    @Test
    void set_whatCannotBeSerialized_isRefusedAndChangesNothing() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> state.set("name", endless));
        assertThatNullPointerException().isThrownBy(() -> state.set(null, 1));
        assertThat(changes(state)).isEqualTo("none");
    }

    @Test
    void set_byManyThreads_losesNothing() {
        CompletableFuture<?>[] setters = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> state.set("key" + i, i)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(setters).join();
        assertThat(Arrays.stream(changes(state).split(",", -1))).hasSize(8);
    }
}
