package io.hubwire.signalr.bus;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What comes to a loop, in order, from any thread; and the loop's sleep while nothing does. No wake-up is lost: the loop says that it sleeps and then looks
 * into the inbox, whoever adds something looks afterwards whether it sleeps.
 */
final class LoopInbox {
    private final Queue<LoopWork> queue = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean parked; // the loop says it may sleep; a producer that clears it wakes it
    private volatile boolean stopping; // written by any thread, once
    private volatile boolean ended; // written by the loop, once: what is put in after that stays there

    LoopInbox(Thread reader) {
        this.reader = reader;
    }

    /* --- any thread --- */

    /** Puts something in; the loop may sleep on. */
    void put(LoopWork work) {
        queue.add(work);
    }

    /** Puts something in. Whoever gets false back must assume that it will never be done. */
    boolean offer(LoopWork work) {
        queue.add(work);
        if (ended) {
            return !queue.remove(work);
        }
        if (parked) {
            wakeUp();
        }
        return true;
    }

    boolean isAsleep() {
        return parked;
    }

    void wakeUp() {
        parked = false;
        LockSupport.unpark(reader);
    }

    /** From here on the loop does not sleep. */
    void stop() {
        stopping = true;
        LockSupport.unpark(reader);
    }

    boolean isStopping() {
        return stopping;
    }

    /* --- the loop --- */

    /** The next; null when there is nothing. */
    LoopWork poll() {
        return queue.poll();
    }

    /** Blocks until there is something, or the loop is to stop. */
    void awaitWork() {
        parked = true;
        while (parked && queue.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        parked = false;
    }

    /** Takes no more, and hands over what came too late. */
    void end(Consumer<LoopWork> late) {
        ended = true;
        for (LoopWork work = queue.poll(); work != null; work = queue.poll()) {
            late.accept(work);
        }
    }
}
