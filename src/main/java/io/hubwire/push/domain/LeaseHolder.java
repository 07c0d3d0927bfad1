package io.hubwire.push.domain;

/**
 * One run of one node. Two runs never compare equal, so a node that was killed can't be mistaken for its successor.
 *
 * @param node stable name of the node, 1 to 64 characters
 * @param generation differs for each start of the node; compared for equality only
 */
public record LeaseHolder(String node, long generation) {}
