package io.hubwire.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants each mistake that the ledger is there to find. */
class DeliveryLedgerTest {
    private static final long BOUND = 1_000;

    private final DeliveryLedger ledger = new DeliveryLedger(BOUND);
    private final DeliveryLedger.Receiver alice = ledger.arrive("alice", Set.of("everyone", "room"));
    private final DeliveryLedger.Receiver bob = ledger.arrive("bob", Set.of("everyone"));

    @BeforeEach
    void bothAreHere() {
        ledger.expect(alice);
        ledger.expect(bob);
    }

    @Test
    void everythingOnce_isNoComplaint() {
        int all = ledger.publish("everyone", 0);
        int room = ledger.publish("room", 0);
        ledger.received(bob, all, 10);
        ledger.received(alice, room, 20);
        assertThat(ledger.isSettled()).isFalse();
        ledger.received(alice, all, BOUND);

        assertThat(ledger.isSettled()).isTrue();
        finish();
        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.totals()).isEqualTo(new DeliveryLedger.Totals(3, 0, 0, 0, 0, 0));
    }

    @Test
    void lost_isFound() {
        int all = ledger.publish("everyone", 0);
        ledger.received(bob, all, 10);
        finish();

        assertThat(ledger.complaints()).containsExactly("alice never got message 0 of everyone");
        assertThat(ledger.totals().lost()).isEqualTo(1);
    }

    @Test
    void lost_whileTheNextOnesCome_isFound() {
        ledger.publish("room", 0);
        ledger.check(BOUND + 1);
        ledger.received(alice, ledger.publish("room", BOUND + 1), BOUND + 2);

        assertThat(ledger.isSettled()).isFalse();
        finish();
        assertThat(ledger.complaints()).containsExactly("alice never got message 0 of room");
    }

    @Test
    void lost_justBeforeTheEnd_isFound() {
        ledger.publish("room", 0);
        ledger.finish();

        assertThat(ledger.complaints()).containsExactly("alice never got message 0 of room");
    }

    @Test
    void lost_byOneWhoLeavesAfterTheBound_isFound() {
        ledger.publish("room", 0);
        ledger.check(BOUND + 1);
        ledger.leave(alice);
        finish();

        assertThat(ledger.complaints()).containsExactly("alice never got message 0 of room");
        assertThat(ledger.totals().lost()).isEqualTo(1);
    }

    @Test
    void doubled_isFound() {
        int all = ledger.publish("everyone", 0);
        ledger.received(alice, all, 10);
        ledger.received(bob, all, 10);
        ledger.received(bob, all, 11);
        finish();

        assertThat(ledger.complaints()).containsExactly("bob got message 0 of everyone twice");
        assertThat(ledger.totals().doubled()).isEqualTo(1);
        assertThat(ledger.totals().delivered()).isEqualTo(2);
    }

    @Test
    void late_isFound_andNotLost() {
        int room = ledger.publish("room", 0);
        ledger.check(BOUND + 1);
        ledger.received(alice, room, 7_000_000);
        finish();

        assertThat(ledger.complaints()).containsExactly("alice got message 0 of room after 7 ms");
        assertThat(ledger.totals()).isEqualTo(new DeliveryLedger.Totals(1, 0, 0, 1, 0, 7));
    }

    @Test
    void strangersMessage_isFound() {
        int room = ledger.publish("room", 0);
        ledger.received(alice, room, 10);
        ledger.received(bob, room, 10);
        ledger.received(bob, MessageText.number("nobody has said this"), 10);
        ledger.received(bob, 17, 10);
        finish();

        assertThat(ledger.totals().foreign()).isEqualTo(3);
        assertThat(ledger.complaints())
                .containsExactly(
                        "bob got message 0, which is not for it",
                        "bob got message -1, which is not for it",
                        "bob got message 17, which is not for it");
    }

    @Test
    void whoComesOrGoes_neednotGetIt() {
        DeliveryLedger.Receiver coming = ledger.arrive("carol", Set.of("everyone"));
        int all = ledger.publish("everyone", 0);
        ledger.expect(coming);
        ledger.received(coming, all, 10);
        ledger.received(alice, all, 10);
        ledger.leave(bob);
        finish();

        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.totals().delivered()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBePublished_needNotCome() {
        ledger.withdraw(ledger.publish("everyone", 0));
        finish();

        assertThat(ledger.complaints()).isEmpty();
    }

    @Test
    void numbers_goThroughTexts() {
        assertThat(MessageText.number(MessageText.of(7))).isEqualTo(7);
        assertThat(MessageText.number(MessageText.fileName(1234))).isEqualTo(1234);
    }

    private void finish() {
        ledger.check(BOUND + 1);
        ledger.finish();
    }
}
