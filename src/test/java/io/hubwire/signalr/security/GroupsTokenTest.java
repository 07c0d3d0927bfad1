package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.security.GroupsToken.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupsTokenTest {
    private static final String ID = "bd830ea2-4580-4132-bc3b-393210c06eac";
    private final KeyRing keys = KeyRing.random();

    private static GroupsToken withGroups(int count, int nameLength) {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(
                    new Group(new StringBuilder(String.format("%05d", i)).reverse() + "x".repeat(nameLength - 5), i));
        }
        return new GroupsToken(ID, "e-" + count, groups);
    }

    private void assertRoundTrips(GroupsToken token) {
        assertThat(GroupsToken.unprotect(keys, token.protect(keys), token.connectionId()))
                .hasValue(token);
    }

    @Test
    void unprotect_severalGroups_roundTripsSorted() {
        GroupsToken token =
                new GroupsToken(ID, "e-1000", List.of(new Group("ChatHub.room2", 990), new Group("ChatHub.room1", 7)));
        assertThat(token.groups()).extracting(Group::name).containsExactly("ChatHub.room1", "ChatHub.room2");
        assertRoundTrips(token);
    }

    @Test
    void unprotect_noGroups_roundTrips() {
        assertRoundTrips(new GroupsToken(ID, "", List.of()));
    }

    @Test
    void unprotect_oddNamesAndOffsets_roundTrip() {
        assertRoundTrips(new GroupsToken(
                ID,
                "cursor-\u00e9",
                List.of(
                        new Group("", 0),
                        new Group("H.a:b,\"c\" |\\", Long.MIN_VALUE),
                        new Group("H.\ud83d\ude00", -1),
                        new Group("H.\ud83d\ude01", 5),
                        new Group("H.日本", Long.MAX_VALUE))));
        assertRoundTrips(new GroupsToken(ID, "e", List.of(new Group("a", Long.MAX_VALUE))));
    }

    @Test
    void unprotect_randomSets_roundTrip() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            List<Group> groups = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                StringBuilder name = new StringBuilder("Hub.");
                random.ints(random.nextInt(8), 'a', 'd').forEach(name::appendCodePoint);
                groups.add(new Group(name.toString(), random.nextLong()));
            }
            assertRoundTrips(new GroupsToken(ID, Long.toHexString(random.nextLong()), groups));
        }
    }

    @Test
    void unprotect_connectionId_ignoresCaseAndRefusesOthers() {
        String token = new GroupsToken(ID, "e-1", List.of()).protect(keys);
        assertThat(GroupsToken.unprotect(keys, token, ID.toUpperCase(java.util.Locale.ROOT)))
                .isPresent();
        assertThat(GroupsToken.unprotect(keys, token, "bd830ea2-4580-4132-bc3b-393210c06ead"))
                .isEmpty();
        assertThat(GroupsToken.unprotect(keys, token, "")).isEmpty();
    }

    @Test
    void unprotect_connectionToken_isEmpty() {
        assertThat(GroupsToken.unprotect(keys, new ConnectionToken(ID, "").protect(keys), ID))
                .isEmpty();
    }

    @Test
    void unprotect_damagedContent_isEmpty() {
        DataProtector protector = keys.protector(GroupsToken.PURPOSE);
        byte[] whole = protector
                .unprotect(new GroupsToken(ID, "e-12C", List.of(new Group("Hub.a", 1), new Group("Hub.b", 2)))
                        .protect(keys))
                .orElseThrow();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(GroupsToken.unprotect(keys, protector.protect(cut), ID)).isEmpty();
        }
        Random random = new Random(13);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertThat(GroupsToken.unprotect(keys, protector.protect(bytes), ID))
                    .isEmpty();
        }
        assertThat(GroupsToken.unprotect(keys, protector.protect("\uffff".getBytes(UTF_8)), ID))
                .isEmpty();
    }

    @Test
    void protect_manySimilarGroups_staysShort() {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            groups.add(new Group("ChatHub.conversation-" + (100 + i), 1_000_000 + i));
        }
        assertThat(new GroupsToken(ID, "e-F4240", groups).protect(keys).length())
                .isLessThan(900);
    }

    @Test
    void bytes_isWhatProtectionStartsFrom() {
        GroupsToken token = withGroups(400, 20);
        assertThat(keys.protector(GroupsToken.PURPOSE)
                        .unprotect(token.protect(keys))
                        .orElseThrow())
                .hasSize(token.bytes());
    }

    @Test
    void bytes_withoutOneOfTheGroups_neverMore() {
        Random random = new Random(17);
        for (int round = 0; round < 300; round++) {
            List<Group> groups = new ArrayList<>();
            for (int i = 2 + random.nextInt(20); i > 0; i--) {
                StringBuilder name = new StringBuilder("Hub.");
                random.ints(random.nextInt(300), 'a', 'c').forEach(name::appendCodePoint);
                groups.add(new Group(name.toString(), random.nextLong() >>> (1 + random.nextInt(60))));
            }
            int all = new GroupsToken(ID, "e-1", groups).bytes();
            groups.remove(random.nextInt(groups.size()));
            assertThat(new GroupsToken(ID, "e-1", groups).bytes()).isLessThanOrEqualTo(all);
        }
    }

    @Test
    void bytes_unrelatedNames_boundsTheirNumber() {
        assertThat(withGroups(400, 20).bytes()).isLessThan(GroupsToken.MAX_BYTES);
        assertThat(withGroups(800, 20).bytes()).isGreaterThan(GroupsToken.MAX_BYTES);
    }
}
