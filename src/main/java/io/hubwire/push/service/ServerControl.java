package io.hubwire.push.service;

/** What the application's operator may see and do of the server that carries the live connections. Thread-safe; never blocks. */
public interface ServerControl {

    /** Whether clients are sent elsewhere, and no new ones are taken. */
    boolean isDraining();

    /** Sends all clients elsewhere, as set up; a second call changes nothing. Returns at once. */
    void drain();

    /** All counters and gauges, as Prometheus reads them (text format 0.0.4). */
    String prometheusText();
}
