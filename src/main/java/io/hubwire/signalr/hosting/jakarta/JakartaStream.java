package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.HostStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A streamed answer on a servlet's non-blocking output. Each write goes through three steps: write, flush, and the wait until the
 * container has passed all of it on; a small last one stops after the first. Between the steps the container is asked whether it is ready; if not, whichever thread
 * it calls back on goes on from there.
 */
final class JakartaStream implements HostStream, WriteListener {

    /**
     * How many write timeouts a container gets to end by itself what was given up. Completed before, with bytes still unsent, Tomcat never counts the
     * request as ended if the peer then resets the connection, and undeploy waits for it; its own write timeout (20 s by default) ends it cleanly. Containers without
     * a write timeout need ours.
     */
    private static final int LAST_RESORT = 2;

    private enum Phase {
        /** The container is being asked whether it is ready, or has said no and will call. */
        WAITING,
        /** One thread owns the output and goes through the steps. */
        BUSY,
        /** Nothing is in flight. */
        IDLE,
        /** The peer did not read in time and is given up; the container still holds what it did not read. */
        GIVEN_UP,
        /** Ended or failed; nothing is touched any more. */
        DONE
    }

    private enum Step {
        WRITE,
        FLUSH,
        FINISH
    }

    /**
     * Whether a container's thread is in {@link #onWritePossible}. Until it has left, Tomcat may end the request and use its objects for the next one without
     * a word to us if a write by another thread fails; the failure would then hit that next request. So whoever wants to write leaves it to
     * the container's thread meanwhile.
     */
    private enum Visit {
        NONE,
        INSIDE,
        INSIDE_WITH_WORK
    }

    private final AsyncCycle cycle;
    private final HostThreads threads;
    private final Duration writeTimeout;
    private final Listener listener;
    // BUSY → WAITING ⇄ BUSY → IDLE → BUSY; IDLE → DONE; WAITING → GIVEN_UP; any → DONE on failure. Who moves it to BUSY
    // owns the fields
    // below.
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private final AtomicReference<Visit> visit = new AtomicReference<>(Visit.NONE);
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile boolean ended;
    // Counts what went out, so that a timer which comes too late knows that it does.
    private volatile int finished;
    private volatile Future<?> deadline;
    private ServletOutputStream out;
    private Step step = Step.FLUSH;
    private byte[] pending;
    private int bufferSize;
    private boolean last;

    JakartaStream(AsyncCycle cycle, HostThreads threads, Duration writeTimeout, Listener listener) {
        this.cycle = cycle;
        this.threads = threads;
        this.writeTimeout = writeTimeout;
        this.listener = listener;
        cycle.onGone(this::fail);
    }

    /**
     * Starts with the headers, in {@link AsyncCycle#use}. The container makes the first call when it is ready for them.
     *
     * @param buffered how many bytes {@code output} takes without passing any on
     */
    void open(ServletOutputStream output, int buffered) {
        out = output;
        bufferSize = buffered;
        if (phase.compareAndSet(Phase.BUSY, Phase.WAITING)) {
            output.setWriteListener(this);
        }
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, false);
    }

    /** What fits the response's buffer stays there, which does no I/O, and the container sends it with the end, in one write. */
    @Override
    public void writeLast(byte[] bytes) {
        write(bytes, bytes.length < bufferSize);
    }

    private void write(byte[] bytes, boolean withEnd) {
        if (ended) {
            throw new IllegalStateException("The stream has been ended.");
        }
        if (!phase.compareAndSet(Phase.IDLE, Phase.BUSY)) {
            if (phase.get() == Phase.DONE || failed.get()) {
                return;
            }
            throw new IllegalStateException("A write is in flight.");
        }
        pending = bytes;
        last = withEnd;
        step = Step.WRITE;
        if (!visit.compareAndSet(Visit.INSIDE, Visit.INSIDE_WITH_WORK)) {
            advance(true); // IDLE followed a yes of the container, and nothing has been written since
        }
    }

    @Override
    public void end() {
        ended = true;
        completeIfIdle();
    }

    private void completeIfIdle() {
        if (phase.compareAndSet(Phase.IDLE, Phase.DONE)) {
            cycle.complete();
        }
    }

    @Override
    public void onWritePossible() {
        visit.set(Visit.INSIDE);
        goOn();
        while (!visit.compareAndSet(Visit.INSIDE, Visit.NONE)) {
            visit.set(Visit.INSIDE);
            advance(true);
        }
    }

    private void goOn() {
        if (phase.compareAndSet(Phase.WAITING, Phase.BUSY)) {
            advance(false);
        } else if (phase.compareAndSet(Phase.GIVEN_UP, Phase.DONE)) {
            cancelDeadline();
            cycle.complete();
        }
    }

    @Override
    public void onError(Throwable cause) {
        fail(cause);
    }

    private void advance(boolean ready) {
        try {
            for (boolean goesOn = ready || isReady(); goesOn; goesOn = isReady()) {
                if (step == Step.FINISH || takeStep()) {
                    finish();
                    return;
                }
            }
            watchForStall();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** Returns true when there is nothing left to wait for. */
    private boolean takeStep() throws IOException {
        if (step == Step.WRITE) {
            byte[] bytes = pending;
            pending = null;
            step = Step.FLUSH;
            cycle.use(() -> {
                out.write(bytes);
                return true;
            });
            return last;
        }
        step = Step.FINISH;
        cycle.use(() -> {
            out.flush();
            return true;
        });
        return false;
    }

    /** After a no the container calls {@link #onWritePossible}, perhaps before this has returned: then the caller has lost the output. */
    private boolean isReady() throws IOException {
        phase.compareAndSet(Phase.BUSY, Phase.WAITING);
        return cycle.use(out::isReady) && phase.compareAndSet(Phase.WAITING, Phase.BUSY);
    }

    // Only the owner of the output counts.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void finish() {
        finished++;
        cancelDeadline();
        if (phase.compareAndSet(Phase.BUSY, Phase.IDLE)) {
            if (ended) {
                completeIfIdle();
            }
            listener.onWritten();
        }
    }

    private void watchForStall() {
        int waitingFor = finished;
        if (phase.get() == Phase.WAITING) {
            deadline = threads.after(writeTimeout, () -> failIfStalled(waitingFor));
        }
    }

    private void failIfStalled(int waitedFor) {
        if (finished == waitedFor && phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP)) {
            deadline = threads.after(
                    writeTimeout.multipliedBy(LAST_RESORT), () -> fail(new IOException("The peer never read.")));
            tellFailed(new IOException("The peer has not read for " + writeTimeout.toMillis() + " ms."));
        }
    }

    private void cancelDeadline() {
        Future<?> running = deadline;
        if (running != null) {
            deadline = null;
            running.cancel(false);
        }
    }

    /** The peer is gone, or takes nothing any more. Idempotent; without effect on a stream that has ended. */
    void fail(Throwable cause) {
        if (phase.getAndSet(Phase.DONE) != Phase.DONE) {
            cancelDeadline();
            cycle.complete();
            tellFailed(cause);
        }
    }

    private void tellFailed(Throwable cause) {
        if (failed.compareAndSet(false, true)) {
            listener.onFailed(cause);
        }
    }
}
