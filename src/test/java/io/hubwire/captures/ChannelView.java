package io.hubwire.captures;

import io.hubwire.captures.Answer.Frame;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.TestTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a receive channel delivered, without what the network and the server's timing decide: how messages were gathered into
 * frames, and keep-alives. A frame's keys and their order are checked here (protocol §4.1); {@code mistakes} holds what broke
 * the format.
 */
final class ChannelView {
    private static final List<String> KEY_ORDER = List.of("C", "S", "T", "G", "L", "M");

    private final List<JsonText> messages = new ArrayList<>();
    private final List<JsonText> responses = new ArrayList<>();
    private final List<String> pongs = new ArrayList<>();
    private final List<String> delays = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private int inits;
    private int groupTokens;
    private int keepAlives;
    private boolean shutdown;
    private boolean initialized;

    private ChannelView() {}

    /** The payloads of a stream or poll. */
    static ChannelView ofPayloads(List<String> payloads) {
        ChannelView view = new ChannelView();
        for (int i = 0; i < payloads.size(); i++) {
            if (i == 0 && payloads.get(i).equals(TestTransport.INITIALIZED)) {
                view.initialized = true;
            } else {
                view.payload(payloads.get(i));
            }
        }
        return view;
    }

    /** The frames of a WebSocket. */
    static ChannelView ofFrames(List<Frame> frames) {
        ChannelView view = new ChannelView();
        for (Frame frame : frames) {
            if (frame.pong()) {
                view.pongs.add(frame.text());
            } else {
                view.payload(frame.text());
            }
        }
        return view;
    }

    private void payload(String text) {
        Optional<JsonText> json = JsonText.tryParse(text);
        if (json.isEmpty()) {
            mistakes.add("not JSON: " + text);
            return;
        }
        Optional<ReceivedFrame> frame = ReceivedFrame.of(json.get());
        if (frame.isPresent()) {
            frame(frame.get());
        } else if (json.get().has("I")) {
            responses.add(json.get());
        } else if (json.get().raw().equals("{}")) {
            keepAlives++;
        } else {
            mistakes.add("neither frame, hub response nor keep-alive: " + text);
        }
    }

    private void frame(ReceivedFrame frame) {
        List<String> names = frame.json().names();
        List<String> ordered = KEY_ORDER.stream().filter(names::contains).toList();
        if (!names.equals(ordered)) {
            mistakes.add("keys of a frame are " + names + ", not " + ordered);
        }
        if (frame.cursor().isEmpty()) {
            mistakes.add("a frame without a cursor: " + frame.json().raw());
        }
        messages.addAll(frame.messages());
        inits += frame.init() ? 1 : 0;
        groupTokens += frame.groupsToken().isPresent() ? 1 : 0;
        shutdown |= frame.shutdown();
        delays.add(frame.longPollDelayMillis().map(String::valueOf).orElse("none"));
    }

    List<JsonText> messages() {
        return messages;
    }

    List<JsonText> responses() {
        return responses;
    }

    List<String> pongs() {
        return pongs;
    }

    /** {@code L} as it was in the frames, each value once. */
    List<String> delays() {
        return delays.stream().distinct().sorted().toList();
    }

    List<String> mistakes() {
        return mistakes;
    }

    int inits() {
        return inits;
    }

    int groupTokens() {
        return groupTokens;
    }

    int keepAlives() {
        return keepAlives;
    }

    boolean shutdown() {
        return shutdown;
    }

    /** Whether the word that opens a server-sent events stream came first. */
    boolean initialized() {
        return initialized;
    }
}
