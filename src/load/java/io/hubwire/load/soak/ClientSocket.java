package io.hubwire.load.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A socket of a {@link SocketLoop}, on whose thread everything happens. */
final class ClientSocket {
    private final SocketChannel channel;
    private final Reader reader;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private SelectionKey key;
    private boolean open = true;

    /** Hears what comes. */
    interface Reader {

        /** Takes all bytes of the source. An exception ends the socket. */
        void read(ByteBuffer source) throws IOException;

        /** It has ended, but not because of {@link #close}; called once. */
        void ended(String why);
    }

    ClientSocket(SocketChannel channel, Reader reader) {
        this.channel = channel;
        this.reader = reader;
    }

    void registered(SelectionKey given) {
        key = given;
    }

    /** Sends it when it can be sent; nothing after the end. */
    void send(ByteBuffer bytes) {
        if (open) {
            unsent.add(bytes);
            if (channel.isConnected()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }
    }

    void close() {
        open = false;
        unsent.clear();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            unsent.clear(); // nothing is left to be given up
        }
    }

    void ready(ByteBuffer buffer) {
        try {
            if (open && key.isConnectable()) {
                channel.finishConnect();
                write();
            }
            if (open && key.isWritable()) {
                write();
            }
            if (open && key.isReadable()) {
                read(buffer);
            }
        } catch (IOException failure) {
            end(String.valueOf(failure.getMessage()));
        }
    }

    private void write() throws IOException {
        while (!unsent.isEmpty()
                && (channel.write(unsent.peek()) > 0 || !unsent.peek().hasRemaining())) {
            if (!unsent.peek().hasRemaining()) {
                unsent.remove();
            }
        }
        key.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            end("the server has closed the connection");
            return;
        }
        buffer.flip();
        reader.read(buffer);
    }

    private void end(String why) {
        if (open) {
            close();
            reader.ended(why);
        }
    }
}
