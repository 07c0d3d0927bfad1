package io.hubwire.kit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The raw clients against a socket that says exactly what the test writes. */
class RawClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ServerSocket listener;
    private RawHttpClient client;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new RawHttpClient("127.0.0.1", listener.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void open_chunkedStream_showsEachPieceBeforeTheEnd() throws IOException {
        try (RawExchange exchange = client.open(RawHttpRequest.get("/stream"));
                Socket server = listener.accept()) {
            write(server, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");

            assertThat(exchange.awaitBody(body -> body.equals("abc"), PATIENCE)).isTrue();
            assertThat(exchange.end()).isEmpty();

            write(server, "2\r\n\u00e9\r\n0\r\n\r\n");
            assertThat(exchange.awaitEnd(PATIENCE)).isEqualTo(ResponseEnd.COMPLETE);
            assertThat(exchange.body()).isEqualTo("abcé");
            assertThat(exchange.pieces()).extracting(TimedText::text).containsExactly("abc", "é");
        }
    }

    @Test
    void open_connectionCutWithinABody_isNotComplete() throws IOException {
        try (RawExchange exchange = client.open(RawHttpRequest.get("/"));
                Socket server = listener.accept()) {
            write(server, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
            server.shutdownOutput();

            assertThat(exchange.awaitEnd(PATIENCE)).isEqualTo(ResponseEnd.CLOSED_BY_SERVER);
            assertThat(exchange.body()).isEqualTo("ab");
        }
    }

    @Test
    void open_answerThatIsNotHttp_isMalformed() throws IOException {
        try (RawExchange exchange = client.open(RawHttpRequest.get("/"));
                Socket server = listener.accept()) {
            write(server, "garbage\r\n\r\n");

            assertThat(exchange.awaitEnd(PATIENCE)).isEqualTo(ResponseEnd.MALFORMED);
        }
    }

    @Test
    void open_postWithoutABody_announcesLengthZero() throws IOException {
        try (RawExchange exchange = client.open(RawHttpRequest.post("/x").header("X-User: alice"));
                Socket server = listener.accept()) {
            byte[] sent = server.getInputStream().readNBytes(expected(exchange).length());

            assertThat(new String(sent, StandardCharsets.UTF_8)).isEqualTo(expected(exchange));
        }
    }

    private String expected(RawExchange exchange) {
        return exchange.request().method() + " /x HTTP/1.1\r\nHost: 127.0.0.1:" + listener.getLocalPort()
                + "\r\nX-User: alice\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    void webSocket_fragmentsPongsAndCloseCode_areSeenAsTheyCame() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(client, "/ws", List.of());
                Socket server = listener.accept()) {
            accept(server);
            server.getOutputStream().write(FrameBytes.unmasked(part(false, WebSocketFrame.TEXT, "a")));
            server.getOutputStream().write(FrameBytes.unmasked(part(true, WebSocketFrame.PONG, "p")));
            server.getOutputStream().write(FrameBytes.unmasked(part(true, WebSocketFrame.CONTINUATION, "b")));
            server.getOutputStream().write(FrameBytes.unmasked(WebSocketFrame.close(1009, "too big")));

            assertThat(socket.endsWithin(PATIENCE)).isTrue();
            assertThat(socket.texts()).containsExactly("ab");
            assertThat(socket.closeCode()).contains(1009);
            assertThat(socket.end()).contains(SocketEnd.CLOSE_FRAME);
        }
    }

    @Test
    void webSocket_longFramesBothWays_arriveWhole() throws IOException {
        String text = "x".repeat(70_000);
        try (RawWebSocket socket = RawWebSocket.open(client, "/ws", List.of());
                Socket server = listener.accept()) {
            accept(server);
            assertThat(socket.awaitOpen(PATIENCE)).isTrue();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> socket.sendText(text));
            WebSocketFrame received = FrameBytes.readMasked(new HttpInput(server.getInputStream()), 100_000);
            sending.join();
            server.getOutputStream().write(FrameBytes.unmasked(received));

            assertThat(received.text()).isEqualTo(text);
            assertThat(socket.awaitTexts(texts -> texts.equals(List.of(text)), PATIENCE))
                    .isTrue();
        }
    }

    @Test
    void webSocket_refusal_keepsStatusAndBody() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(client, "/ws", List.of());
                Socket server = listener.accept()) {
            write(server, "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");

            assertThat(socket.endsWithin(PATIENCE)).isTrue();
            assertThat(socket.end()).contains(SocketEnd.NOT_UPGRADED);
            assertThat(socket.head().orElseThrow().status()).isEqualTo(403);
            assertThat(socket.refusal()).isEqualTo("no");
        }
    }

    @Test
    void webSocket_wrongAcceptKey_isMalformed() throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(client, "/ws", List.of());
                Socket server = listener.accept()) {
            write(server, "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n");

            assertThat(socket.endsWithin(PATIENCE)).isTrue();
            assertThat(socket.end()).contains(SocketEnd.MALFORMED);
        }
    }

    private static WebSocketFrame part(boolean fin, int opcode, String text) {
        return new WebSocketFrame(fin, opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void accept(Socket server) throws IOException {
        HttpInput in = new HttpInput(server.getInputStream());
        String key = "";
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
        }
        write(
                server,
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + RawWebSocket.accept(key) + "\r\n\r\n");
    }

    private static void write(Socket server, String text) throws IOException {
        OutputStream out = server.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
