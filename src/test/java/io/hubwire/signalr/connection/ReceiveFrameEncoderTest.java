package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.Batches;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.security.GroupsToken;
import io.hubwire.signalr.security.KeyRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a frame says besides its messages, and to whom. */
class ReceiveFrameEncoderTest {
    private static final Pattern GROUPS = Pattern.compile("\"G\":\"([^\"]+)\"");

    private final KeyRing keys = KeyRing.random();
    private final StorySubscription subscription = new StorySubscription(new ArrayList<>(), () -> {});
    private final Batch batch = Batches.of("e-1", "1", "\"two\"");

    private ReceiveFrameEncoder encoder(Duration pollDelay, String... groups) {
        List<Membership> joined =
                List.of(groups).stream().map(group -> new Membership(group, 1)).toList();
        return new ReceiveFrameEncoder("c1", keys, joined, pollDelay);
    }

    private String encoded(ReceiveFrameEncoder encoder) {
        return encoder.encode(batch, subscription, false).string();
    }

    /** The groups that the frame's token names; empty when it has none. */
    private Optional<List<String>> groups(String frame) {
        Matcher token = GROUPS.matcher(frame);
        return token.find()
                ? GroupsToken.unprotect(keys, token.group(1), "c1").map(claims -> claims.groups().stream()
                        .map(GroupsToken.Group::name)
                        .toList())
                : Optional.empty();
    }

    @Test
    void encode_withNothingForThisClientAlone_isOneFrameForAllThatGetTheBatch() {
        WireText first = encoder(Duration.ZERO).encode(batch, subscription, false);
        WireText second = encoder(Duration.ZERO).encode(batch, subscription, false);

        assertThat(first.string()).isEqualTo("{\"C\":\"e-1\",\"M\":[1,\"two\"]}");
        assertThat(second).isSameAs(first);
    }

    @Test
    void encode_withSomethingForThisClientAlone_leavesTheFrameOfTheOthersAlone() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO);
        encoder.initialize();

        assertThat(encoded(encoder)).isEqualTo("{\"C\":\"e-1\",\"S\":1,\"M\":[1,\"two\"]}");
        assertThat(encoded(encoder(Duration.ZERO))).isEqualTo("{\"C\":\"e-1\",\"M\":[1,\"two\"]}");
    }

    @Test
    void initialize_isSaidOnce() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO);
        encoder.initialize();
        encoded(encoder);

        assertThat(encoded(encoder)).doesNotContain("\"S\"");
    }

    @Test
    void reconnect_isSaidInTheFrameThatIsAskedFor() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO);

        assertThat(encoder.encode(batch, subscription, true).string())
                .isEqualTo("{\"C\":\"e-1\",\"T\":1,\"M\":[1,\"two\"]}");
        assertThat(encoded(encoder)).doesNotContain("\"T\"");
    }

    @Test
    void pollDelay_isSaidInEveryFrame_alsoInAnEmptyOne() {
        ReceiveFrameEncoder encoder = encoder(Duration.ofMillis(250));

        assertThat(encoded(encoder)).isEqualTo("{\"C\":\"e-1\",\"L\":250,\"M\":[1,\"two\"]}");
        assertThat(encoder.encodeEmpty(subscription, false).string())
                .isEqualTo("{\"C\":\"" + StorySubscription.CURSOR + "\",\"L\":250,\"M\":[]}");
    }

    @Test
    void groups_thatHaveMovedToWhatTheyWere_areNotSaid() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO, "a", "b");
        subscription.joined("b", "a");
        encoder.groupsMoved();

        assertThat(encoded(encoder)).isEqualTo("{\"C\":\"e-1\",\"M\":[1,\"two\"]}");
    }

    @Test
    void groups_thatHaveMoved_areSaidOnce() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO);
        subscription.joined("a", "b");
        encoder.groupsMoved();

        assertThat(groups(encoded(encoder))).contains(List.of("a", "b"));
        encoder.groupsMoved();
        assertThat(encoded(encoder)).doesNotContain("\"G\"");
    }

    @Test
    void groups_leftSinceTheTokenWasIssued_areSaidInTheFirstFrame() {
        ReceiveFrameEncoder encoder = encoder(Duration.ZERO, "a", "b");
        subscription.joined("b");

        assertThat(groups(encoded(encoder))).contains(List.of("b"));
    }
}
