package io.zhitong.edge;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two places for software on a device (A/B 槽位), beside the launcher {@code bin/controller-launcher}: {@code a} and {@code b},
 * of which {@code current} names the one known to be good and {@code trial} the one to be tried next. Only what the policy key signed
 * comes in, and only into the place that is not current. Used by one thread at a time.
 */
final class UpdateSlots {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateSlots.class);
    private static final String CURRENT = "current";
    private static final String TRIAL = "trial";
    private static final String TRYING = "trying";
    private static final String VERSION = "version";
    private static final SoftwareVersion NONE = new SoftwareVersion(0, 0, 0, 0);

    private final Path folder;
    private final CommunityId community;
    private final Architecture architecture;
    private final Sm2PublicKey policyKey;
    private Runnable beforeStep = () -> {};

    UpdateSlots(Path folder, CommunityId community, Architecture architecture, Sm2PublicKey policyKey) {
        this.folder = folder;
        this.community = community;
        this.architecture = architecture;
        this.policyKey = policyKey;
    }

    /** For tests of power cuts: called before each change. */
    UpdateSlots interruptedBy(Runnable cut) {
        beforeStep = cut;
        return this;
    }

    /** {@code a} or {@code b}; {@code a} where nobody said yet. */
    String current() {
        return named(CURRENT);
    }

    /** Of the slot that is current; 0.0.0.0 when it does not say. */
    SoftwareVersion version() {
        try {
            return SoftwareVersion.parse(
                    Files.readString(folder.resolve(current()).resolve(VERSION)).strip());
        } catch (IOException | ModelException e) {
            LOG.warn("the current software does not say its version: {}", e.getMessage());
            return NONE;
        }
    }

    /**
     * Checks a bundle and puts it where the launcher tries it next. A power cut at any moment leaves {@code current} as it is, and
     * {@code trial} naming a whole slot or absent.
     *
     * @param manifest bytes as signed
     * @param bundle zip of an image
     * @throws UpdateRefusedException with the reason; nothing has changed then
     * @throws EdgeException IO, DISK_FULL
     */
    SoftwareVersion install(byte[] manifest, Path bundle) {
        UpdateManifest checked = checked(manifest);
        require(checked.version().compareTo(version()) > 0, UpdateRefusal.NOT_NEWER);
        return install(checked, bundle);
    }

    /** The same for an order of the backend, which may want an older version back. */
    SoftwareVersion install(UpdateOrder order, Path bundle) {
        check(order);
        return install(order.manifest(), bundle);
    }

    /**
     * Whether what an order names could be installed now.
     *
     * @throws UpdateRefusedException with the reason
     */
    void check(UpdateOrder order) {
        UpdateManifest manifest = checked(order.manifest().encode());
        int newer = manifest.version().compareTo(version());
        require(newer > 0 || newer < 0 && order.older(), UpdateRefusal.NOT_NEWER);
        require(!Files.exists(folder.resolve(TRYING)), UpdateRefusal.BUSY);
    }

    private SoftwareVersion install(UpdateManifest checked, Path bundle) {
        try {
            require(!Files.exists(folder.resolve(TRYING)), UpdateRefusal.BUSY);
            requireBundle(checked, bundle);
            place(bundle);
        } catch (ZipException e) {
            LOG.warn("a signed bundle is no image: {}", e.getMessage());
            throw new UpdateRefusedException(UpdateRefusal.BUNDLE);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot store the update below " + folder, e);
        }
        LOG.info("update {} waits for its trial", checked.version());
        return checked.version();
    }

    private UpdateManifest checked(byte[] bytes) {
        UpdateManifest manifest;
        try {
            manifest = UpdateManifest.decode(bytes);
        } catch (ModelException e) {
            throw new UpdateRefusedException(UpdateRefusal.MALFORMED);
        }
        require(manifest.community().equals(community), UpdateRefusal.FOREIGN);
        require(manifest.architecture() == architecture, UpdateRefusal.ARCHITECTURE);
        require(manifest.signedBy(policyKey), UpdateRefusal.SIGNATURE);
        return manifest;
    }

    private static void require(boolean met, UpdateRefusal otherwise) {
        if (!met) {
            throw new UpdateRefusedException(otherwise);
        }
    }

    private static void requireBundle(UpdateManifest manifest, Path bundle) throws IOException {
        require(Files.isRegularFile(bundle) && Files.size(bundle) == manifest.size(), UpdateRefusal.BUNDLE);
        try (InputStream in = Files.newInputStream(bundle)) {
            require(Hash.of(Sm3.hash(in)).equals(manifest.bundle()), UpdateRefusal.BUNDLE);
        }
    }

    private void place(Path bundle) throws IOException {
        Path slot = folder.resolve(current().equals("a") ? "b" : "a");
        Path part = folder.resolve(slot.getFileName() + ".part");
        beforeStep.run();
        Durable.delete(folder.resolve(TRIAL));
        beforeStep.run();
        Durable.delete(part);
        beforeStep.run();
        Unpacking.into(part, bundle);
        if (!Files.isExecutable(part.resolve("bin/controller")) || !Files.isRegularFile(part.resolve(VERSION))) {
            Durable.delete(part);
            throw new ZipException("expected bin/controller and version");
        }
        beforeStep.run();
        Durable.delete(slot);
        beforeStep.run();
        Durable.rename(part, slot);
        beforeStep.run();
        Durable.write(folder.resolve(TRIAL), slot.getFileName() + "\n");
    }

    private String named(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip().equals("b") ? "b" : "a";
        } catch (IOException e) {
            return "a";
        }
    }
}
