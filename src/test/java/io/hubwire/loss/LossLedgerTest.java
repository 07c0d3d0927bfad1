package io.hubwire.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants each mistake that the ledger is there to find. */
class LossLedgerTest {
    private final LossLedger ledger = new LossLedger();

    @BeforeEach
    void publish() {
        ledger.expect("alice", Set.of("all", "room"));
        ledger.expect("bob", Set.of("all"));
        for (int number = 0; number < 10; number++) {
            ledger.published("all", number, 100 + 10 * number);
            ledger.published("room", number, 105 + 10 * number);
        }
        receive("bob", "all", 0, 10);
    }

    @Test
    void everythingOnceAndInOrder_isNoComplaint() {
        receiveAll();

        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.behind()).isEmpty();
        assertThat(ledger.received()).isEqualTo(30);
    }

    @Test
    void lostInTheMiddle_isFound() {
        receive("alice", 0, 4);
        ledger.received("alice", "all", 4);
        receive("alice", 5, 10);

        assertThat(ledger.complaints()).singleElement().asString().contains("alice never received room 4 (offset 145)");
        assertThat(ledger.missing()).isEqualTo(1);
    }

    @Test
    void lostAtTheEnd_isFound() {
        receive("alice", 0, 9);
        ledger.received("alice", "all", 9);

        assertThat(ledger.complaints()).singleElement().asString().contains("alice never received room 9");
        assertThat(ledger.behind()).containsExactly("alice room 9");
    }

    @Test
    void doubled_isFound() {
        receive("alice", 0, 4);
        ledger.received("alice", "room", 3);
        receive("alice", 4, 10);

        assertThat(ledger.complaints()).containsExactly("alice received room 3 twice");
    }

    @Test
    void swapped_inOneStream_isFound() {
        receive("alice", 0, 4);
        ledger.received("alice", "all", 5);
        ledger.received("alice", "all", 4);
        ledger.received("alice", "room", 4);
        ledger.received("alice", "room", 5);
        receive("alice", 6, 10);

        assertThat(ledger.complaints()).contains("alice received all 4 after a later one");
    }

    @Test
    void swapped_betweenStreams_isFound() {
        receive("alice", 0, 4);
        ledger.received("alice", "room", 4);
        ledger.received("alice", "all", 4);
        receive("alice", 5, 10);

        assertThat(ledger.complaints()).containsExactly("alice received all 4 after a later message of another stream");
    }

    @Test
    void lossThatIsTold_isNoComplaint() {
        receive("alice", 0, 4);
        receive("alice", 7, 10);
        ledger.reported("alice", gap(135, 165, 6));

        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.missing()).isEqualTo(6);
        assertThat(ledger.gaps()).isEqualTo(1);
    }

    @Test
    void lossAtTheEndThatIsTold_isNoComplaint_andNotWaitedFor() {
        receive("alice", 0, 9);
        ledger.received("alice", "all", 9);
        ledger.reported("alice", gap(190, 195, 1));

        assertThat(ledger.complaints()).isEmpty();
        assertThat(ledger.behind()).isEmpty();
    }

    @Test
    void lossThatIsToldTwice_isNoComplaint() {
        receive("alice", 0, 4);
        receive("alice", 7, 10);
        ledger.reported("alice", gap(135, 155, 4));
        ledger.reported("alice", gap(135, 165, 6));

        assertThat(ledger.complaints()).isEmpty();
    }

    @Test
    void lossThatIsToldInPart_isFound() {
        receive("alice", 0, 4);
        receive("alice", 7, 10);
        ledger.reported("alice", gap(135, 160, 5));

        assertThat(ledger.complaints()).singleElement().asString().contains("never received room 6");
    }

    @Test
    void lossThatHidesInAnothersGap_isFound() {
        receive("alice", 0, 4);
        receive("alice", 7, 10);
        ledger.reported("alice", gap(135, 165, 5));

        assertThat(ledger.complaints())
                .singleElement()
                .asString()
                .startsWith("alice lost 6 messages, but was told of 5");
    }

    @Test
    void lossThatIsToldToAnother_isFoundTwice() {
        receive("alice", 0, 9);
        ledger.received("alice", "room", 9);
        ledger.reported("bob", gap(185, 190, 1));

        assertThat(ledger.complaints())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("alice never received all 9"))
                .anyMatch(text -> text.startsWith("bob was told of a loss that is none"));
    }

    @Test
    void falseGap_isFound_ofAnySize() {
        receiveAll();
        ledger.reported("alice", gap(135, 165, 6));
        ledger.reported("bob", new LossLedger.Gap(OptionalLong.empty(), 500, OptionalLong.empty()));

        assertThat(ledger.complaints()).hasSize(2).allMatch(text -> text.contains("was told of a loss that is none"));
    }

    @Test
    void gapThatIsTooLarge_isFound() {
        receive("alice", 0, 4);
        receive("alice", 7, 10);
        ledger.reported("alice", gap(135, 165, 7));

        assertThat(ledger.complaints()).singleElement().asString().contains("missing there: 6");
    }

    @Test
    void strangersMessage_isFound() {
        receiveAll();
        ledger.received("bob", "room", 3);

        assertThat(ledger.complaints()).containsExactly("bob received room 3, which is not for it");
    }

    private void receiveAll() {
        receive("alice", 0, 10);
    }

    private void receive(String client, int from, int to) {
        for (int number = from; number < to; number++) {
            ledger.received(client, "all", number);
            ledger.received(client, "room", number);
        }
    }

    private void receive(String client, String stream, int from, int to) {
        for (int number = from; number < to; number++) {
            ledger.received(client, stream, number);
        }
    }

    private static LossLedger.Gap gap(long from, long to, long count) {
        return new LossLedger.Gap(OptionalLong.of(from), to, OptionalLong.of(count));
    }
}
