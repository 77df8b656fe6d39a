package io.zhitong.systemtests;

import java.util.Locale;

/** The five programs of a running estate (五个进程), in the order in which they start. */
enum Role {
    VAULT,
    CARDWORLD,
    BACKEND,
    CONTROLLER,
    POS;

    /** The word {@code bin/lib/program} knows it by; also the name of its log. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
