package io.hubwire.push.domain;

import java.util.Optional;
import java.util.stream.Stream;

/** What kind of file an upload is, chosen by its owner; people follow one or more of them. The list is fixed. */
public enum Category {
    DOCUMENTS("documents", "Documents"),
    PICTURES("pictures", "Pictures"),
    MUSIC("music", "Music"),
    VIDEO("video", "Video"),
    OTHER("other", "Other");

    private final String id;
    private final String title;

    Category(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The name in requests, in answers and in the database; never changes. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /**
     * The category of an id.
     *
     * @param id matched exactly; null or unknown is empty
     */
    public static Optional<Category> of(String id) {
        return Stream.of(values()).filter(category -> category.id.equals(id)).findFirst();
    }
}
