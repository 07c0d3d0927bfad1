/**
 * The tools with which the library orders its work: serial executors, timers, a clock that tests can move.
 *
 * <p>Knows nothing but the JDK. Starts no thread by itself: whoever creates an executor or a timer here owns it and closes it.
 */
package io.hubwire.signalr.concurrent;
