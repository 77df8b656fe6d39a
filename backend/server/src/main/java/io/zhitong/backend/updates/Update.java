package io.zhitong.backend.updates;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A bundle of software and how far it has come (升级).
 *
 * @param older whether devices with a newer version take it too
 * @param advance in good health the others follow after so long; zero = by hand only
 * @param manifest signed at its approval
 * @param why it was stopped; empty otherwise
 */
public record Update(
        CommunityId community,
        Hash bundle,
        Architecture architecture,
        SoftwareVersion version,
        long size,
        String uploadedBy,
        String approvedBy,
        UpdateStage stage,
        Instant since,
        Duration advance,
        boolean older,
        Optional<Octets> manifest,
        String why) {}
