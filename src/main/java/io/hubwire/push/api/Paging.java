package io.hubwire.push.api;

/** The query parameter {@code limit} of lists. */
final class Paging {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 100;

    private Paging() {}

    /** @param limit null for the default */
    static int limit(String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int parsed = Integer.parseInt(limit);
            if (parsed >= 1 && parsed <= MAX_LIMIT) {
                return parsed;
            }
        } catch (NumberFormatException noNumber) {
            // Falls through to the same answer.
        }
        throw Problem.badRequest("limit must be 1 to " + MAX_LIMIT + ".");
    }
}
