package io.zhitong.backend.foundation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For which community the present thread asks the database (小区范围): a user's request for his own, the program's own threads for all of
 * them. What the data source tells PostgreSQL, whose row-level security shows nothing else.
 */
public final class CommunityScope {
    public static final String ALL = "*";
    private static final ThreadLocal<@Nullable String> SCOPE = new ThreadLocal<>();

    private CommunityScope() {}

    /** From now on until {@link #leave} this thread reads and writes rows of this community only. */
    public static void enter(int community) {
        SCOPE.set(Integer.toString(community));
    }

    public static void leave() {
        SCOPE.remove();
    }

    /** For work of a request that spans communities by its purpose, such as which of them a key reaches. Not within a transaction. */
    public static <T> T everywhere(Supplier<T> work) {
        String before = SCOPE.get();
        SCOPE.remove();
        try {
            return work.get();
        } finally {
            if (before != null) {
                SCOPE.set(before);
            }
        }
    }

    /** As {@link #everywhere}, but for one community: what spans asks them one after another. Not within a transaction. */
    public static <T> T within(int community, Supplier<T> work) {
        String before = SCOPE.get();
        enter(community);
        try {
            return work.get();
        } finally {
            if (before == null) {
                leave();
            } else {
                SCOPE.set(before);
            }
        }
    }

    /** A number, or {@link #ALL}. */
    public static String present() {
        String scope = SCOPE.get();
        return scope == null ? ALL : scope;
    }
}
