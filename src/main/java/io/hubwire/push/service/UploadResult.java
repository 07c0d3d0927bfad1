package io.hubwire.push.service;

import io.hubwire.push.domain.SharedFile;
import io.hubwire.push.domain.UploadLimits;

/** What became of an upload. */
public sealed interface UploadResult {

    /** Stored for good, and everyone concerned has it in the inbox. */
    record Stored(SharedFile file, int recipients) implements UploadResult {}

    /** It had no bytes. */
    record Empty() implements UploadResult {}

    /** The owner has no room left. */
    record OverQuota(UploadLimits limits) implements UploadResult {}
}
