package io.hubwire.push.service;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.Tika;

/** Tells what a file is from its bytes; its name only narrows down what the bytes allow. Thread-safe. */
public final class MediaTypeDetector {
    private static final int MAX_LENGTH = 127;
    private static final String UNKNOWN = "application/octet-stream";

    private final Tika tika = new Tika();

    /** @param name made safe; its extension is a hint */
    String detect(Path content, String name) throws IOException {
        try (var bytes = Files.newInputStream(content);
                var buffered = new BufferedInputStream(bytes)) {
            String type = tika.detect(buffered, name);
            return type.length() <= MAX_LENGTH ? type : UNKNOWN;
        }
    }
}
