package io.hubwire.signalr.bus;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.Timer;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.TraceSources;
import java.util.concurrent.Executor;

/**
 * What a bus is given by its deployment, which goes on owning it.
 *
 * @param name begins the names of the loops' threads
 * @param clock ages messages and waits
 * @param timer checks both now and then; must outlive the bus or be closed together with it
 * @param completions runs what depends on the bus's stages: never in the calling thread, and not a pool that hub methods can exhaust
 * @param metrics counts
 * @param contextClassLoader of the loops' threads
 * @param tracing hears what an operator may want to know
 */
public record BusEnvironment(
        String name,
        Clock clock,
        Timer timer,
        Executor completions,
        Metrics metrics,
        ClassLoader contextClassLoader,
        TraceSources tracing) {}
