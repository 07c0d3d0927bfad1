package io.hubwire.push.service;

import static java.lang.System.Logger.Level.WARNING;

import io.hubwire.push.store.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Whether the application can do its work: asks the database, one question at a time and no more than one a second. Owns a thread until {@link #close}; thread-safe.
 */
public final class Liveness implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 2;
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final System.Logger LOG = System.getLogger(Liveness.class.getName());

    private final BooleanSupplier question;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Liveness::daemon);
    private CompletableFuture<Boolean> asked; // guarded by this, like what follows; null before the first question
    private long askedNanos;

    public Liveness(Database database) {
        this(() -> answers(database));
    }

    /** The same over any question, which may block, and throw. */
    Liveness(BooleanSupplier question) {
        this.question = question;
    }

    /** Whether the database answers. Blocks for two seconds at most; those who ask at the same time share the answer. */
    public boolean isUp() {
        try {
            return latest().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException slow) {
            LOG.log(WARNING, "the database does not answer within {0} s", PATIENCE_SECONDS);
            return false;
        } catch (ExecutionException failure) {
            LOG.log(WARNING, "the database does not answer", failure.getCause());
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> latest() {
        boolean stale = asked == null || (asked.isDone() && System.nanoTime() - askedNanos >= FRESH_NANOS);
        if (stale && !thread.isShutdown()) {
            asked = CompletableFuture.supplyAsync(question::getAsBoolean, thread);
            askedNanos = System.nanoTime();
        }
        return asked == null ? CompletableFuture.completedFuture(false) : asked;
    }

    private static boolean answers(Database database) {
        database.runInTransaction(stored -> stored.accounts().isEmpty());
        return true;
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(null, task, "hubwire-liveness", 0, false);
        made.setDaemon(true);
        return made;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
