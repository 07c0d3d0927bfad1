package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.TypedHub;
import jakarta.inject.Inject;

/** A shape that many people move. Whoever moves it tells where it is, as often as it likes; the {@link ShapeBroadcaster} tells the others. */
public class MoveShapeHub extends TypedHub<MoveShapeClient> {
    private final ShapeBroadcaster broadcaster;

    /** The pipeline makes a hub for each call. */
    @Inject
    public MoveShapeHub(ShapeBroadcaster broadcaster) {
        this.broadcaster = broadcaster;
    }

    /** Where the shape is now. */
    public ShapeModel getShape() {
        return broadcaster.shape();
    }

    /** The caller has moved the shape. */
    public void updateModel(ShapeModel shape) {
        if (shape == null || !shape.isOnTheBoard()) {
            throw new HubException("The shape must stay on the board: left and top from 0 to 1.");
        }
        broadcaster.update(shape, context().connectionId());
    }
}
