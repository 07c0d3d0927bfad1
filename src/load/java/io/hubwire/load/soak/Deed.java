package io.hubwire.load.soak;

/** What is counted of a crowd. */
enum Deed {
    UPLOAD,
    /** Something was said to everyone. */
    BROADCAST,
    /** Something was said to a room. */
    SAY,
    ARRIVE,
    /** After an abort. */
    LEAVE,
    /** Without a word. */
    VANISH,
    /** The channel was closed, to be opened again. */
    DROP,
    /** The channel was opened again. */
    RETURN,
    /** The server has closed a channel by itself. */
    LOSE_CHANNEL
}
