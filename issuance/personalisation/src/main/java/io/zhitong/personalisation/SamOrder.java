package io.zhitong.personalisation;

/**
 * What a security module is to become (SAM 制卡订单).
 *
 * @param kind PSAM or access SAM
 * @param city derivation factor of the city, 8 bytes
 * @param community derivation factor of the community, 8 bytes
 * @param serial serial number of the module, 10 bytes
 * @param terminal number of the terminal it is for, 6 bytes
 * @param keyVersion version of the masters to be written
 * @param boughtCards whether it also gets the master for cards of 3DES as people own them
 */
public record SamOrder(
        Kind kind, byte[] city, byte[] community, byte[] serial, byte[] terminal, int keyVersion, boolean boughtCards) {
    /** What the module may do. */
    public enum Kind {
        /** Holds the city's purchase master. */
        PURCHASE("消费 PSAM", "PSAM"),
        /** Holds the community's access master. */
        ACCESS("门禁 SAM", "access SAM");

        private final String zh;
        private final String en;

        Kind(String zh, String en) {
            this.zh = zh;
            this.en = en;
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
        if (city.length != 8 || community.length != 8) {
            throw new IllegalArgumentException("expected factors of 8 bytes for city and community");
        }
        if (serial.length != 10 || terminal.length != 6) {
            throw new IllegalArgumentException("expected a serial of 10 and a terminal number of 6 bytes");
        }
        city = city.clone();
        community = community.clone();
        serial = serial.clone();
        terminal = terminal.clone();
    }

    /** For our own cards only. */
    public SamOrder(Kind kind, byte[] city, byte[] community, byte[] serial, byte[] terminal, int keyVersion) {
        this(kind, city, community, serial, terminal, keyVersion, false);
    }

    /** The same, for cards of 3DES too. */
    public SamOrder withBoughtCards() {
        return new SamOrder(kind, city, community, serial, terminal, keyVersion, true);
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
}
