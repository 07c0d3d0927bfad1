package io.hubwire.push.realtime;

import java.util.concurrent.CompletionStage;

/** What the pages of operators can be told. Stages complete when the message is on its way. */
public interface OperatorClient {

    /** How the node is doing now. */
    CompletionStage<Void> nodeStatus(NodeStatus status);
}
