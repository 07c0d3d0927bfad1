/**
 * Wire values of the SignalR 2 protocol and their codecs: negotiation, message frames, hub calls and results, versions
 * and error texts.
 *
 * <p>Knows only {@code jakarta.json}. Holds no threads, reads no clock and sees no servlet: text goes in, values come out,
 * and the other way round.
 */
package io.hubwire.signalr.protocol;
