package io.zhitong.backend.updates;

import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import java.util.Arrays;
import java.util.Optional;

/** What a device under a launcher says it runs (运行中的软件), for example {@code controller 1.4.0.22 aarch64}. */
public record RunningSoftware(SoftwareVersion version, Architecture architecture) {

    /** Empty for a device that no launcher runs: it cannot be updated from here. */
    public static Optional<RunningSoftware> of(String said) {
        String[] words = said.split(" ", -1);
        if (words.length != 3 || !words[0].equals("controller")) {
            return Optional.empty();
        }
        try {
            SoftwareVersion version = SoftwareVersion.parse(words[1]);
            return Arrays.stream(Architecture.values())
                    .filter(each -> each.chinese().equals(words[2]))
                    .findFirst()
                    .map(architecture -> new RunningSoftware(version, architecture));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }
}
