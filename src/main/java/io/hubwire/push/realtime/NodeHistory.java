package io.hubwire.push.realtime;

import java.util.List;

/**
 * A node's last minutes.
 *
 * @param points the oldest first
 * @param now how it is doing now
 */
public record NodeHistory(List<NodePoint> points, NodeStatus now) {}
