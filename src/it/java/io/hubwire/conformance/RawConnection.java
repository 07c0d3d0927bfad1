package io.hubwire.conformance;

import io.hubwire.kit.client.HttpInput;
import io.hubwire.kit.client.ResponseHead;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One TCP connection that sends whatever bytes it is told to and reads answers one after the other, on the caller's thread. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket = new Socket();
    private final HttpInput in;

    /** A whole answer. */
    record Answer(ResponseHead head, String body) {
        int status() {
            return head.status();
        }
    }

    RawConnection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new HttpInput(new BufferedInputStream(socket.getInputStream()));
    }

    /** Sends text; lines are the caller's to end. */
    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The next head, of an interim answer as well. */
    ResponseHead head() throws IOException {
        return in.head();
    }

    /** The next answer to anything but a HEAD. */
    Answer answer() throws IOException {
        ResponseHead head = in.head();
        return new Answer(head, HttpInput.utf8(body(head)));
    }

    private byte[] body(ResponseHead head) throws IOException {
        Optional<String> length = head.first("Content-Length");
        if (length.isPresent()) {
            return in.exactly(Integer.parseInt(length.get()));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.first("Transfer-Encoding").isPresent()) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(in.exactly(size));
                in.line();
            }
            in.line();
        } else {
            body.writeBytes(rest().getBytes(StandardCharsets.UTF_8));
        }
        return body.toByteArray();
    }

    /** What comes up to this text, and perhaps more; all there is when the server closes first. */
    String until(String text) throws IOException {
        ByteArrayOutputStream come = new ByteArrayOutputStream();
        for (byte[] piece = in.some(4096); piece.length > 0; piece = in.some(4096)) {
            come.writeBytes(piece);
            if (HttpInput.utf8(come.toByteArray()).contains(text)) {
                break;
            }
        }
        return HttpInput.utf8(come.toByteArray());
    }

    /** All that comes until the server closes. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (byte[] piece = in.some(4096); piece.length > 0; piece = in.some(4096)) {
            rest.writeBytes(piece);
        }
        return HttpInput.utf8(rest.toByteArray());
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(in.line().strip(), 16);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
