package io.hubwire.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A network of one cable: a port of the loopback interface whose connections go to another one. When it is cut, every connection is
 * reset and new ones are until it is joined. Usable from any thread.
 */
public final class CuttableLink implements AutoCloseable {
    private static final int BLOCK = 8192;

    private final int target;
    private final ServerSocket entrance;
    private final ExecutorService threads;
    private final Object lock = new Object();
    // Guarded by lock.
    private final Set<Socket> open = new HashSet<>();
    private boolean cut;

    private CuttableLink(int target) throws IOException {
        this.target = target;
        entrance = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "cuttable-link-" + entrance.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::acceptAll);
    }

    /** A whole link to a port of the loopback interface. */
    public static CuttableLink to(int port) {
        try {
            return new CuttableLink(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it begins. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Resets what is open, and what comes until {@link #join}. Returns when it is done. */
    public void cut() {
        synchronized (lock) {
            cut = true;
            open.forEach(CuttableLink::reset);
            open.clear();
        }
    }

    /** Lets new connections through again. */
    public void join() {
        synchronized (lock) {
            cut = false;
        }
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
            threads.shutdown();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A connection of the link is still alive.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                connect(entrance.accept());
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
        } catch (IOException nobodyThere) {
            reset(near);
            reset(far);
            return;
        }
        synchronized (lock) {
            if (cut) {
                reset(near);
                reset(far);
                return;
            }
            open.add(near);
            open.add(far);
        }
        threads.execute(() -> pass(near, far));
        threads.execute(() -> pass(far, near));
    }

    private void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(block, 0, count);
            }
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                forget(from, to, CuttableLink::close);
            }
        } catch (IOException oneSideIsGone) {
            forget(from, to, CuttableLink::reset);
        }
    }

    private void forget(Socket from, Socket to, Consumer<Socket> end) {
        synchronized (lock) {
            open.remove(from);
            open.remove(to);
        }
        end.accept(from);
        end.accept(to);
    }

    /** As a network that is gone would look: no farewell. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
