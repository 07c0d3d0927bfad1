package io.hubwire.architecture.planted.printinghub.signalr.hub;

public final class Prints {
    void print() {
        System.out.println("forbidden");
    }
}
