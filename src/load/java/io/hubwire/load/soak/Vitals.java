package io.hubwire.load.soak;

/**
 * What a look at the server has found.
 *
 * @param connections clients that it keeps a session for
 * @param heapBytes in use after a full collection
 * @param poolThreads of the container's pool for requests, which grows to its maximum and shrinks as it is used
 * @param otherThreads all others, but those that the look itself costs
 * @param openFiles descriptors, sockets included; -1 where the system does not tell
 */
record Vitals(int connections, long heapBytes, int poolThreads, int otherThreads, long openFiles) {}
