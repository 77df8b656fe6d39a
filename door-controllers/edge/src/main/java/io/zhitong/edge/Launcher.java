package io.zhitong.edge;

import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The launcher that started this program, where one did (启动器): it waits for a sign of health and tells of an update that failed. */
final class Launcher {

    static final String SLOTS = "ZHITONG_SLOTS";
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final int LONGEST = 120;

    private final Path slots;

    private Launcher(Path slots) {
        this.slots = slots;
    }

    static Optional<Launcher> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(SLOTS)).map(Path::of).map(Launcher::new);
    }

    /**
     * As {@link UpdateSlots#install}.
     *
     * @param manifest file
     */
    SoftwareVersion install(Enrolled enrolled, Path manifest, Path bundle) {
        Architecture here = Architecture.named(System.getProperty("os.arch"))
                .orElseThrow(() -> new UpdateRefusedException(UpdateRefusal.ARCHITECTURE));
        UpdateSlots all = new UpdateSlots(slots, enrolled.address().community(), here, enrolled.policyKey());
        try {
            if (!Files.isRegularFile(manifest) || Files.size(manifest) != UpdateManifest.LENGTH) {
                throw new UpdateRefusedException(UpdateRefusal.MALFORMED);
            }
            return all.install(Files.readAllBytes(manifest), bundle);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot read " + manifest, e);
        }
    }

    /** Lists and doors are up and the backend has answered. */
    void healthy() {
        try {
            Durable.write(slots.resolve("healthy"), "healthy\n");
        } catch (IOException e) {
            LOG.error("the launcher cannot be told: an update that is tried will be rolled back", e);
        }
    }

    /** Version and reason of the last update, if it did not stay. */
    Optional<String> rolledBack() {
        Path file = slots.resolve("rolled-back");
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file).strip())
                            .map(text -> text.substring(0, Math.min(LONGEST, text.length())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("unreadable");
        }
    }
}
