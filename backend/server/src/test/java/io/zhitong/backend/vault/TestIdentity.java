package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.ZhitongSettings;
import java.time.Clock;

/** The backend's identity below a test's folder, for tests of every module. */
public final class TestIdentity {
    private TestIdentity() {}

    public static BackendIdentity in(ZhitongSettings settings) {
        return new BackendIdentity(settings, Clock.systemUTC());
    }
}
