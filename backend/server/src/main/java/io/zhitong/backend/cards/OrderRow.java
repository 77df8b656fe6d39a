package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyVersions;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A card being made (制卡单).
 *
 * @param keyVersions that it writes, from its first try to its last
 * @param chipId 16 hex digits of the chip it was first tried on
 */
public record OrderRow(
        CommunityId community,
        UUID id,
        PersonId person,
        CredentialNumber number,
        int certificateNumber,
        LocalDate from,
        LocalDate to,
        KeyVersions keyVersions,
        Optional<String> chipId) {}
