package io.zhitong.backend.foundation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings bound as the program binds them, for tests of every module. */
public final class TestSettings {
    private TestSettings() {}

    /** All defaults, but for these: {@code "port", 9000, "mode", "demo"}. */
    public static ZhitongSettings of(Object... namesAndValues) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put("zhitong." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("zhitong", ZhitongSettings.class);
    }

    public static ZhitongSettings in(Path data, int vaultPort) {
        return of("data", data.toString(), "port", 0, "vault-port", vaultPort);
    }
}
