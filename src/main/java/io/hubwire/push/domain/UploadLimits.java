package io.hubwire.push.domain;

/**
 * What one upload, and one person's uploads together, may take.
 *
 * @param maxBytes of one file, at least 1
 * @param maxFilesPerOwner at least 1
 * @param maxBytesPerOwner of all of a person's files together, at least {@code maxBytes}
 */
public record UploadLimits(long maxBytes, long maxFilesPerOwner, long maxBytesPerOwner) {
    public UploadLimits {
        if (maxBytes < 1 || maxFilesPerOwner < 1 || maxBytesPerOwner < maxBytes) {
            throw new IllegalArgumentException(
                    "need maxBytes >= 1, maxFilesPerOwner >= 1, maxBytesPerOwner >= maxBytes: " + maxBytes + ", "
                            + maxFilesPerOwner + ", " + maxBytesPerOwner);
        }
    }

    /** Whether an owner who has {@code files} of {@code bytes} together may add one of {@code size} bytes. */
    public boolean leaveRoomFor(long size, long files, long bytes) {
        return files < maxFilesPerOwner && size <= maxBytesPerOwner - bytes;
    }
}
