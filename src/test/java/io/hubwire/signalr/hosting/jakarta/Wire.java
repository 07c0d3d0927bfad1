package io.hubwire.signalr.hosting.jakarta;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A socket that speaks HTTP and WebSocket byte by byte, on the caller's thread: reading waits at most half a minute. */
final class Wire implements AutoCloseable {
    private static final List<String> HANDSHAKE = List.of(
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");

    final Socket socket = new Socket();
    private final DataInputStream in;

    record Answer(int status, String head, String body) {
        String header(String name) {
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return null;
        }
    }

    /** A frame's opcode and payload; {@code code} is the status of a close frame, -1 otherwise. */
    record Frame(int opcode, String text, int code) {}

    Wire(int port) throws IOException {
        this(port, 0);
    }

    /** @param receiveBuffer bytes of the socket's receive buffer, 0 for the system's choice */
    Wire(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
    }

    /** Sends a request and reads the whole answer. */
    static Answer call(int port, String method, String target, String... headers) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.request(method, target, headers).answer(method);
        }
    }

    /** Sends a request with a body of the given length header and reads the whole answer. */
    static Answer post(int port, String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Wire wire = new Wire(port)) {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: " + bytes.length;
            return wire.request("POST", target, all).send(bytes).answer("POST");
        }
    }

    Wire request(String method, String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire handshake(String target, String... headers) throws IOException {
        return request(
                "GET",
                target,
                Stream.concat(HANDSHAKE.stream(), Stream.of(headers)).toArray(String[]::new));
    }

    /** Opens a WebSocket; fails unless it is accepted. */
    static Wire open(int port, String target) throws IOException {
        return open(port, target, 0);
    }

    static Wire open(int port, String target, int receiveBuffer) throws IOException {
        Wire wire = new Wire(port, receiveBuffer);
        String head = wire.handshake(target).head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
        return wire;
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    Answer answer(String method) throws IOException {
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        Answer bare = new Answer(status, head, "");
        return new Answer(status, head, method.equals("HEAD") ? "" : body(bare));
    }

    private String body(Answer bare) throws IOException {
        String length = bare.header("Content-Length");
        if (length != null) {
            return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }
        StringBuilder body = new StringBuilder();
        if ("chunked".equals(bare.header("Transfer-Encoding"))) {
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
        }
        return body.toString();
    }

    /** Reads one chunk; the last one is empty. */
    String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return chunk;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    Wire text(String text) throws IOException {
        return frame(1, true, text.getBytes(StandardCharsets.UTF_8));
    }

    Wire closeFrame(int code) throws IOException {
        return frame(8, true, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** Sends one masked frame. */
    Wire frame(int opcode, boolean last, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] mask = {1, 2, 3, 4};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return send(out.toByteArray());
    }

    /** Reads one frame. */
    Frame frame() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] payload = in.readNBytes(length);
        int code = opcode == 8 && length >= 2 ? ((payload[0] & 0xff) << 8) | (payload[1] & 0xff) : -1;
        int skipped = opcode == 8 ? Math.min(2, length) : 0;
        return new Frame(opcode, new String(payload, skipped, length - skipped, StandardCharsets.UTF_8), code);
    }

    /** Whether the server has ended the connection; waits for it. */
    boolean isEnded() throws IOException {
        try {
            InputStream rest = in;
            return rest.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    /** Vanishes: the peer sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
