package io.hubwire.load;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Event streams: one open answer a client, written without blocking, one event a flush. */
final class BareStreams extends HttpServlet implements BarePush {
    private static final long serialVersionUID = 1L;

    private final transient Set<Peer> peers = ConcurrentHashMap.newKeySet();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Peer peer = new Peer(response.getOutputStream());
        peer.send("data: initialized\n\n".getBytes(StandardCharsets.US_ASCII));
        peers.add(peer);
        peer.out.setWriteListener(peer);
    }

    @Override
    public void publish(String text) {
        byte[] event = ("data: " + BarePush.frame("abcdefg-123456", BarePush.message(text)) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        for (Peer peer : peers) {
            peer.send(event);
        }
    }

    private final class Peer implements WriteListener {
        private final ServletOutputStream out;
        private final Queue<byte[]> waiting = new ArrayDeque<>(); // guarded by this
        private boolean open; // guarded by this; the container has called
        private boolean unflushed; // guarded by this

        Peer(ServletOutputStream out) {
            this.out = out;
        }

        synchronized void send(byte[] event) {
            waiting.add(event);
            if (open) {
                drain();
            }
        }

        @Override
        public synchronized void onWritePossible() {
            open = true;
            drain();
        }

        private void drain() {
            try {
                while ((unflushed || !waiting.isEmpty()) && out.isReady()) {
                    if (unflushed) {
                        out.flush();
                    } else {
                        out.write(waiting.remove());
                    }
                    unflushed = !unflushed;
                }
            } catch (IOException | IllegalStateException peerIsGone) {
                peers.remove(this);
            }
        }

        @Override
        public void onError(Throwable failure) {
            peers.remove(this);
        }
    }
}
