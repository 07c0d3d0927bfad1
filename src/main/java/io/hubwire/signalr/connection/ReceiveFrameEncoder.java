package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.protocol.FrameWriter;
import io.hubwire.signalr.security.KeyRing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Encodes the frames of one receive request (protocol §4.1): the messages of a batch, and what is due to this client alone: that it is initialized, its
 * groups when they have changed, the delay of its next poll. Confined to the connection's loop.
 */
final class ReceiveFrameEncoder {
    private final String connectionId;
    private final KeyRing keys;
    private final Duration pollDelay;

    private Set<String> announcedGroups;
    private boolean groupsMoved; // since a frame last accounted for them
    private boolean initializing;

    /**
     * Nothing is due yet but a look at the groups.
     *
     * @param groups those the client comes with
     * @param pollDelay zero for none, and for what is no long poll
     */
    ReceiveFrameEncoder(String connectionId, KeyRing keys, List<Membership> groups, Duration pollDelay) {
        this.connectionId = connectionId;
        this.keys = keys;
        this.pollDelay = pollDelay;
        this.announcedGroups = topicsOf(groups);
        this.groupsMoved = !announcedGroups.isEmpty(); // the log may know of leaves since the token was issued
    }

    /** The next frame is the client's first. */
    void initialize() {
        initializing = true;
    }

    /** The next frame names the groups, if they are others than the client knows. */
    void groupsMoved() {
        groupsMoved = true;
    }

    /**
     * The frame of a batch. One that has nothing for this client alone is encoded once for all that get the batch.
     *
     * @param subscription tells the groups
     * @param reconnect whether the client is told to go on elsewhere
     */
    WireText encode(Batch batch, Subscription subscription, boolean reconnect) {
        if (isPlain(reconnect)) {
            return batch.encoded(ReceiveFrameEncoder::encodePlain);
        }
        return text(withMessages(dressed(FrameWriter.at(batch.cursor()), subscription, reconnect), batch));
    }

    /** A frame without messages, at the subscription's cursor. */
    WireText encodeEmpty(Subscription subscription, boolean reconnect) {
        return text(dressed(FrameWriter.at(subscription.cursor()), subscription, reconnect));
    }

    private boolean isPlain(boolean reconnect) {
        return !initializing && !groupsMoved && pollDelay.isZero() && !reconnect;
    }

    private static WireText encodePlain(Batch batch) {
        return text(withMessages(FrameWriter.at(batch.cursor()), batch));
    }

    /** Adds what this frame alone has to say. */
    private FrameWriter dressed(FrameWriter frame, Subscription subscription, boolean reconnect) {
        if (initializing) {
            initializing = false;
            frame.initializing();
        }
        if (reconnect) {
            frame.shutdown();
        }
        if (groupsMoved) {
            announceGroups(frame, subscription);
        }
        if (!pollDelay.isZero()) {
            frame.longPollDelay(pollDelay);
        }
        return frame;
    }

    /** Says which groups the client is in, as of this frame, if that has changed (protocol §8.3). */
    private void announceGroups(FrameWriter frame, Subscription subscription) {
        groupsMoved = false;
        List<Membership> memberships = subscription.memberships();
        Set<String> groups = topicsOf(memberships);
        if (!groups.equals(announcedGroups)) {
            announcedGroups = groups;
            frame.groups(GroupLimits.token(connectionId, subscription.cursor(), memberships)
                    .protect(keys));
        }
    }

    private static FrameWriter withMessages(FrameWriter frame, Batch batch) {
        for (Message message : batch.messages()) {
            frame.message(message.payload());
        }
        return frame;
    }

    private static WireText text(FrameWriter frame) {
        return WireText.ofUtf8(frame.toUtf8());
    }

    private static Set<String> topicsOf(List<Membership> memberships) {
        Set<String> topics = new HashSet<>();
        memberships.forEach(membership -> topics.add(membership.topic()));
        return topics;
    }
}
