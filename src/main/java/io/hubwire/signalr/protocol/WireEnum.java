package io.hubwire.signalr.protocol;

/**
 * An enum whose numbers on the wire are not its ordinals. Enums are written as numbers, as .NET does; by default the
 * first constant is 0, the next 1. An enum that mirrors a .NET one with numbers of its own implements this:
 *
 * <pre>{@code
 * enum Color implements WireEnum {
 *     RED(0), GREEN(5), BLUE(6);
 *     …
 * }
 * }</pre>
 */
public interface WireEnum {

    /** The number of this constant, different from that of every other constant of the enum, and always the same. */
    long wireNumber();
}
