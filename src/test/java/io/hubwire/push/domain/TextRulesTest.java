package io.hubwire.push.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice", " Alice ", "ALICE"})
    void userName_caseAndSpaces_dontCount(String typed) {
        assertThat(UserName.canonical(typed)).contains("alice");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"-a", "a b", "a/b", "al\u00efce", "a\u0000"})
    void userName_otherCharacters_isNone(String typed) {
        assertThat(UserName.canonical(typed)).isEmpty();
    }

    @Test
    void userName_length_isLimited() {
        assertThat(UserName.canonical("a".repeat(64))).isPresent();
        assertThat(UserName.canonical("a".repeat(65))).isEmpty();
    }

    @Test
    void note_lineBreaksAndTricks_becomeOneHonestLine() {
        assertThat(Note.clean(" first\r\nsecond\tthird\u202E\u0000 ")).isEqualTo("first second third");
    }

    @Test
    void uploadLimits_room_endsAtTheLimit() {
        var limits = new UploadLimits(10, 3, 25);
        assertThat(limits.leaveRoomFor(10, 2, 15)).isTrue();
        assertThat(limits.leaveRoomFor(10, 2, 16)).isFalse();
        assertThat(limits.leaveRoomFor(1, 3, 0)).isFalse();
    }

    @Test
    void uploadLimits_totalBelowOneFile_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UploadLimits(10, 1, 9))
                .withMessageContaining("10, 1, 9");
    }

    @Test
    void account_text_hidesThePasswordHash() {
        var account = new Account(new Person("bob", "Bob Baker"), "$2a$secret", Set.of("user"));
        assertThat(account.toString()).contains("bob").doesNotContain("secret");
    }
}
