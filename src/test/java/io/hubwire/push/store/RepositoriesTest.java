package io.hubwire.push.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.ConnectionLease;
import io.hubwire.push.domain.Follower;
import io.hubwire.push.domain.Following;
import io.hubwire.push.domain.LeaseHolder;
import io.hubwire.push.domain.Notification;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.kit.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepositoriesTest {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.678901Z");
    private static final LeaseHolder NODE = new LeaseHolder("node-1", 1);
    private static final LeaseHolder OTHER_NODE = new LeaseHolder("node-2", 1);

    private final Database database = TestDatabase.open("alice", "bob", "carol");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void accounts_added_areFoundWithTheirRoles() {
        assertStored(stored -> stored.accounts().find("alice")).isEqualTo(Optional.of(TestDatabase.account("alice")));
        assertStored(stored -> stored.accounts().find("nobody")).isEqualTo(Optional.empty());
    }

    @Test
    void accounts_sameNameTwice_isRefused() {
        assertThatThrownBy(() ->
                        database.runInTransaction(stored -> stored.accounts().add(TestDatabase.account("alice"), NOW)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void follows_set_replacesWhatWasThere() {
        follow("bob", "alice", Following.everything());
        follow("bob", "alice", Following.only(List.of(Category.MUSIC, Category.VIDEO)));
        follow("carol", "alice", Following.everything());

        assertStored(stored -> stored.follows().followersOf("alice"))
                .isEqualTo(List.of(
                        new Follower("bob", Following.only(List.of(Category.MUSIC, Category.VIDEO))),
                        new Follower("carol", Following.everything())));
        assertStored(stored -> stored.follows().followedBy("carol")).isEqualTo(Map.of("alice", Following.everything()));
        assertStored(stored -> stored.follows().followerCounts(List.of("alice", "bob")))
                .isEqualTo(Map.of("alice", 2L));
    }

    @Test
    void follows_setTwice_isTheSame() {
        follow("bob", "alice", Following.everything());
        follow("bob", "alice", Following.everything());

        assertStored(stored -> stored.follows().followersOf("alice"))
                .isEqualTo(List.of(new Follower("bob", Following.everything())));
    }

    @Test
    void follows_setToNothing_isGone() {
        follow("bob", "alice", Following.everything());
        follow("bob", "alice", Following.nothing());

        assertStored(stored -> stored.follows().followersOf("alice")).isEqualTo(List.of());
        assertStored(stored -> stored.follows().followedBy("bob")).isEqualTo(Map.of());
    }

    @Test
    void files_added_areReadBackAsTheyWere() {
        SharedFile file = file("alice", NOW);
        add(file);

        assertStored(stored -> stored.files().find(file.id())).isEqualTo(Optional.of(file));
        assertStored(stored -> stored.files().usage("alice")).isEqualTo(new SharedFiles.Usage(1, 1234));
        assertStored(stored -> stored.files().usage("bob")).isEqualTo(new SharedFiles.Usage(0, 0));
    }

    @Test
    void files_pages_followOneAnotherWithoutGap() {
        // Two of the same instant: the id decides.
        List<SharedFile> files =
                List.of(file("alice", NOW), file("alice", NOW), file("alice", NOW.plusSeconds(1)), file("bob", NOW));
        files.forEach(this::add);

        List<SharedFile> first = in(stored -> stored.files().newest("alice", 2));
        List<SharedFile> second = in(stored -> stored.files().before(first.get(1), 2));

        assertThat(first.get(0)).isEqualTo(files.get(2));
        assertThat(second).hasSize(1);
        assertThat(List.of(first.get(1), second.get(0))).containsExactlyInAnyOrder(files.get(0), files.get(1));
    }

    @Test
    void notifications_added_areUnreadUntilMarked() {
        SharedFile file = file("alice", NOW);
        add(file);
        List<Notification> told = in(stored -> stored.notifications().add(file.id(), List.of("bob", "carol"), NOW));

        assertThat(told).extracting(Notification::recipient).containsExactlyInAnyOrder("bob", "carol");
        assertThat(told)
                .allMatch(notification ->
                        !notification.read() && notification.file().equals(file));
        assertStored(stored -> stored.notifications().unread("bob")).isEqualTo(1L);
        assertStored(stored -> stored.notifications().wasTold("bob", file.id())).isEqualTo(true);
        assertStored(stored -> stored.notifications().wasTold("alice", file.id()))
                .isEqualTo(false);

        List<Long> all = told.stream().map(Notification::id).toList();
        database.runInTransaction(stored -> stored.notifications().markRead("bob", all, NOW));

        assertStored(stored -> stored.notifications().unread("bob")).isEqualTo(0L);
        assertStored(stored -> stored.notifications().unread("carol")).isEqualTo(1L);
    }

    @Test
    void notifications_sameFileTwice_isRefused() {
        SharedFile file = file("alice", NOW);
        add(file);
        in(stored -> stored.notifications().add(file.id(), List.of("bob"), NOW));

        assertThatThrownBy(() -> in(stored -> stored.notifications().add(file.id(), List.of("bob"), NOW)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void notifications_pages_areNewestFirst() {
        List<Long> ids = IntStream.range(0, 5).mapToObj(i -> notify("bob")).toList();

        List<Notification> first = in(stored -> stored.notifications().newest("bob", 2));
        List<Notification> second =
                in(stored -> stored.notifications().before("bob", first.get(1).id(), 10));

        assertThat(first).extracting(Notification::id).containsExactly(ids.get(4), ids.get(3));
        assertThat(second).extracting(Notification::id).containsExactly(ids.get(2), ids.get(1), ids.get(0));
    }

    @Test
    void notifications_moreRecipientsThanAStatementTakes_areAllTold() {
        List<String> crowd = IntStream.range(0, 1001).mapToObj(i -> "user" + i).toList();
        database.runInTransaction(
                stored -> crowd.forEach(name -> stored.accounts().add(TestDatabase.account(name), NOW)));
        SharedFile file = file("alice", NOW);
        add(file);

        assertStored(stored -> stored.notifications().add(file.id(), crowd, NOW).size())
                .isEqualTo(1001);
        assertStored(stored -> stored.notifications().recipientCounts(List.of(file.id())))
                .isEqualTo(Map.of(file.id(), 1001L));
    }

    @Test
    void connections_written_areLiveUntilTheyExpire() {
        write("bob", "c1", NODE, NOW.plusSeconds(10));
        write("bob", "c2", NODE, NOW.plusSeconds(20));

        assertThat(live(NOW.plusSeconds(10))).isEqualTo(Map.of("bob", List.of("c1", "c2")));
        assertThat(live(NOW.plusSeconds(11))).isEqualTo(Map.of("bob", List.of("c2")));
        assertStored(stored -> stored.connections().removeExpired(NOW.plusSeconds(11)))
                .isEqualTo(1);
    }

    @Test
    void connections_takenByAnotherNode_cantBeRemovedByTheFirst() {
        write("bob", "c1", NODE, NOW.plusSeconds(10));
        write("bob", "c1", OTHER_NODE, NOW.plusSeconds(10));

        database.runInTransaction(stored -> stored.connections().remove("bob", "c1", NODE));
        assertThat(live(NOW)).containsKey("bob");

        database.runInTransaction(stored -> stored.connections().remove("bob", "c1", OTHER_NODE));
        assertThat(live(NOW)).isEmpty();
    }

    @Test
    void connections_sameNodeOtherGeneration_cantBeRemovedButSwept() {
        LeaseHolder successor = new LeaseHolder(NODE.node(), 2);
        write("bob", "c1", NODE, NOW.plusSeconds(10));
        write("bob", "c2", successor, NOW.plusSeconds(10));
        write("bob", "c3", OTHER_NODE, NOW.plusSeconds(10));

        database.runInTransaction(stored -> stored.connections().remove("bob", "c1", successor));
        assertThat(live(NOW)).isEqualTo(Map.of("bob", List.of("c1", "c2", "c3")));

        database.runInTransaction(stored -> stored.connections().removeOtherGenerations(successor));
        assertThat(live(NOW)).isEqualTo(Map.of("bob", List.of("c2", "c3")));
    }

    @Test
    void connections_renew_concernsTheHolderAlone() {
        write("bob", "c1", NODE, NOW);
        write("bob", "c2", OTHER_NODE, NOW);

        assertStored(stored -> stored.connections().renew(NODE, NOW.plusSeconds(10)))
                .isEqualTo(1);
        assertThat(live(NOW.plusSeconds(5))).isEqualTo(Map.of("bob", List.of("c1")));
    }

    @Test
    void revokedTokens_afterTheirExpiry_areForgotten() {
        var revoked = new RevokedTokenStore(database);
        revoked.revoke("t1", NOW.plusSeconds(1));
        revoked.revoke("t1", NOW.plusSeconds(1));
        revoked.revoke("t2", NOW.plusSeconds(5));

        assertThat(revoked.isRevoked("t1")).isTrue();
        assertThat(revoked.isRevoked("t3")).isFalse();
        revoked.forgetExpired(NOW.plusSeconds(2));
        assertThat(revoked.isRevoked("t1")).isFalse();
        assertThat(revoked.isRevoked("t2")).isTrue();
    }

    private <T> ObjectAssert<T> assertStored(Function<Repositories, T> work) {
        return assertThatObject(in(work));
    }

    private <T> T in(Function<Repositories, T> work) {
        return database.inTransaction(work);
    }

    private void follow(String follower, String followee, Following following) {
        database.runInTransaction(stored -> stored.follows().set(follower, followee, following));
    }

    private void add(SharedFile file) {
        database.runInTransaction(stored -> stored.files().add(file));
    }

    private long notify(String recipient) {
        SharedFile file = file("alice", NOW);
        add(file);
        return in(stored -> stored.notifications().add(file.id(), List.of(recipient), NOW))
                .get(0)
                .id();
    }

    private void write(String user, String connection, LeaseHolder holder, Instant expiry) {
        database.runInTransaction(
                stored -> stored.connections().write(new ConnectionLease(user, connection, holder, expiry)));
    }

    private Map<String, List<String>> live(Instant now) {
        return in(stored -> stored.connections().live(Set.of("alice", "bob"), now));
    }

    private static SharedFile file(String owner, Instant at) {
        return new SharedFile(
                UUID.randomUUID(),
                new Person(owner, "The " + owner),
                "photo.png",
                1234,
                "image/png",
                Category.PICTURES,
                Optional.of("a note"),
                at);
    }
}
