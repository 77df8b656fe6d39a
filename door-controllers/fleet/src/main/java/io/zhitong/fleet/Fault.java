package io.zhitong.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done to connections and controllers (故障). */
enum Fault {
    /** The connection is closed, without a word. */
    CUT,
    /** Nothing comes through any more, in either direction, and nobody is told. */
    HALF_OPEN,
    /** Everything comes half a second late. */
    SLOW,
    /** Two pieces of the stream change places, as no TCP does: whoever does not notice was not listening. */
    REORDER,
    /** The controller loses its power and comes back with its journal. */
    KILL;

    /** The word on the command line: {@code half-open}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
