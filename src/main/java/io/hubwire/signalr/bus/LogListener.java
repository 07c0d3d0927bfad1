package io.hubwire.signalr.bus;

/** What a {@link MessageLog} feeds. Calls come one at a time, each visible to the next, from any thread; they do not block. */
public interface LogListener {

    /**
     * The next message.
     *
     * @param offset more than the one before, and at least 1; steps may be larger than one, but nothing in between is ever handed over later
     * @throws IllegalArgumentException when the offset does not increase; the message is not delivered
     */
    void onEntry(long offset, Message message);

    /**
     * Whether this node keeps up. A log that reads from elsewhere stops reading while it does not, and asks again a little later;
     * callable from any thread.
     */
    boolean hasRoom();
}
