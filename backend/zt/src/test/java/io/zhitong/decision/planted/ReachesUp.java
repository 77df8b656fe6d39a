package io.zhitong.decision.planted;

import io.zhitong.zt.Zt;
import java.io.File;
import java.time.Instant;

/** Does what the lower floors must not do, so that the floor test can be seen to find it. */
public final class ReachesUp {
    public static final Class<?> ABOVE = Zt.class;
    public static final File FILE = new File("planted");
    public static final Instant NOW = Instant.now();

    private ReachesUp() {}
}
