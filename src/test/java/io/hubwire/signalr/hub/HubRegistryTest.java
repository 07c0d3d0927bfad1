package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubRegistryTest {

    public static class Zebra extends Hub {}

    @HubName("groupChat")
    public static class Chat extends Hub {}

    @HubName("GROUPCHAT")
    public static class Other extends Hub {}

    @ParameterizedTest
    @ValueSource(strings = {"groupChat", "groupchat", "GROUPCHAT"})
    void find_byNameInAnyCase_findsTheHub(String name) {
        assertThat(HubRegistry.of(List.of(Chat.class)).find(name))
                .hasValueSatisfying(hub -> assertThat(hub.type()).isEqualTo(Chat.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chat", "io.hubwire.signalr.hub.HubRegistryTest$Chat", ""})
    void find_byClassNameOfARenamedHub_findsNothing(String name) {
        assertThat(HubRegistry.of(List.of(Chat.class)).find(name)).isEmpty();
    }

    @Test
    void find_byClass_findsTheHub() {
        HubRegistry registry = HubRegistry.of(List.of(Chat.class));

        assertThat(registry.find(Chat.class)).isPresent();
        assertThat(registry.find(Zebra.class)).isEmpty();
    }

    @Test
    void hubs_areOrderedByName() {
        assertThat(HubRegistry.of(List.of(Zebra.class, Chat.class)).hubs())
                .extracting(HubDescriptor::name)
                .containsExactly("groupChat", "Zebra");
    }

    @Test
    void of_aClassFoundTwice_isOneHub() {
        assertThat(HubRegistry.of(List.of(Chat.class, Chat.class)).hubs()).hasSize(1);
    }

    @Test
    void of_twoHubsOfOneName_isRefusedNamingBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubRegistry.of(List.of(Chat.class, Other.class)))
                .withMessage("Two Hubs must not share the same name. '" + Chat.class.getName() + "' and '"
                        + Other.class.getName() + "' both share the name 'GROUPCHAT'.");
    }
}
