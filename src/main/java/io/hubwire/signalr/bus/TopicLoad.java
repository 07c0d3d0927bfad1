package io.hubwire.signalr.bus;

/**
 * One topic at a moment.
 *
 * @param subscribers that read its messages at this node
 * @param messages that this node holds for those who come back
 */
public record TopicLoad(String name, int subscribers, int messages) {}
