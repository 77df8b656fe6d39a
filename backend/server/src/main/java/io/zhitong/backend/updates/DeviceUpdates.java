package io.zhitong.backend.updates;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.devices.ImageParts;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Software for devices (设备升级): a bundle is uploaded by one person, approved by another, signed by the vault with that approval, and
 * goes to chosen devices first.
 */
@Component
public class DeviceUpdates {
    private static final int LONGEST_VERSION = 64;
    private static final int LONGEST_WHY = 200;

    private final UpdateRows rows;
    private final ImageParts parts;
    private final DeviceStates states;
    private final KeyService vault;
    private final AuditLog audit;
    private final Clock clock;

    DeviceUpdates(
            UpdateRows rows, ImageParts parts, DeviceStates states, KeyService vault, AuditLog audit, Clock clock) {
        this.rows = rows;
        this.parts = parts;
        this.states = states;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    public List<Update> all(CommunityId community) {
        return rows.all(community);
    }

    /** The devices that can be updated from here, with what they run. */
    public Map<DeviceId, RunningSoftware> updatable(CommunityId community) {
        return states.of(community).entrySet().stream()
                .flatMap(each -> RunningSoftware.of(each.getValue().software()).stream()
                        .map(software -> Map.entry(each.getKey().device(), software)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Takes a bundle in; its version is its own word.
     *
     * @throws UpdateProblemException NO_IMAGE, KNOWN
     */
    @Transactional
    public Hash upload(CommunityId community, Architecture architecture, Path file, Actor by) {
        SoftwareVersion version = version(file);
        try (InputStream first = Files.newInputStream(file);
                InputStream second = Files.newInputStream(file)) {
            Hash bundle = Hash.of(Sm3.hash(first));
            UpdateProblemException.unless(rows.locked(community, bundle).isEmpty(), UpdateProblem.KNOWN);
            rows.insert(community, bundle, architecture, version, Files.size(file), by.name());
            parts.write(community, bundle, second);
            audit.record(community, by, "update.upload", bundle.toString(), "", architecture + " " + version);
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SoftwareVersion version(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Optional<ZipEntry> entry = Optional.ofNullable(zip.getEntry("version"));
            UpdateProblemException.unless(
                    entry.isPresent() && zip.getEntry("bin/controller") != null, UpdateProblem.NO_IMAGE);
            try (InputStream in = zip.getInputStream(entry.orElseThrow())) {
                return SoftwareVersion.parse(
                        new String(in.readNBytes(LONGEST_VERSION), StandardCharsets.US_ASCII).strip());
            }
        } catch (IOException | ModelException e) {
            throw new UpdateProblemException(UpdateProblem.NO_IMAGE);
        }
    }

    /**
     * Signs the bundle and sends it to chosen devices; one that was stopped may be approved anew.
     *
     * @param older devices with a newer version take it too
     * @throws UpdateProblemException GONE, OWN_UPLOAD, RUNNING, NO_DEVICES, VAULT
     */
    @Transactional
    public void approve(
            CommunityId community, Hash bundle, Collection<DeviceId> first, boolean older, Duration advance, Actor by) {
        Update update = rows.locked(community, bundle)
                .filter(each -> each.stage() == UpdateStage.WAITING || each.stage() == UpdateStage.STOPPED)
                .orElseThrow(() -> new UpdateProblemException(UpdateProblem.GONE));
        UpdateProblemException.unless(!update.uploadedBy().equals(by.name()), UpdateProblem.OWN_UPLOAD);
        UpdateProblemException.unless(
                rows.all(community).stream()
                        .noneMatch(each -> each.stage().running() && each.architecture() == update.architecture()),
                UpdateProblem.RUNNING);
        UpdateProblemException.unless(
                !first.isEmpty() && ofArchitecture(update).containsAll(first), UpdateProblem.NO_DEVICES);
        rows.approved(update, signed(update), by.name(), older, advance);
        rows.targets(update, first, true);
        rows.stage(update, UpdateStage.FIRST, "");
        audit.record(
                community,
                by,
                "update.approve",
                bundle.toString(),
                "by " + update.uploadedBy(),
                update.version() + " first on " + first);
    }

    private Collection<DeviceId> ofArchitecture(Update update) {
        return updatable(update.community()).entrySet().stream()
                .filter(each -> each.getValue().architecture() == update.architecture())
                .map(Map.Entry::getKey)
                .toList();
    }

    private byte[] signed(Update update) {
        try {
            return UpdateManifest.sign(
                            update.community(),
                            update.architecture(),
                            update.version(),
                            update.size(),
                            update.bundle(),
                            clock.instant().getEpochSecond(),
                            Sm2PublicKey.decode(vault.publicKey(SigningKey.POLICY)),
                            message -> vault.sign(SigningKey.POLICY, message))
                    .encode();
        } catch (KeyServiceException e) {
            throw new UpdateProblemException(UpdateProblem.VAULT);
        }
    }

    /**
     * All others of the architecture follow.
     *
     * @throws UpdateProblemException GONE when it is not at its first devices
     */
    @Transactional
    public void advance(CommunityId community, Hash bundle, Actor by) {
        Update update = running(community, bundle, UpdateStage.FIRST);
        rows.targets(update, ofArchitecture(update), false);
        rows.stage(update, UpdateStage.REST, "");
        audit.record(community, by, "update.advance", bundle.toString(), "first devices", "all devices");
    }

    /**
     * Nobody else is told to take it; who has it keeps it.
     *
     * @throws UpdateProblemException GONE when it is not under way
     */
    @Transactional
    public void stop(CommunityId community, Hash bundle, Actor by, String why) {
        Update update = running(community, bundle, UpdateStage.FIRST, UpdateStage.REST);
        rows.stage(update, UpdateStage.STOPPED, why.substring(0, Math.min(LONGEST_WHY, why.length())));
        audit.record(
                community, by, "update.stop", bundle.toString(), update.stage().name(), why);
    }

    /** Every device has it. */
    @Transactional
    void done(CommunityId community, Hash bundle) {
        rows.stage(running(community, bundle, UpdateStage.REST), UpdateStage.DONE, "");
    }

    private Update running(CommunityId community, Hash bundle, UpdateStage... stages) {
        return rows.locked(community, bundle)
                .filter(each -> List.of(stages).contains(each.stage()))
                .orElseThrow(() -> new UpdateProblemException(UpdateProblem.GONE));
    }

    /** What a device says, if it ever came. */
    Optional<DeviceState> state(CommunityId community, DeviceId device) {
        return states.of(new DeviceAddress(community, device));
    }
}
