package io.hubwire.kit.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a client has received, over all its receive requests, sorted the way clients tell it apart (protocol §4.1). */
final class Inbox {
    private final Changes changes = new Changes();

    // The state below is read and written under the lock of changes.
    private final List<ReceivedFrame> frames = new ArrayList<>();
    private final List<JsonText> messages = new ArrayList<>();
    private final List<HubResponse> responses = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private int keepAlives;
    private int opened;
    private boolean channelOpen;
    private int channelNumber;
    private Optional<String> cursor = Optional.empty();
    private Optional<String> groupsToken = Optional.empty();

    /**
     * A receive request is being opened: {@code S} of an earlier one no longer counts.
     *
     * @return what {@link #channelEnded} is told, so that the end of an earlier request is not taken for the end of this one
     */
    int opening() {
        changes.make(() -> {
            opened = frames.size();
            channelOpen = true;
            channelNumber++;
        });
        return changes.read(() -> channelNumber);
    }

    /** As if these had been received last. */
    void resumeFrom(String lastCursor, String lastGroupsToken) {
        changes.make(() -> {
            cursor = Optional.of(lastCursor).filter(text -> !text.isEmpty());
            groupsToken = Optional.of(lastGroupsToken).filter(text -> !text.isEmpty());
        });
    }

    void channelEnded(int number) {
        changes.make(() -> {
            if (number == channelNumber) {
                channelOpen = false;
            }
        });
    }

    void keepAlive() {
        changes.make(() -> keepAlives++);
    }

    void payload(String text) {
        if (text.equals(TestTransport.INITIALIZED)) {
            return;
        }
        Optional<JsonText> json = JsonText.tryParse(text);
        changes.make(() -> {
            if (json.isEmpty()) {
                unreadable.add(text);
            } else {
                sort(json.get());
            }
        });
    }

    private void sort(JsonText json) {
        Optional<ReceivedFrame> frame = ReceivedFrame.of(json);
        if (frame.isPresent()) {
            add(frame.get());
        } else if (json.has("I")) {
            responses.add(new HubResponse(json));
        } else if (json.kind() == JsonText.Kind.OBJECT && json.members().isEmpty()) {
            keepAlives++;
        } else {
            unreadable.add(json.raw());
        }
    }

    private void add(ReceivedFrame frame) {
        frames.add(frame);
        messages.addAll(frame.messages());
        cursor = Optional.of(frame.cursor());
        if (frame.groupsToken().isPresent()) {
            groupsToken = frame.groupsToken();
        }
    }

    List<ReceivedFrame> frames() {
        return changes.read(() -> List.copyOf(frames));
    }

    List<JsonText> messages() {
        return changes.read(() -> List.copyOf(messages));
    }

    /** Payloads that are neither frame, hub response nor keep-alive. */
    List<String> unreadable() {
        return changes.read(() -> List.copyOf(unreadable));
    }

    int keepAlives() {
        return changes.read(() -> keepAlives);
    }

    boolean isChannelOpen() {
        return changes.read(() -> channelOpen);
    }

    Optional<String> cursor() {
        return changes.read(() -> cursor);
    }

    Optional<String> groupsToken() {
        return changes.read(() -> groupsToken);
    }

    Optional<HubResponse> response(String id) {
        return changes.read(() -> find(id));
    }

    private Optional<HubResponse> find(String id) {
        return responses.stream().filter(response -> response.id().equals(id)).findFirst();
    }

    boolean awaitInit(Duration timeout) {
        return changes.await(() -> frames.stream().skip(opened).anyMatch(ReceivedFrame::init) || !channelOpen, timeout);
    }

    boolean awaitResponse(String id, Duration timeout) {
        return changes.await(() -> find(id).isPresent(), timeout);
    }

    boolean awaitMessages(Predicate<List<JsonText>> condition, Duration timeout) {
        return changes.await(() -> condition.test(messages), timeout);
    }

    boolean awaitFrames(Predicate<List<ReceivedFrame>> condition, Duration timeout) {
        return changes.await(() -> condition.test(frames), timeout);
    }

    boolean awaitKeepAlives(int count, Duration timeout) {
        return changes.await(() -> keepAlives >= count, timeout);
    }

    boolean awaitChannelEnd(Duration timeout) {
        return changes.await(() -> !channelOpen, timeout);
    }
}
