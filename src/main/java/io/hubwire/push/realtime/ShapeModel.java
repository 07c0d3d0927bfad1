package io.hubwire.push.realtime;

/**
 * Where the shape is. The component names are the names in JSON.
 *
 * @param left how far it is from the left of the room that it has, from 0 to 1: boards differ in size
 * @param top how far it is from the top, from 0 to 1
 */
public record ShapeModel(double left, double top) {
    static final ShapeModel MIDDLE = new ShapeModel(0.5, 0.5);

    boolean isOnTheBoard() {
        return left >= 0 && left <= 1 && top >= 0 && top <= 1;
    }
}
