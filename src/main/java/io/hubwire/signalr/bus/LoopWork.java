package io.hubwire.signalr.bus;

/** Something that a delivery loop takes out of its inbox and does. */
@FunctionalInterface
interface LoopWork {
    void on(DeliveryLoop loop);
}
