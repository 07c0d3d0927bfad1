package io.hubwire.signalr.hub;

/**
 * What is wrong with an argument, as clients get it in the data of the error.
 *
 * @param path the parameter's name, and the way into it: {@code order.lines[0].amount}
 * @param message the constraint's
 */
public record ArgumentViolation(String path, String message) {}
