package io.hubwire.push.realtime;

import java.util.concurrent.CompletionStage;

/** What the pages with the shape can be told. */
public interface MoveShapeClient {

    /** Somebody else has moved the shape. Completes when the message is on its way. */
    CompletionStage<Void> updateShape(ShapeModel shape);
}
