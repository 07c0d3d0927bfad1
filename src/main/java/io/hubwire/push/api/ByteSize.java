package io.hubwire.push.api;

/** Sizes as people read them. */
final class ByteSize {
    private static final long KILO = 1024;

    private ByteSize() {}

    /** In the largest unit that needs no fraction, so that a limit reads as it was set. */
    static String text(long bytes) {
        String[] units = {"bytes", "KB", "MB", "GB", "TB"};
        int unit = 0;
        long size = bytes;
        while (size >= KILO && size % KILO == 0 && unit < units.length - 1) {
            size /= KILO;
            unit++;
        }
        return size + " " + units[unit];
    }
}
