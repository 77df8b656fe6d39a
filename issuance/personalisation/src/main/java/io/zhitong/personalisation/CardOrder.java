package io.zhitong.personalisation;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a resident's card is to become (制卡订单).
 *
 * @param city derivation factor of the city, 8 bytes
 * @param community derivation factor of the community: its number, 8 bytes
 * @param zone the community's zone
 * @param purse content of file 0015
 * @param holderName at most 20 bytes in GBK; longer names are cut at a character
 * @param credential number of the card in the community's doors
 * @param from first valid day
 * @param to last valid day, included
 * @param certificateNumber rising per credential
 * @param keyVersions version of each key to be written
 * @param issuer public key under which the vault certifies cards
 */
public record CardOrder(
        byte[] city,
        byte[] community,
        ZoneId zone,
        PurseData purse,
        String holderName,
        CredentialNumber credential,
        LocalDate from,
        LocalDate to,
        int certificateNumber,
        KeyVersions keyVersions,
        Sm2PublicKey issuer) {
    public CardOrder {
        if (city.length != 8 || community.length != 8) {
            throw new IllegalArgumentException("expected factors of 8 bytes for city and community");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("expected a last day not before the first");
        }
        city = city.clone();
        community = community.clone();
    }

    /** With one version of every key. */
    public CardOrder(
            byte[] city,
            byte[] community,
            ZoneId zone,
            PurseData purse,
            String holderName,
            CredentialNumber credential,
            LocalDate from,
            LocalDate to,
            int certificateNumber,
            int keyVersion,
            Sm2PublicKey issuer) {
        this(
                city,
                community,
                zone,
                purse,
                holderName,
                credential,
                from,
                to,
                certificateNumber,
                KeyVersions.all(keyVersion),
                issuer);
    }

    /** The same with other versions of the keys. */
    public CardOrder with(KeyVersions versions) {
        return new CardOrder(
                city, community, zone, purse, holderName, credential, from, to, certificateNumber, versions, issuer);
    }

    @Override
    public byte[] city() {
        return city.clone();
    }

    @Override
    public byte[] community() {
        return community.clone();
    }
}
