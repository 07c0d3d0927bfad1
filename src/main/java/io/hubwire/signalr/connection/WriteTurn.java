package io.hubwire.signalr.connection;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whose turn it is to write to a connection's pipe, where one write may be in flight. The turn belongs to the delivery loop or, for one answer, to the worker
 * that has it: as long as the loop wants nothing meanwhile, it need not be woken for that.
 */
final class WriteTurn {
    private enum Holder {
        NOBODY,
        LOOP,
        WORKER,
        /** The loop goes on when the worker's write is done. */
        WORKER_BEFORE_LOOP
    }

    private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.NOBODY);

    /** Takes the turn for the loop; if that fails, the loop will be told when the write in flight is done. Loop only. */
    boolean takeOnLoop() {
        while (!holder.compareAndSet(Holder.NOBODY, Holder.LOOP)) {
            if (holder.get() == Holder.LOOP || awaitWorker()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a worker is writing; if so, the loop will be told when that is done. Loop only. */
    boolean awaitWorker() {
        return holder.compareAndSet(Holder.WORKER, Holder.WORKER_BEFORE_LOOP)
                || holder.get() == Holder.WORKER_BEFORE_LOOP;
    }

    /** Whether something is being written; out of date as soon as it is read, unless it is the loop's. */
    boolean isTaken() {
        return holder.get() != Holder.NOBODY;
    }

    /** Takes the turn for one answer, if nothing is being written. Any thread. */
    boolean takeOnWorker() {
        return holder.compareAndSet(Holder.NOBODY, Holder.WORKER);
    }

    /** The write in flight is done. Any thread. @return whether the loop must be told, which then calls {@link #free} */
    boolean written() {
        return !holder.compareAndSet(Holder.WORKER, Holder.NOBODY);
    }

    /** Loop only, after {@link #written}. */
    void free() {
        holder.set(Holder.NOBODY);
    }
}
