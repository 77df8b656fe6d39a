package io.zhitong.backend.events.bench;

import io.zhitong.backend.testing.TestDatabase;

/** No figure counts that is bought by not writing (落盘检查). */
final class Durable {
    private Durable() {}

    static void require(TestDatabase database) {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            String is =
                    database.jdbc().sql("show " + setting).query(String.class).single();
            if (!is.equals("on")) {
                throw new IllegalStateException("expected " + setting + " on, it is " + is);
            }
        }
    }
}
