package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The members of a topic, who come and go all the time. */
class TopicTest {
    private final Topic topic = new Topic("mine", 32, 0, 0);

    @Test
    void remove_fromTheMiddle_othersStayMembers() {
        List<Link> members = join(4);

        topic.remove(members.get(1));
        topic.remove(members.get(3)); // has taken its place

        assertThat(topic.members()).containsExactlyInAnyOrder(members.get(0), members.get(2));
        topic.remove(members.get(0));
        topic.remove(members.get(2));
        assertThat(topic.hasMembers()).isFalse();
    }

    static Stream<List<Integer>> ordersOfLeaving() {
        return Stream.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 0, 2), List.of(2, 0, 1));
    }

    /** A member holds its client, with all that the container keeps for it. */
    @ParameterizedTest
    @MethodSource("ordersOfLeaving")
    void remove_whileAnotherStays_whoHasLeftIsNotHeld(List<Integer> order) {
        Link stays = join(1).get(0);

        List<WeakReference<Link>> gone = joinAndLeave(order);

        await().untilAsserted(() -> {
            System.gc();
            assertThat(gone).allSatisfy(link -> assertThat(link.get()).isNull());
        });
        assertThat(topic.members()).containsExactly(stays);
    }

    private List<WeakReference<Link>> joinAndLeave(List<Integer> order) {
        List<Link> members = join(order.size());
        order.forEach(which -> topic.remove(members.get(which)));
        List<WeakReference<Link>> gone = new ArrayList<>();
        members.forEach(link -> gone.add(new WeakReference<>(link)));
        return Collections.unmodifiableList(gone);
    }

    private List<Link> join(int count) {
        List<Link> members = Stream.generate(() -> new Link(null, topic, Link.ALWAYS))
                .limit(count)
                .toList();
        members.forEach(topic::add);
        return members;
    }
}
