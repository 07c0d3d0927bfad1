package io.hubwire.kit;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timer on a {@link FakeClock}: tasks run in the thread that calls {@link #advance}, when their time has come. */
public final class ManualTimer implements Timer {
    private final FakeClock clock;
    private final List<Task> tasks = new ArrayList<>(); // guarded by itself

    public ManualTimer(FakeClock clock) {
        this.clock = clock;
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        return add(new Task(clock.nanoTime() + delay.toNanos(), Optional.empty(), task));
    }

    @Override
    public Registration scheduleEvery(Duration period, Runnable task) {
        return add(new Task(clock.nanoTime() + period.toNanos(), Optional.of(period), task));
    }

    /** Moves the clock, and on the way runs each task at its own time. */
    public void advance(Duration duration) {
        long end = clock.nanoTime() + duration.toNanos();
        for (Optional<Task> due = takeDue(end); due.isPresent(); due = takeDue(end)) {
            Task task = due.get();
            clock.advance(Duration.ofNanos(Math.max(0, task.dueNanos - clock.nanoTime())));
            task.action.run();
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    /** How many tasks are scheduled. */
    public int pending() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    private Optional<Task> takeDue(long end) {
        synchronized (tasks) {
            Optional<Task> first = tasks.stream()
                    .filter(task -> task.dueNanos - end <= 0)
                    .min(Comparator.comparingLong(task -> task.dueNanos - end));
            first.ifPresent(task -> {
                if (task.period.isPresent()) {
                    task.dueNanos += task.period.get().toNanos();
                } else {
                    tasks.remove(task);
                }
            });
            return first.map(Task::copy);
        }
    }

    private Registration add(Task task) {
        synchronized (tasks) {
            tasks.add(task);
        }
        return () -> {
            synchronized (tasks) {
                tasks.remove(task);
            }
        };
    }

    private static final class Task {
        private long dueNanos;
        private final Optional<Duration> period;
        private final Runnable action;

        Task(long dueNanos, Optional<Duration> period, Runnable action) {
            this.dueNanos = dueNanos;
            this.period = period;
            this.action = action;
        }

        Task copy() {
            return new Task(dueNanos - period.map(Duration::toNanos).orElse(0L), period, action);
        }
    }
}
