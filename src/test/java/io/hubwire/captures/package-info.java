/**
 * Replays recorded exchanges with the original SignalR 2.4.3 server against a server of ours and says where a client would
 * see a difference. The recordings are in {@code src/test/resources/captures}, their form in the {@code README.md} there.
 *
 * <p>{@link io.hubwire.captures.Replay} sends a scenario's requests in the recorded order and overlap, {@link
 * io.hubwire.captures.AnswerComparison} and {@link io.hubwire.captures.LogComparison} judge what came back. What may differ is
 * decided in three places only: the normalisations of those two classes, {@code deliberate-differences.txt}, and {@code
 * expected-failures.txt} for what is not built yet.
 */
package io.hubwire.captures;
