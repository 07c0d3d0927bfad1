package io.hubwire.signalr.bus;

/** An entry's place in the tail of one loop. */
final class TailNode {
    final LogEntry entry;
    final Topic topic;
    TailNode older;
    TailNode newer;

    TailNode(LogEntry entry, Topic topic) {
        this.entry = entry;
        this.topic = topic;
    }
}
