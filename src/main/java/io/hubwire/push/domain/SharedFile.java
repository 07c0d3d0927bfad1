package io.hubwire.push.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An uploaded file, as recorded; its bytes lie elsewhere.
 *
 * @param name made safe by {@link FileName}
 * @param size in bytes, at least 1
 * @param type media type detected from the content, never what the uploader claimed
 * @param note the owner's words, at most {@link Note#MAX_LENGTH} characters
 */
public record SharedFile(
        UUID id,
        Person owner,
        String name,
        long size,
        String type,
        Category category,
        Optional<String> note,
        Instant uploadedAt) {}
