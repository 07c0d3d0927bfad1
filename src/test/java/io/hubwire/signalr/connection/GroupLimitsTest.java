package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.bus.Cursor;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.security.GroupsToken;
import io.hubwire.signalr.security.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupLimitsTest {
    private static final String ID = "bd830ea2-4580-4132-bc3b-393210c06eac";
    private static final GroupLimits LIMITS = new GroupLimits(ID, 512);

    @Test
    void refusal_asManyGroupsAsAllowedAndOneMore_namesBothNumbers() {
        assertThat(LIMITS.refusal(groups(512))).isEmpty();
        assertThat(LIMITS.refusal(groups(513)))
                .hasValue("A connection can be in at most 512 groups; this one would be in 513.");
    }

    @Test
    void refusal_asManyBytesAsATokenCarriesAndOneMore_namesBothNumbers() {
        List<Membership> full = filledUp();
        assertThat(LIMITS.refusal(full)).isEmpty();

        Membership last = full.remove(full.size() - 1);
        full.add(new Membership(last.topic() + "x", last.joinedAt()));
        assertThat(LIMITS.refusal(full))
                .hasValue(
                        "The groups of a connection can take at most 12288 bytes of its groups token; these 2 would take"
                                + " 12289.");
    }

    @Test
    void token_ofGroupsThatWereLetIn_staysWithinTheLimitWhateverTheCursor() {
        GroupsToken token = GroupLimits.token(ID, new Cursor(Long.MAX_VALUE, Long.MAX_VALUE).text(), filledUp());
        assertThat(token.bytes()).isEqualTo(GroupsToken.MAX_BYTES);
        KeyRing keys = KeyRing.random();
        assertThat(GroupsToken.unprotect(keys, token.protect(keys), ID)).hasValue(token);
    }

    /** Two groups that take exactly what there is. */
    private static List<Membership> filledUp() {
        Membership room = new Membership("hg-Chat.room", 7);
        String name = "hg-Chat.z";
        while (LIMITS.refusal(List.of(room, new Membership(name + "z", 8))).isEmpty()) {
            name += "z";
        }
        return new ArrayList<>(List.of(room, new Membership(name, 8)));
    }

    private static List<Membership> groups(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Membership("hg-Chat.room" + i, i))
                .toList();
    }
}
