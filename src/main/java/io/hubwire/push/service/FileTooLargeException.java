package io.hubwire.push.service;

import java.io.IOException;

/** An upload has more bytes than one file may have. */
public final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    FileTooLargeException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
