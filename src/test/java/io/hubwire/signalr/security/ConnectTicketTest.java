package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.signalr.security.ConnectTicket.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTicketTest {
    private static final Instant SOON = Instant.parse("2030-01-01T00:00:30Z");
    private static final Instant LATER = Instant.parse("2030-01-01T08:00:00Z");
    private static final Holder ALICE = new Holder(
            "alice:ä",
            Set.of("Admin", "user"),
            Map.of("department", List.of("sales", "law"), "badge", List.of()),
            LATER);

    private final KeyRing keys = KeyRing.random();

    private static Holder withClaim(int length) {
        return new Holder("a", Set.of(), Map.of("c", List.of("x".repeat(length))), LATER);
    }

    @Test
    void protect_unprotect_isTheSame() {
        ConnectTicket ticket = ConnectTicket.create(ALICE, "https://Example.com", SOON);

        assertThat(ConnectTicket.unprotect(keys, ticket.protect(keys))).contains(ticket);
        assertThat(ticket.origin()).isEqualTo("https://example.com:443");
    }

    @Test
    void ids_differ() {
        assertThat(ConnectTicket.create(ALICE, null, SOON).id())
                .isNotEqualTo(ConnectTicket.create(ALICE, null, SOON).id());
    }

    @Test
    void otherTokens_areNoTickets() {
        String ticket = ConnectTicket.create(ALICE, null, SOON).protect(keys);

        assertThat(ConnectTicket.unprotect(KeyRing.random(), ticket)).isEmpty();
        assertThat(ConnectTicket.unprotect(keys, ConnectionToken.create("alice").protect(keys)))
                .isEmpty();
        assertThat(ConnectionToken.unprotect(keys, ticket)).isEmpty();
        assertThat(ConnectTicket.unprotect(keys, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 60})
    void ourOwnBytes_butNoTicket_areNone(int length) {
        String token = keys.protector(ConnectTicket.PURPOSE).protect(new byte[length]);

        assertThat(ConnectTicket.unprotect(keys, token)).isEmpty();
    }

    @Test
    void beyondTheLimit_isRefused() {
        int room = ConnectTicket.MAX_BYTES;
        while (!fits(room)) {
            room--;
        }

        assertThat(room).isGreaterThan(1900);
        int oneMore = room + 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ConnectTicket.create(withClaim(oneMore), null, SOON).protect(keys))
                .withMessage("A connect ticket of 2049 bytes is too long for URLs, which take 2048:"
                        + " leave out claims that connections do not need.");
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectTicket.create(withClaim(70_000), null, SOON)
                .protect(keys));
    }

    private boolean fits(int length) {
        try {
            return !ConnectTicket.create(withClaim(length), null, SOON)
                    .protect(keys)
                    .isEmpty();
        } catch (IllegalArgumentException tooLong) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "example.com", "https://", "ftp://example.com", "https://a.example/path"})
    void whatIsNoOrigin_getsNoTicket(String origin) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectTicket.create(ALICE, origin, SOON));
    }

    @Test
    void nobody_getsNoTicket() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Holder("", Set.of(), Map.of(), LATER));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://example.com, https://EXAMPLE.com:443, true",
                "https://example.com, wss://example.com, true",
                "https://example.com, none, true",
                "none, none, true",
                "https://example.com, http://example.com, false",
                "https://example.com, https://example.com:8443, false",
                "https://example.com, https://www.example.com, false",
                "https://example.com, null, false",
                "https://example.com, '', false",
                "none, https://example.com, false",
            })
    void isGoodFrom_itsOwnOriginAlone(String issued, String used, boolean good) {
        assertThat(ConnectTicket.create(ALICE, issued, SOON).isGoodFrom(used)).isEqualTo(good);
    }

    @Test
    void text_tellsNothingButTheId() {
        ConnectTicket ticket = ConnectTicket.create(ALICE, "https://example.com", SOON);

        assertThat(ticket).hasToString("ConnectTicket[" + ticket.id() + "]");
    }
}
