package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is kept, what is let go of, and what is still known about it; offsets are 10, 20, 30 … */
class TailIndexTest {
    private static final int STEP = 10;
    private static final Duration AGE = Duration.ofSeconds(80);

    private BusConfig config = BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));
    private TailIndex index = new TailIndex(config, 0);
    private LogMark mark = new LogMark(0, 0, 0);
    private long offset;
    private long now;

    private void configure(UnaryOperator<BusConfig.Builder> change) {
        config = change.apply(config.with()).build();
        index = new TailIndex(config, 0);
    }

    /* --- limits --- */

    @Test
    void add_topicAtItsLimit_oldestOfThatTopicGoes() {
        configure(change -> change.messageBufferSize(32));
        add("other", 1);
        add("mine", 33);
        assertThat(topic("mine").payloads.first()).isEqualTo(1);
        assertThat(topic("mine").payloads.next()).isEqualTo(33);
        assertThat(topic("other").payloads.first()).isZero();
        assertThat(lost("mine", 0)).isEqualTo("1 up to 20");
        assertThat(lost("mine", 20)).isEqualTo("nothing");
        assertThat(lost("other", 0)).isEqualTo("nothing");
    }

    @Test
    void add_commands_areCountedApart() {
        configure(change -> change.messageBufferSize(32));
        add("mine", 1);
        for (int i = 0; i < 33; i++) {
            addMessage(Message.of("mine", new Command.Abort()));
        }
        assertThat(topic("mine").payloads.first()).isZero();
        assertThat(topic("mine").commands.first()).isEqualTo(1);
        assertThat(lost("mine", 0)).isEqualTo("nothing");
        assertThat(topic("mine").hasLostCommandsAfter(19)).isTrue();
        assertThat(topic("mine").hasLostCommandsAfter(20)).isFalse();
    }

    @Test
    void add_tailAtItsBytes_oldestOfAllGoes() {
        configure(change -> change.maxMessageBytes(1_000).tailBytes(4_000));
        add("first", 1);
        add("second", 1);
        assertThat(index.topicCount()).isEqualTo(2);
        addMessage(Message.of("large", new byte[3_700]));
        assertThat(index.knows("first")).isFalse();
        assertThat(index.knows("second")).isFalse();
        assertThat(index.topicCount()).isEqualTo(1);
    }

    @Test
    void evict_olderThanTheAge_goes() {
        add("mine", 1);
        now += AGE.toNanos();
        index.evictOlderThanAllowed(now);
        assertThat(index.knows("mine")).isTrue();
        now += 1;
        index.evictOlderThanAllowed(now);
        assertThat(index.knows("mine")).isFalse();
    }

    @Test
    void release_memberLeft_topicGoesOnlyWhenNothingIsHeld() {
        Topic topic = index.obtain("mine", now);
        Link link = new Link(null, topic, Link.ALWAYS);
        topic.add(link);
        add("mine", 1);
        topic.remove(link);
        index.release(topic, now);
        assertThat(index.knows("mine")).isTrue();
        now += AGE.toNanos() + 1;
        index.evictOlderThanAllowed(now);
        assertThat(index.knows("mine")).isFalse();
    }

    /* --- what is known of the lost --- */

    @Test
    void lost_vanishedTopic_itsTombstoneKnows() {
        fillAndForget("mine");
        assertThat(index.knows("mine")).isFalse();
        assertThat(lost("mine", 0)).isEqualTo("unknown up to 10");
        assertThat(lost("mine", 10)).isEqualTo("nothing");
        assertThat(lost("never seen", 0)).isEqualTo("nothing");
    }

    @Test
    void lost_tombstoneAsOldAsTheTail_isTheFloorForEveryone() {
        fillAndForget("mine");
        now += AGE.toNanos();
        index.evictOlderThanAllowed(now);
        assertThat(lost("never seen", 0))
                .as("young enough to be remembered by name")
                .isEqualTo("nothing");
        index.release(topic("never seen"), now);
        now += 1;
        index.evictOlderThanAllowed(now);
        long floor = 20; // the large one has grown old too
        assertThat(lost("mine", floor - 1)).isEqualTo("unknown up to 20");
        assertThat(lost("mine", floor)).isEqualTo("nothing");
        assertThat(lost("some other", floor - 1))
                .as("a cursor so old cannot be told better")
                .isEqualTo("unknown up to 20");
        assertThat(lost("yet another", floor)).isEqualTo("nothing");
    }

    @Test
    void lost_tooManyTombstones_theOldestBecomesTheFloor() {
        configure(change -> change.maxTopics(2).maxMessageBytes(1_000).tailBytes(4_000));
        for (String name : new String[] {"t1", "t2", "t3"}) {
            add(name, 1);
        }
        addMessage(Message.of("large", new byte[3_800]));
        assertThat(index.topicCount()).isEqualTo(1);
        assertThat(lost("t2", 10)).isEqualTo("unknown up to 20");
        assertThat(lost("t3", 10)).isEqualTo("unknown up to 30");
        assertThat(lost("t1", 9)).isEqualTo("unknown up to 10");
        assertThat(lost("never seen", 9)).isEqualTo("unknown up to 10");
        assertThat(lost("t1 again", 10)).isEqualTo("nothing");
    }

    @Test
    void lost_liveTopic_isNotConfusedByTheFloor() {
        configure(change -> change.maxMessageBytes(1_000).tailBytes(4_000));
        Topic mine = index.obtain("mine", now);
        mine.add(new Link(null, mine, Link.ALWAYS));
        add("other", 1);
        addMessage(Message.of("large", new byte[3_800]));
        now += AGE.toNanos() + 1;
        index.evictOlderThanAllowed(now);
        assertThat(lost("mine", 0)).isEqualTo("nothing");
        assertThat(lost("newcomer", 0)).isEqualTo("unknown up to 20");
    }

    @Test
    void lost_nodeThatBeganLater_knowsNothingOfWhatWasBefore() {
        index = new TailIndex(config, 500);
        assertThat(lost("any", 499)).isEqualTo("unknown up to 500");
        assertThat(lost("any", 500)).isEqualTo("nothing");
    }

    @Test
    void lost_moreThanCanBeCounted_isUnknownOnlyForOlderCursors() {
        configure(change -> change.messageBufferSize(32));
        add("mine", 100); // 32 held, 68 lost, the newest 32 of those are remembered one by one
        assertThat(lost("mine", 350)).isEqualTo("unknown up to 680");
        assertThat(lost("mine", 360)).isEqualTo("32 up to 680");
        assertThat(lost("mine", 670)).isEqualTo("1 up to 680");
        assertThat(lost("mine", 680)).isEqualTo("nothing");
    }

    @Test
    void lost_betweenJoinAndLeave_isCountedThereOnly() {
        configure(change -> change.messageBufferSize(32));
        add("mine", 50); // 10 … 180 are lost
        GapTally tally = new GapTally();
        topic("mine").tallyLost(20, 50, tally);
        assertThat(describe(tally)).isEqualTo("2 up to 40");
        GapTally none = new GapTally();
        topic("mine").tallyLost(20, 21, none);
        assertThat(describe(none)).isEqualTo("nothing");
    }

    /** The topic gets a message at offset 10, which a large one then drives out. */
    private void fillAndForget(String name) {
        configure(change -> change.maxMessageBytes(1_000).tailBytes(4_000));
        add(name, 1);
        addMessage(Message.of("large", new byte[3_800]));
    }

    private void add(String topic, int count) {
        for (int i = 0; i < count; i++) {
            addMessage(Message.of(topic, new byte[0]));
        }
    }

    private void addMessage(Message message) {
        offset += STEP;
        LogEntry entry = new LogEntry(offset, message, mark, now);
        mark = entry.mark;
        index.add(entry);
    }

    private Topic topic(String name) {
        return index.obtain(name, now);
    }

    private String lost(String name, long cursor) {
        GapTally tally = new GapTally();
        topic(name).tallyLost(cursor, Long.MAX_VALUE, tally);
        return describe(tally);
    }

    private static String describe(GapTally tally) {
        Optional<Gap> gap = tally.gap(OptionalLong.empty());
        return gap.map(found ->
                        (found.count().isPresent() ? found.count().getAsLong() : "unknown") + " up to " + found.to())
                .orElse("nothing");
    }
}
