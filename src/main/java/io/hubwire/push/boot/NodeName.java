package io.hubwire.push.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The name of a node that nobody named: random, and the same after each restart with the same data. */
final class NodeName {
    private NodeName() {}

    static String loadOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }
}
