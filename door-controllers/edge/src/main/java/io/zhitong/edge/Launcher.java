package io.zhitong.edge;

import io.zhitong.accessmodel.ModelException;
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
        UpdateSlots all = slots(enrolled).orElseThrow(() -> new UpdateRefusedException(UpdateRefusal.ARCHITECTURE));
        try {
            if (!Files.isRegularFile(manifest) || Files.size(manifest) != UpdateManifest.LENGTH) {
                throw new UpdateRefusedException(UpdateRefusal.MALFORMED);
            }
            return all.install(Files.readAllBytes(manifest), bundle);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot read " + manifest, e);
        }
    }

    /** Empty on a machine that no image is made for. */
    Optional<UpdateSlots> slots(Enrolled enrolled) {
        return architecture()
                .map(here -> new UpdateSlots(slots, enrolled.address().community(), here, enrolled.policyKey()));
    }

    private static Optional<Architecture> architecture() {
        return Architecture.named(System.getProperty("os.arch"));
    }

    /**
     * What a backend is told of this software: version of the image and architecture.
     *
     * @param image the folder that the program was started in
     */
    static Optional<String> software(Path image) {
        try {
            SoftwareVersion version = SoftwareVersion.parse(
                    Files.readString(image.resolve("version")).strip());
            return architecture().map(here -> version + " " + here.chinese());
        } catch (IOException | ModelException e) {
            return Optional.empty();
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

    /**
     * Version and reason of the last update, if it did not stay.
     *
     * @param own version that asks: what it is itself is tried anew
     */
    Optional<String> rolledBack(String own) {
        return rolledBack().filter(text -> !text.startsWith(own + " "));
    }

    /** The same, whoever asks. */
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
