package io.hubwire.signalr.tracing;

/** What went wrong, fit for lines: messages of exceptions often repeat what a peer has sent. */
final class FailureText {
    private static final int DEEPEST = 16; // causes may go in a circle

    private FailureText() {}

    /** The failure and its causes, without their stacks, which are in the log. */
    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        Throwable cause = failure.getCause();
        for (int depth = 1; cause != null && depth < DEEPEST; depth++) {
            text.append(", caused by ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** The failure itself, or, if it says anything that could begin a line of its own, one that says the same in one line, from the same place. */
    static Throwable inLines(Throwable failure) {
        return failure == null || isPlain(failure, 0) ? failure : new InLines(failure, 0);
    }

    private static boolean isPlain(Throwable failure, int depth) {
        if (depth >= DEEPEST) {
            return false;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isPlain(suppressed, depth + 1)) {
                return false;
            }
        }
        return LineText.isPlain(failure.toString())
                && (failure.getCause() == null || isPlain(failure.getCause(), depth + 1));
    }

    @SuppressWarnings("OverrideThrowableToString") // the text names the class of the failure that it stands for
    private static final class InLines extends Exception {
        private static final long serialVersionUID = 1L;

        private final String text;

        InLines(Throwable failure, int depth) {
            super(failure.getMessage(), next(failure.getCause(), depth));
            text = LineText.of(failure.toString());
            setStackTrace(failure.getStackTrace());
            for (Throwable suppressed : failure.getSuppressed()) {
                Throwable inLines = next(suppressed, depth);
                if (inLines != null) {
                    addSuppressed(inLines);
                }
            }
        }

        private static Throwable next(Throwable failure, int depth) {
            return failure == null || depth + 1 >= DEEPEST ? null : new InLines(failure, depth + 1);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
