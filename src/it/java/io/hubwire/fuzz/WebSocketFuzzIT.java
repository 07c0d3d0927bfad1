package io.hubwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.FrameBytes;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.WebSocketFrame;
import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

@AddLifecycleHook(Seeded.class)
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class WebSocketFuzzIT {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final int LONGEST_MESSAGE = 65_536;
    private static final String LAST_CALL = "{\"H\":\"echohub\",\"M\":\"Echo\",\"A\":[\"served\"],\"I\":\"last call\"}";

    /** What a server may close with: RFC 6455 §7.4.1, and 1013 of the registry. */
    private static final Set<Integer> CLOSE_CODES = Set.of(1000, 1001, 1002, 1003, 1005, 1007, 1008, 1009, 1013);

    private static Target target;

    @BeforeContainer
    static void startServer() {
        target = new Target();
    }

    @AfterContainer
    static void theServerIsAsItWas() {
        target.close();
    }

    @Property
    void anyHandshake_isAnUpgradeOrRefused(@ForAll("handshakes") List<String> headers) {
        RawHttpRequest request = RawHttpRequest.get(connect()).headers(headers);
        try (RawWebSocket socket = RawWebSocket.open(target.http(), request, KEY)) {
            socket.awaitOpen(Target.PATIENCE);
            int status = socket.head().orElseThrow().status();
            assertThat(status).isIn(101, 400, 403);
            if (status != 101) {
                assertThat(socket.endsWithin(Target.PATIENCE)).isTrue();
            }
            target.requireDiscreet(socket.refusal());
        }
    }

    /** What is no call is not answered (protocol §6.1), and the next call is. */
    @Property
    void anyTexts_areCallsOrNone_andTheNextCallIsAnswered(@ForAll("texts") List<String> texts) {
        try (RawWebSocket socket = opened()) {
            texts.forEach(socket::sendText);
            socket.sendText(LAST_CALL);

            assertThat(socket.awaitTexts(WebSocketFuzzIT::haveTheLastAnswer, Target.PATIENCE))
                    .as("the answer to the last call; so far: %s, %s", socket.texts(), socket.end())
                    .isTrue();
            target.requireDiscreet(String.join("\n", socket.texts()));
        }
    }

    @Property(tries = 40)
    void longTexts_areReadUpToTheLimit_andCloseTheSocketBeyond(
            @ForAll("lengths") int length, @ForAll("fragmentations") int fragments) {
        try (RawWebSocket socket = opened()) {
            sendInFragments(socket, "x".repeat(length), fragments);
            if (length > LONGEST_MESSAGE) {
                assertThat(socket.endsWithin(Target.PATIENCE)).isTrue();
                assertThat(socket.closeCode()).contains(1009);
            } else {
                socket.sendText(LAST_CALL);
                assertThat(socket.awaitTexts(WebSocketFuzzIT::haveTheLastAnswer, Target.PATIENCE))
                        .isTrue();
            }
            target.requireDiscreet(reason(socket));
        }
    }

    @Property
    void anyFrames_areReadOrCloseTheSocket(@ForAll("frames") List<Bytes> frames) {
        try (RawWebSocket socket = opened()) {
            boolean whole = sendUntilClosed(socket, frames);
            if (whole) {
                // the last of them may want a continuation, so only what may stand in between is sent
                trySend(socket, FrameBytes.masked(WebSocketFrame.ping("still there?"), new byte[4]));
                assertThat(socket.awaitFrames(WebSocketFuzzIT::havePong, Target.PATIENCE)
                                || socket.end().isPresent())
                        .as("an answer to the ping, or an end")
                        .isTrue();
            }
            socket.closeCode().ifPresent(code -> assertThat(code).isIn(allowedCodes(frames)));
            target.requireDiscreet(reason(socket));
        }
    }

    // --- the client's side ---

    /** With the init message behind it, so that what follows meets an idle server. */
    private static RawWebSocket opened() {
        RawWebSocket socket = RawWebSocket.open(target.http(), connect(), List.of());
        assertThat(socket.awaitTexts(texts -> !texts.isEmpty(), Target.PATIENCE))
                .as("the init message")
                .isTrue();
        return socket;
    }

    private static String connect() {
        return "/plain/connect?transport=webSockets&clientProtocol=2.1&connectionToken="
                + Percent.encode(target.negotiatedToken()) + "&connectionData="
                + Percent.encode("[{\"name\":\"echohub\"}]");
    }

    private static void sendInFragments(RawWebSocket socket, String text, int fragments) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length / fragments + 1;
        try {
            for (int i = 0; i < fragments; i++) {
                byte[] part = java.util.Arrays.copyOfRange(
                        bytes, Math.min(bytes.length, i * length), Math.min(bytes.length, (i + 1) * length));
                socket.send(new WebSocketFrame(
                        i == fragments - 1, i == 0 ? WebSocketFrame.TEXT : WebSocketFrame.CONTINUATION, part));
            }
        } catch (UncheckedIOException closedMeanwhile) {
            assertThat(socket.endsWithin(Target.PATIENCE)).isTrue();
        }
    }

    /** @return whether the last byte was the last of a frame */
    private static boolean sendUntilClosed(RawWebSocket socket, List<Bytes> frames) {
        boolean whole = true;
        for (Bytes frame : frames) {
            trySend(socket, frame.bytes);
            whole &= frame.whole;
        }
        return whole;
    }

    private static void trySend(RawWebSocket socket, byte[] bytes) {
        try {
            socket.sendRaw(bytes);
        } catch (UncheckedIOException closedMeanwhile) {
            assertThat(socket.endsWithin(Target.PATIENCE)).isTrue();
        }
    }

    private static boolean haveTheLastAnswer(List<String> texts) {
        return texts.stream().map(JsonText::parse).anyMatch(json -> json.get("I")
                .filter(id -> id.raw().equals("\"last call\""))
                .isPresent());
    }

    private static boolean havePong(List<io.hubwire.kit.client.TimedFrame> frames) {
        return frames.stream()
                .anyMatch(timed -> timed.frame().opcode() == WebSocketFrame.PONG
                        && timed.frame().text().equals("still there?"));
    }

    /** A close of the client is answered with its own code. */
    private static Set<Integer> allowedCodes(List<Bytes> frames) {
        Set<Integer> codes = new java.util.HashSet<>(CLOSE_CODES);
        frames.forEach(frame -> codes.add(frame.closeCode));
        return codes;
    }

    private static String reason(RawWebSocket socket) {
        return socket.frames().stream()
                .map(io.hubwire.kit.client.TimedFrame::frame)
                .filter(frame -> frame.opcode() == WebSocketFrame.CLOSE && frame.payload().length > 2)
                .map(frame -> new String(frame.payload(), 2, frame.payload().length - 2, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    // --- inputs ---

    /** A frame as it goes over the wire. */
    private static final class Bytes {
        private static final int MOST_SHOWN = 200;

        private final byte[] bytes;
        private final boolean whole;
        private final int closeCode;

        /**
         * @param whole whether the server can tell where it ends
         * @param closeCode of a close frame; otherwise 1000
         */
        Bytes(byte[] bytes, boolean whole, int closeCode) {
            this.bytes = bytes;
            this.whole = whole;
            this.closeCode = closeCode;
        }

        @Override
        public String toString() {
            return java.util.HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_SHOWN))
                    + (whole ? "" : " (cut)");
        }
    }

    @Provide
    Arbitrary<List<Bytes>> frames() {
        return frame().list().ofMinSize(1).ofMaxSize(5);
    }

    private static Arbitrary<Bytes> frame() {
        Arbitrary<byte[]> payloads = Arbitraries.oneOf(
                HubPayloads.any().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(140),
                Arbitraries.of(
                        new byte[0], new byte[] {3}, new byte[] {3, (byte) 0xe8}, new byte[] {0, 0, 'x'}, new byte[] {
                            (byte) 0xed, (byte) 0xa0, (byte) 0x80
                        }));
        Arbitrary<Integer> opcodes = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 2, 8, 9, 10), Arbitraries.integers().between(0, 15));
        Arbitrary<Integer> flaws =
                Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 3), Tuple.of(1, 4));
        return Combinators.combine(opcodes, Arbitraries.of(true, true, false), payloads, flaws, Arbitraries.integers())
                .as(WebSocketFuzzIT::bytes);
    }

    private static Bytes bytes(int opcode, boolean last, byte[] payload, int flaw, int seed) {
        WebSocketFrame frame = new WebSocketFrame(last, opcode, payload);
        byte[] mask = {(byte) seed, (byte) (seed >> 8), (byte) (seed >> 16), (byte) (seed >> 24)};
        byte[] bytes = flaw == 1 ? FrameBytes.unmasked(frame) : FrameBytes.masked(frame, mask);
        int code = opcode == WebSocketFrame.CLOSE && payload.length >= 2 ? frame.closeCode() : 1000;
        switch (flaw) {
            case 2 -> bytes[0] |= (byte) (seed & 0x70); // reserved bits
            case 3 -> bytes[1] = (byte) (0x80 | (seed & 0x7f)); // another length than there is
            case 4 -> {
                return new Bytes(java.util.Arrays.copyOf(bytes, Math.floorMod(seed, bytes.length)), false, code);
            }
            default -> {
                // as it should be, or not masked
            }
        }
        return new Bytes(bytes, flaw != 3, code);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return HubPayloads.any().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 2 * LONGEST_MESSAGE),
                Arbitraries.of(LONGEST_MESSAGE - 1, LONGEST_MESSAGE, LONGEST_MESSAGE + 1));
    }

    @Provide
    Arbitrary<Integer> fragmentations() {
        return Arbitraries.of(1, 2, 7, 100);
    }

    @Provide
    Arbitrary<List<String>> handshakes() {
        return Combinators.combine(
                        header("Upgrade: websocket"),
                        header("Connection: Upgrade"),
                        header("Sec-WebSocket-Key: " + KEY),
                        header("Sec-WebSocket-Version: 13"),
                        header("Origin: http://127.0.0.1"),
                        header("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
                .as((upgrade, connection, key, version, origin, extensions) -> java.util.stream.Stream.of(
                                upgrade, connection, key, version, origin, extensions)
                        .flatMap(List::stream)
                        .toList());
    }

    /** As it should be, spoilt behind the name, missing, or twice. */
    private static Arbitrary<List<String>> header(String line) {
        int colon = line.indexOf(':') + 2;
        Arbitrary<String> spoilt = Inputs.spoilt(Arbitraries.just(line.substring(colon)))
                .map(value -> line.substring(0, colon)
                        + value.replaceAll("\\p{Cntrl}", " ").replace('\u0085', ' '));
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(List.of(line))),
                Tuple.of(2, spoilt.map(List::of)),
                Tuple.of(1, Arbitraries.just(List.of())),
                Tuple.of(1, spoilt.map(value -> List.of(line, value))));
    }
}
