package io.hubwire.signalr.operations;

import java.time.Duration;

/**
 * What became of a server's clients as it was drained.
 *
 * @param moved clients that were told to go on elsewhere, after their calls were answered
 * @param away clients that were not there: between two polls, or lost and not back
 * @param cut clients that were ended at the bound, because a call of theirs was not over or they did not take their last words
 * @param unfinishedCalls that were under way at the end
 * @param took from the beginning to the end
 */
public record DrainReport(int moved, int away, int cut, int unfinishedCalls, Duration took) {

    /** One line for a log. */
    @Override
    public String toString() {
        return "moved " + moved + ", away " + away + ", cut " + cut + ", unfinished calls " + unfinishedCalls
                + ", took " + took.toMillis() + " ms";
    }
}
