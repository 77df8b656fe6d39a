package io.zhitong.personalisation;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.ByteWriter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a security module is to become (SAM 二次发卡订单).
 *
 * @param kind PSAM or access SAM
 * @param city derivation factor of the city, 8 bytes
 * @param community derivation factor of the community, 8 bytes; zeros are the city's stock and no community
 * @param serial serial number of the module, 10 bytes
 * @param terminal number of the terminal it is for, 6 bytes
 * @param keyVersion version of the masters to be written
 * @param boughtCards whether it also gets the master for cards of 3DES as people own them
 * @param receiver whom it is given to, 8 bytes: community or merchant
 * @param lease the PSAM's first lease; empty: it is not leased
 * @param controlVersion version of the module's own keys
 */
public record SamOrder(
        Kind kind,
        byte[] city,
        byte[] community,
        byte[] serial,
        byte[] terminal,
        int keyVersion,
        boolean boughtCards,
        byte[] receiver,
        Optional<LeaseTerms> lease,
        int controlVersion) {
    /** Community factor of modules in the city's stock. */
    private static final byte[] CITY_STOCK = new byte[8];

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

    /** What the module may do. */
    public enum Kind {
        /** Holds the city's purchase master. */
        PURCHASE(1, "消费 PSAM", "PSAM"),
        /** Holds the community's access master. */
        ACCESS(2, "门禁 SAM", "access SAM");

        private final int code;
        private final String zh;
        private final String en;

        Kind(int code, String zh, String en) {
            this.code = code;
            this.zh = zh;
            this.en = en;
        }

        /** In file 0015 of the module. */
        int code() {
            return code;
        }

        /** Chinese name. */
        public String zh() {
            return zh;
        }

        /** English name. */
        public String en() {
            return en;
        }
    }

    public SamOrder {
        if (city.length != 8 || community.length != 8 || receiver.length != 8) {
            throw new IllegalArgumentException("expected factors of 8 bytes for city, community and receiver");
        }
        if (Arrays.equals(community, CITY_STOCK)) {
            throw new IllegalArgumentException("expected a community: zeros are the city's stock");
        }
        if (serial.length != 10 || terminal.length != 6) {
            throw new IllegalArgumentException("expected a serial of 10 and a terminal number of 6 bytes");
        }
        if (lease.isPresent() && kind != Kind.PURCHASE) {
            throw new IllegalArgumentException("expected a PSAM: an access SAM issues no numbers and has no lease");
        }
        city = city.clone();
        community = community.clone();
        serial = serial.clone();
        terminal = terminal.clone();
        receiver = receiver.clone();
    }

    /** Masters and the module's own keys of one version. */
    public SamOrder(
            Kind kind,
            byte[] city,
            byte[] community,
            byte[] serial,
            byte[] terminal,
            int keyVersion,
            boolean boughtCards,
            byte[] receiver,
            Optional<LeaseTerms> lease) {
        this(kind, city, community, serial, terminal, keyVersion, boughtCards, receiver, lease, keyVersion);
    }

    /** For our own cards only, given to the community itself, without a lease. */
    public SamOrder(Kind kind, byte[] city, byte[] community, byte[] serial, byte[] terminal, int keyVersion) {
        this(kind, city, community, serial, terminal, keyVersion, false, community, Optional.empty());
    }

    /** The same, for cards of 3DES too. */
    public SamOrder withBoughtCards() {
        return new SamOrder(kind, city, community, serial, terminal, keyVersion, true, receiver, lease, controlVersion);
    }

    /** The same, given to a merchant. */
    public SamOrder receivedBy(byte[] merchant8) {
        return new SamOrder(
                kind, city, community, serial, terminal, keyVersion, boughtCards, merchant8, lease, controlVersion);
    }

    /** The same with a lease. */
    public SamOrder leased(LeaseTerms terms) {
        return new SamOrder(
                kind,
                city,
                community,
                serial,
                terminal,
                keyVersion,
                boughtCards,
                receiver,
                Optional.of(terms),
                controlVersion);
    }

    /** The same with masters of another version than the module's own keys. */
    public SamOrder withMaster(int version) {
        return new SamOrder(
                kind, city, community, serial, terminal, version, boughtCards, receiver, lease, controlVersion);
    }

    /** The first issue that has to come before. */
    SamBlank blank() {
        return new SamBlank(kind, city, serial, controlVersion);
    }

    static byte[] stock() {
        return CITY_STOCK.clone();
    }

    /** Content of file 0017: key index 1 ‖ issuer 8 ‖ receiver 8 ‖ first day 4 ‖ last day 4. */
    byte[] application() {
        return new ByteWriter()
                .u8(keyVersion)
                .bytes(city)
                .bytes(receiver)
                .bytes(CardTime.date4(FIRST_DAY))
                .bytes(CardTime.date4(LAST_DAY))
                .toByteArray();
    }

    @Override
    public byte[] city() {
        return city.clone();
    }

    @Override
    public byte[] community() {
        return community.clone();
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }

    @Override
    public byte[] terminal() {
        return terminal.clone();
    }

    @Override
    public byte[] receiver() {
        return receiver.clone();
    }
}
